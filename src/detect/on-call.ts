import type { Path } from '../model/activity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Words } from '../model/words.ts';
import { notByItself } from './callers.ts';
import type { Detector, Log, Seen, When } from './detector.ts';
import { type CallExample, call } from './examples.ts';
import { onActivity } from './on-activity.ts';
import { accessKey } from './subjects.ts';

/** One successful call of somebody is enough: a row of a table. A service acting by itself does not count. */
export interface CallRow<P extends Path> {
  readonly type: string;
  readonly signal?: string;
  readonly title: Words;
  readonly advice: Words;
  readonly falsePositives: Words;
  readonly severity: number | ((seen: Seen<P>) => number);
  readonly technique: string;
  /** `ec2:DeleteFlowLogs`, several with blanks between. */
  readonly calls: string;
  /** Names what the call is about; the first that the record has. Without one the finding is about the caller's key. */
  readonly target?: readonly P[];
  readonly reads?: readonly P[];
  readonly when?: When<P>;
  /** True where the type counts attempts too. */
  readonly attempts?: boolean;
  readonly log?: Log;
  /** The first call of `calls` unless `name` says another. */
  readonly fires: Readonly<Record<string, NamedCall>>;
  readonly stays?: Readonly<Record<string, NamedCall>>;
}

export interface NamedCall extends CallExample {
  readonly name?: string;
}

export function onCall<const P extends Path>(row: CallRow<P>): Detector {
  const { target = [], reads = [], when, attempts = false } = row;
  const calls = row.calls.split(/\s+/);
  const about = targetOf(target);
  return onActivity<P>({
    type: row.type,
    ...(row.signal === undefined ? {} : { signal: row.signal }),
    title: row.title,
    advice: row.advice,
    falsePositives: row.falsePositives,
    severity: row.severity,
    technique: row.technique,
    logs: [row.log ?? 'cloudtrail-management'],
    on: { kind: 'api-call', calls, who: notByItself, ...(attempts ? {} : { refused: false }) },
    reads: [...target, ...reads],
    when: when ?? always,
    resource: subjectOf(row.type, about),
    says: (seen) => said(row.title, seen.principal, seen.name, about(seen), seen.error),
    examples: examplesOf(row, calls[0]!),
  });
}

const always = () => true;

function targetOf<P extends Path>(paths: readonly P[]): (seen: Seen<P>) => string {
  return (seen) => {
    for (const path of paths) {
      const text = seen.text(path) ?? seen.list(path)[0];
      if (text !== undefined) return text;
    }
    return '';
  };
}

/** GuardDuty's IAMUser types are about the key that called; the others about what was touched. */
function subjectOf<P extends Path>(type: string, about: (seen: Seen<P>) => string) {
  const kind = type.slice(type.indexOf(':') + 1, type.indexOf('/'));
  return (seen: Seen<P>) => {
    const arn = about(seen);
    if (kind === 'IAMUser' || arn === '') return accessKey(seen);
    return { ...accessKey(seen), type: kind, arn };
  };
}

function said(title: Words, principal: string, name: string, about: string, error: string): Words {
  const en = `${about === '' ? '' : ` on ${about}`}${error === '' ? '' : `, refused with ${error}`}`;
  const ja = about === '' ? '' : ` ${about} に対して`;
  return {
    en: `${title.en}: ${principal} called ${name}${en}.`,
    ja: `${title.ja}。${principal} が${ja} ${name} を呼び出しました${error === '' ? '' : `（${error} で拒否）`}。`,
  };
}

function examplesOf<P extends Path>({ fires, stays, attempts }: CallRow<P>, first: string) {
  const made = ({ name = first, ...given }: NamedCall): readonly JsonObject[] => [call(name, given)];
  const rows = (table: Readonly<Record<string, NamedCall>>) =>
    Object.fromEntries(Object.entries(table).map(([name, given]) => [name, made(given)]));
  const [plain] = Object.values(fires);
  const refused = { 'it is refused': made({ ...plain, error: 'AccessDenied' }) };
  return {
    fires: { ...rows(fires), ...(attempts === true ? refused : {}) },
    stays: {
      ...rows(stays ?? {}),
      ...(attempts === true ? {} : refused),
      'a service does it by itself': made({ ...plain, by: 'backup.amazonaws.com' }),
      'a service does it in a role that it was given': made({
        ...plain,
        from: 'backup.amazonaws.com',
        more: { ...plain?.more, userIdentity: inGivenRole },
      }),
    },
  };
}

const inGivenRole: JsonObject = {
  type: 'AssumedRole',
  principalId: 'AROABACKUPXXXXXXXXXX:backup',
  invokedBy: 'backup.amazonaws.com',
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole' },
  },
};
