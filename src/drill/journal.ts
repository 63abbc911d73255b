import type { JsonObject } from '../model/json.ts';
import { type RunEnd, runEnds } from '../model/run.ts';
import type { Words } from '../model/words.ts';

/** One finding as the bus told of it. Times are virtual epoch milliseconds. */
export interface SeenFinding {
  readonly id: string;
  readonly type: string;
  readonly severity: number;
  readonly title: string;
  readonly resourceType: string;
  /** What it is about, in a word. */
  readonly resource: string;
  readonly role: string;
  /** Event time of the first evidence. */
  readonly firstSeen: number;
  /** When its first notice came. */
  readonly noticedAt: number;
  readonly notices: number;
}

/** One run, folded from its `Yagura Run` events. */
export interface SeenRun {
  readonly id: string;
  readonly findingId: string;
  readonly playbook: string;
  readonly beganAt: number;
  readonly ranAt?: number;
  readonly endedAt?: number;
  readonly end?: RunEnd;
  readonly verdict?: string;
  readonly evidence: readonly string[];
}

/** What an event of the bus changed. */
export type Change =
  | { readonly kind: 'found' | 'updated'; readonly finding: SeenFinding }
  | { readonly kind: 'planned' | 'ran' | 'verified'; readonly run: SeenRun; readonly evidence: readonly Words[] };

/** Folds the bus into findings and runs. Events may come twice. */
export class Journal {
  readonly findings = new Map<string, SeenFinding>();
  readonly runs = new Map<string, SeenRun>();
  readonly #seen = new Set<string>();

  take(event: JsonObject, now: number): Change | undefined {
    const id = text(event['id']);
    if (this.#seen.has(id)) return undefined;
    this.#seen.add(id);
    const detail = object(event['detail']);
    const kind = `${text(event['source'])} ${text(event['detail-type'])}`;
    if (kind === 'aws.guardduty GuardDuty Finding') return this.#finding(detail, now);
    if (kind === 'yagura Yagura Run') return this.#run(detail, now);
    return undefined;
  }

  /** Oldest first. */
  runsOf(findingId: string): readonly SeenRun[] {
    return [...this.runs.values()].filter((run) => run.findingId === findingId);
  }

  #finding(detail: JsonObject, now: number): Change {
    const id = text(detail['id']);
    const known = this.findings.get(id);
    const finding = { ...findingOf(detail), noticedAt: known?.noticedAt ?? now, notices: (known?.notices ?? 0) + 1 };
    this.findings.set(id, finding);
    return { kind: known === undefined ? 'found' : 'updated', finding };
  }

  #run(detail: JsonObject, now: number): Change | undefined {
    const phase = text(detail['phase']);
    if (phase !== 'planned' && phase !== 'ran' && phase !== 'verified') return undefined;
    const id = text(detail['runId']);
    const evidence = list(detail['evidence']).map(text);
    const inJapanese = list(detail['evidenceJa']).map(text);
    const told = evidence.map((en, index) => ({ en, ja: inJapanese[index] ?? en }));
    const known = this.runs.get(id) ?? {
      id,
      findingId: text(detail['findingId']),
      playbook: text(detail['playbook']),
      beganAt: now,
      evidence,
    };
    const end = runEnds.find((each) => each === detail['end']);
    const run = {
      ...known,
      ...(phase === 'ran' && known.ranAt === undefined ? { ranAt: now } : {}),
      ...(phase === 'verified' ? { verdict: text(detail['verdict']), evidence } : {}),
      // A second delivery of the same notice finds nothing to do: the run's own end stays.
      ...(end === undefined || known.end !== undefined || (known.ranAt !== undefined && phase === 'planned')
        ? {}
        : { end, endedAt: now, evidence }),
    };
    this.runs.set(id, run);
    return { kind: phase, run, evidence: told };
  }
}

function findingOf(detail: JsonObject): Omit<SeenFinding, 'noticedAt' | 'notices'> {
  const resource = object(detail['resource']);
  const service = object(detail['service']);
  const bucket = object(list(resource['s3BucketDetails'])[0]);
  const key = object(resource['accessKeyDetails']);
  return {
    id: text(detail['id']),
    type: text(detail['type']),
    title: text(detail['title']),
    severity: typeof detail['severity'] === 'number' ? detail['severity'] : 0,
    resourceType: text(resource['resourceType']),
    resource: text(bucket['name']) || text(object(resource['instanceDetails'])['instanceId']) || text(key['userName']),
    role: text(service['resourceRole']),
    firstSeen: Date.parse(text(service['eventFirstSeen'])),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
