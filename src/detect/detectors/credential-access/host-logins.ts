import type { Resource } from '../../../model/finding.ts';
import type { JsonObject } from '../../../model/json.ts';
import { callerAddress } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { example, times } from '../../examples.ts';
import { onThreshold } from '../../on-threshold.ts';
import { thresholds } from '../../thresholds.ts';

// What sshd says of logins, which flow logs cannot: whether somebody got in.

const { hostGuesses, entered, distantLogins } = thresholds;
type Read = 'host' | 'user';

export const hostLogins: readonly Detector[] = [
  onThreshold<Read>({
    type: 'Custom:Host/SSHPasswordGuessing',
    title: { en: 'Logins to a host are being guessed', ja: 'ホストへのログインの総当たりが行われています' },
    advice: {
      en: 'Block the address, allow keys only, and close SSH to the internet.',
      ja: 'アドレスを遮断し、鍵認証のみを許可して、SSH をインターネットに公開しないでください。',
    },
    falsePositives: { en: 'A job with an old key or password.', ja: '古い鍵やパスワードを使うジョブの場合。' },
    severity: 5,
    technique: 'T1110',
    logs: ['auth'],
    on: { kind: 'login' },
    reads: ['host', 'user'],
    when: isRefused,
    key: peerOf,
    count: hostGuesses.count,
    windowMs: hostGuesses.windowMs,
    resource: hostOf,
    counterpart: (seen) => seen.address?.text ?? '',
    says: (seen, { count }) => ({
      en: `${count} logins to ${seen.text('host') ?? ''} from ${seen.address?.text ?? ''} failed.`,
      ja: `${seen.address?.text ?? ''} から ${seen.text('host') ?? ''} へのログインが ${count} 回失敗しました。`,
    }),
    examples: {
      fires: {
        'wrong passwords': times(hostGuesses.count, (_, at) => said(at, failed('root'))),
        slowly: times(hostGuesses.count, (_, at) => said(at, failed('root')), 240),
        'unknown users': times(hostGuesses.count, (index, at) =>
          said(at, `Invalid user u${index} from ${example.listed} port 4`),
        ),
      },
      stays: {
        'one fewer': times(hostGuesses.count - 1, (_, at) => said(at, failed('root'))),
        'over days': times(hostGuesses.count, (_, at) => said(at, failed('root')), 7_200),
        'they get in': times(hostGuesses.count, (_, at) => said(at, accepted('root'))),
      },
    },
  }),
  onThreshold<Read>({
    type: 'Custom:Host/SSHLoginAfterGuessing',
    title: { en: 'A login succeeded after many had failed', ja: '多数の失敗の後にログインが成功しました' },
    advice: {
      en: 'Treat the host as taken: isolate it, keep its disk, and replace every credential that was on it.',
      ja: 'ホストは侵害されたものとして隔離し、ディスクを保全して、置かれていた認証情報をすべて交換してください。',
    },
    falsePositives: {
      en: 'Somebody remembers a password after many tries.',
      ja: '何度も試した後にパスワードを思い出した場合。',
    },
    severity: 8,
    technique: 'T1110',
    logs: ['auth'],
    on: { kind: 'login' },
    reads: ['host', 'user'],
    when: (seen) => seen.address !== undefined && (seen.name === 'Accepted' || isRefused(seen)),
    key: peerOf,
    // A success tips the scale only when failures lie on it, and successes alone never do.
    distinct: (seen) => (seen.name === 'Accepted' ? 'accepted' : seen.id),
    weight: (seen) => (seen.name === 'Accepted' ? entered.weight : 1),
    count: entered.weight + entered.failures,
    windowMs: entered.windowMs,
    resource: hostOf,
    counterpart: (seen) => seen.address?.text ?? '',
    says: (seen) => ({
      en: `${seen.address?.text ?? ''} failed at least ${entered.failures} times on ${seen.text('host') ?? ''} and got in as ${seen.text('user') ?? ''} or before.`,
      ja: `${seen.address?.text ?? ''} が ${seen.text('host') ?? ''} で ${entered.failures} 回以上失敗し、ログインにも成功しています（${seen.text('user') ?? ''}）。`,
    }),
    examples: {
      fires: {
        'at the end it gets in': [
          ...times(entered.failures, (_, at) => said(at, failed('root'))),
          said(entered.failures, accepted('root')),
        ],
      },
      stays: {
        'after a few mistakes': [
          ...times(entered.failures - 1, (_, at) => said(at, failed('root'))),
          said(60, accepted('root')),
        ],
        'somebody else gets in': [
          ...times(entered.failures, (_, at) => said(at, failed('root'))),
          said(60, accepted('root', example.home)),
        ],
        'many successes': times(30, (_, at) => said(at, accepted('root'))),
        'only failures': times(60, (_, at) => said(at, failed('root'))),
      },
    },
  }),
  onThreshold<Read>({
    type: 'Custom:Host/SSHLoginsFromFarApart',
    title: {
      en: 'One user signed in to hosts from far-apart places at about the same time',
      ja: '同じユーザーが離れた場所からほぼ同時にホストへログインしました',
    },
    advice: {
      en: 'Ask the user which login was theirs, remove the key or password that was used, and look at what was done on the host.',
      ja: 'どのログインが本人によるものか確認し、使われた鍵やパスワードを無効にして、ホスト上の操作を調べてください。',
    },
    falsePositives: {
      en: 'An account that several people share, or a VPN that leaves in another country.',
      ja: '複数人で共有しているアカウントや、別の国に出口がある VPN の場合。',
    },
    severity: 8,
    technique: 'T1078',
    logs: ['auth'],
    needs: ['geography'],
    on: { kind: 'login' },
    reads: ['host', 'user'],
    when: (seen, world) => seen.name === 'Accepted' && world.remoteIp(callerAddress(seen) ?? '').country !== undefined,
    key: (seen) => seen.text('user') ?? '',
    distinct: (seen, world) => world.remoteIp(callerAddress(seen) ?? '').country,
    count: distantLogins.count,
    windowMs: distantLogins.windowMs,
    resource: hostOf,
    counterpart: (seen) => seen.address?.text ?? '',
    says: (seen) => ({
      en: `${seen.text('user') ?? ''} signed in from two countries within ${distantLogins.windowMs / 3_600_000} hours, to ${seen.text('host') ?? ''} from ${seen.address?.text ?? ''}.`,
      ja: `${seen.text('user') ?? ''} が ${distantLogins.windowMs / 3_600_000} 時間以内に 2 つの国からログインしました（${seen.text('host') ?? ''} へは ${seen.address?.text ?? ''} から）。`,
    }),
    examples: {
      fires: { 'two countries': [said(0, accepted('dev')), said(600, accepted('dev', example.home))] },
      stays: {
        'one country': [said(0, accepted('dev')), said(600, accepted('dev', '198.51.100.77'))],
        'a day apart': [said(0, accepted('dev')), said(86_400, accepted('dev', example.home))],
        'another user': [said(0, accepted('dev')), said(600, accepted('ops', example.home))],
        'the second fails': [said(0, accepted('dev')), said(600, failed('dev', example.home))],
      },
    },
  }),
];

/** Hosts tell of other things than logins too. */
function isRefused(seen: Seen<Read>): boolean {
  return seen.name === 'Failed' || seen.name === 'Invalid';
}

function peerOf(seen: Seen<Read>): string {
  return `${seen.text('host') ?? ''} ${seen.address?.text ?? ''}`;
}

function hostOf(seen: Seen<Read>): Resource {
  return { type: 'Host', arn: seen.text('host') ?? '' };
}

function said(at: number, MESSAGE: string): JsonObject {
  const micros = (example.start + at * 1_000) * 1_000;
  // Two lines of one second differ by their microsecond.
  return { __REALTIME_TIMESTAMP: String(micros), MESSAGE, _HOSTNAME: 'web-1', SYSLOG_IDENTIFIER: 'sshd' };
}

function failed(user: string, from: string = example.listed): string {
  return `Failed password for ${user} from ${from} port 50000 ssh2`;
}

function accepted(user: string, from: string = example.listed): string {
  return `Accepted password for ${user} from ${from} port 50000 ssh2`;
}
