import type { Resource } from '../../../model/finding.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { isPublicIp } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { example, times } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { onThreshold } from '../../on-threshold.ts';
import { thresholds } from '../../thresholds.ts';

// Who may work on a host, as its own programs tell.

type Read = 'host' | 'user' | 'group' | 'uid' | 'method';
const reads = ['host', 'user', 'group', 'uid', 'method'] as const;

const advice: Words = {
  en: 'Ask who works on the host. If nobody knows of it, treat the host as taken: isolate it and replace it.',
  ja: 'ホストの担当者に確認し、心当たりがなければ侵害されたものとして隔離し、作り直してください。',
};
const administered: Words = { en: 'An administrator sets up the host.', ja: '管理者がホストを設定している場合。' };

/** Groups whose members can become root. */
const powerful = new Set(['root', 'sudo', 'wheel', 'admin', 'docker', 'lxd', 'adm', 'disk']);

export const hostAccounts: readonly Detector[] = [
  said({
    type: 'Custom:Host/UserAdded',
    title: { en: 'A user was added to a host', ja: 'ホストにユーザーが追加されました' },
    // A second user with the number of root is root.
    severity: (seen) => (seen.text('uid') === '0' ? 8 : 2),
    technique: 'T1136.001',
    when: (seen) => seen.name === 'UserAdded' && (Number(seen.text('uid')) >= 1_000 || seen.text('uid') === '0'),
    fires: {
      'for a person': line('useradd', 'new user: name=bob, UID=1001, GID=1001, home=/home/bob, shell=/bin/bash'),
      'as root': line('useradd', 'new user: name=toor, UID=0, GID=0, home=/root, shell=/bin/bash'),
    },
    stays: {
      'for a service': line('useradd', 'new user: name=nginx, UID=996, GID=993, home=/var/cache/nginx'),
      'a group is added': line('useradd', 'new group: name=bob, GID=1001'),
    },
  }),
  said({
    type: 'Custom:Host/AdministratorAdded',
    title: { en: 'A user of a host was made its administrator', ja: 'ホストのユーザーに管理者権限が付与されました' },
    severity: () => 5,
    technique: 'T1098.007',
    when: (seen) => seen.name === 'GroupJoined' && powerful.has(seen.text('group') ?? ''),
    fires: {
      'by a group': line('usermod', "add 'bob' to group 'sudo'"),
      'in the other way': line('gpasswd', 'user bob added by root to group wheel'),
    },
    stays: { 'an ordinary group': line('usermod', "add 'bob' to group 'developers'") },
  }),
  said({
    type: 'Custom:Host/RootLoginFromInternet',
    title: {
      en: 'Root signed in to a host from the internet',
      ja: 'インターネットからホストへ root でログインされました',
    },
    severity: () => 5,
    technique: 'T1078.003',
    when: (seen) => seen.name === 'Accepted' && seen.text('user') === 'root' && isPublicIp(seen.address),
    fires: { 'with a password': line('sshd', 'Accepted password for root from 198.51.100.66 port 50000 ssh2') },
    stays: {
      'from within': line('sshd', 'Accepted password for root from 10.0.1.15 port 50000 ssh2'),
      'another user': line('sshd', 'Accepted publickey for dev from 198.51.100.66 port 50000 ssh2'),
      'it fails': line('sshd', 'Failed password for root from 198.51.100.66 port 50000 ssh2'),
    },
  }),
  onThreshold<Read>({
    type: 'Custom:Host/SudoRefused',
    title: {
      en: 'A user of a host tries to become its administrator',
      ja: 'ホストのユーザーが管理者権限の取得を試みています',
    },
    advice,
    falsePositives: {
      en: 'Somebody forgot a password, or works on the wrong host.',
      ja: 'パスワードを忘れた場合や、別のホストと間違えている場合。',
    },
    severity: 5,
    technique: 'T1548.003',
    logs: ['auth'],
    on: { kind: 'login' },
    reads,
    when: (seen) => seen.name === 'SudoRefused',
    key: (seen) => `${seen.text('host') ?? ''} ${seen.text('user') ?? ''}`,
    count: thresholds.sudo.count,
    windowMs: thresholds.sudo.windowMs,
    resource: hostOf,
    counterpart: (seen) => seen.text('user') ?? '',
    says: (seen, { count }) => ({
      en: `${seen.text('user') ?? ''} was refused ${count} times on ${seen.text('host') ?? ''}.`,
      ja: `${seen.text('host') ?? ''} で ${seen.text('user') ?? ''} が ${count} 回拒否されました。`,
    }),
    examples: {
      fires: { 'again and again': refused(thresholds.sudo.count) },
      stays: {
        'one fewer': refused(thresholds.sudo.count - 1),
        'over days': refused(thresholds.sudo.count, 43_200),
      },
    },
  }),
];

interface Row {
  readonly type: string;
  readonly title: Words;
  readonly severity: (seen: Seen<Read>) => number;
  readonly technique: string;
  readonly when: (seen: Seen<Read>) => boolean;
  readonly fires: Readonly<Record<string, JsonObject>>;
  readonly stays: Readonly<Record<string, JsonObject>>;
}

function said({ type, title, severity, technique, when, fires, stays }: Row): Detector {
  const each = (table: Readonly<Record<string, JsonObject>>) =>
    Object.fromEntries(Object.entries(table).map(([name, record]) => [name, [record]]));
  return onActivity<Read>({
    type,
    title,
    advice,
    falsePositives: administered,
    severity,
    technique,
    logs: ['auth'],
    on: { kind: 'login' },
    reads,
    when,
    resource: hostOf,
    counterpart: (seen) => seen.text('user') ?? '',
    says: (seen) => ({
      en: `${title.en}: ${seen.text('user') ?? ''} on ${seen.text('host') ?? ''}.`,
      ja: `${title.ja}。${seen.text('host') ?? ''} の ${seen.text('user') ?? ''} です。`,
    }),
    examples: { fires: each(fires), stays: each(stays) },
  });
}

function hostOf(seen: Seen<Read>): Resource {
  return { type: 'Host', arn: seen.text('host') ?? '' };
}

function line(program: string, MESSAGE: string, at = 0): JsonObject {
  const micros = (example.start + at * 1_000) * 1_000;
  return { __REALTIME_TIMESTAMP: String(micros), MESSAGE, _HOSTNAME: 'web-1', SYSLOG_IDENTIFIER: program };
}

function refused(many: number, everyS = 1): readonly JsonObject[] {
  const text = 'bob : user NOT in sudoers ; TTY=pts/0 ; PWD=/home/bob ; USER=root ; COMMAND=/bin/bash';
  return times(many, (_, at) => line('sudo', text, at), everyS);
}
