import type { Path } from '../model/activity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Words } from '../model/words.ts';
import { handParts } from './callers.ts';
import type { Detector, Log, Parts, Seen, When } from './detector.ts';
import { type CallExample, call, times } from './examples.ts';
import { onThreshold } from './on-threshold.ts';
import { accessKey } from './subjects.ts';

/** So many calls of one principal within a window, made by hand or by its own program: a row of a table. */
export interface BurstRow<P extends Path> {
  readonly type: string;
  readonly title: Words;
  readonly advice: Words;
  readonly falsePositives: Words;
  readonly severity: number | ((seen: Seen<P>) => number);
  readonly technique: string;
  readonly log?: Log;
  /** Undefined: every call. */
  readonly calls?: string;
  readonly reads: readonly P[];
  readonly when?: When<P>;
  readonly parts?: Parts;
  /** True where refused calls count as well. */
  readonly attempts: boolean;
  /** Whose calls are counted together: default the principal's. */
  readonly key?: (seen: Seen<P>) => string;
  readonly distinct?: (seen: Seen<P>) => string | undefined;
  readonly weight?: (seen: Seen<P>) => number;
  readonly most: { readonly count: number; readonly windowMs: number };
  /** The call of the examples, different for each index. */
  readonly example: (index: number) => CallExample & { readonly name: string };
  /** Calls that do not count. */
  readonly stays?: Readonly<Record<string, CallExample>>;
}

export function onBurst<const P extends Path>(row: BurstRow<P>): Detector {
  const { most, when, attempts, distinct, weight, calls } = row;
  const many = (count: number, more: CallExample = {}, everyS = 1): readonly JsonObject[] =>
    times(
      count,
      (index, at) => {
        const { name, ...given } = row.example(index);
        return call(name, { at, ...given, ...more });
      },
      everyS,
    );
  return onThreshold<P>({
    type: row.type,
    title: row.title,
    advice: row.advice,
    falsePositives: row.falsePositives,
    severity: row.severity,
    technique: row.technique,
    logs: [row.log ?? 'cloudtrail-management'],
    on: {
      kind: 'api-call',
      ...(calls === undefined ? {} : { calls: calls.split(/\s+/) }),
      ...handParts,
      ...(attempts ? {} : { refused: false }),
      ...row.parts,
    },
    reads: row.reads,
    when: when ?? (() => true),
    key: row.key ?? ((seen) => seen.principal),
    ...(distinct === undefined ? {} : { distinct }),
    ...(weight === undefined ? {} : { weight }),
    count: most.count,
    windowMs: most.windowMs,
    resource: accessKey,
    says: (seen, { count }) => ({
      en: `${row.title.en}: ${seen.principal}, ${count} within ${most.windowMs / 60_000} minutes, the last by ${seen.name}.`,
      ja: `${row.title.ja}。${seen.principal} が ${most.windowMs / 60_000} 分以内に ${count} 件、最後は ${seen.name} でした。`,
    }),
    examples: {
      fires: {
        'one after the other': many(most.count),
        ...(attempts ? { 'refused ones count': many(most.count, { error: 'AccessDenied' }) } : {}),
      },
      stays: {
        'one fewer': many(most.count - 1),
        'over a day': many(most.count, {}, (3 * most.windowMs) / 1000),
        'by a service': many(most.count, { by: 'backup.amazonaws.com' }),
        ...(attempts ? {} : { 'they are refused': many(most.count, { error: 'AccessDenied' }) }),
        ...Object.fromEntries(
          Object.entries(row.stays ?? {}).map(([name, given]) => [name, many(most.count, given)] as const),
        ),
      },
    },
  });
}
