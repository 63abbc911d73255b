import type { Words } from '../../../model/words.ts';
import type { Detector, Reading } from '../../detector.ts';
import { example, type FlowExample, flow, times } from '../../examples.ts';
import { onFirstSeen } from '../../on-first-seen.ts';
import { instance } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';
import { publicResolvers } from '../../traffic.ts';

// What an instance never did before. An interface is known by all that it sends, so that its first such packet stands out.

interface Row {
  readonly type: string;
  readonly severity: number;
  readonly technique: string;
  readonly title: Words;
  readonly advice: Words;
  readonly falsePositives: Words;
  /** What is new or not, undefined where the flow is of another kind. */
  readonly value: (port: number, seen: Reading<never>) => string | undefined;
  /** Default: `outward`. */
  readonly traffic?: 'port';
  /** Rare enough to be told of without a past. */
  readonly youngSpeaks: boolean;
  readonly example: FlowExample;
}

const resolverAdvice: Words = {
  en: 'Find the process that asks there: it goes around your resolver, its logs and its firewall. Allow only the VPC resolver.',
  ja: '問い合わせているプロセスを特定してください。VPC のリゾルバーとそのログやファイアウォールを迂回しています。VPC のリゾルバーだけを許可します。',
};
const resolverMeant: Words = {
  en: 'Somebody set a public resolver on purpose.',
  ja: '意図的に公開リゾルバーを設定している場合。',
};

const rows: readonly Row[] = [
  {
    type: 'Backdoor:EC2/Spambot',
    severity: 5,
    technique: 'T1496',
    title: { en: 'An instance begins to send mail', ja: 'インスタンスがメールの送信を始めました' },
    advice: {
      en: 'If it is no mail server, isolate it and find what sends. Send mail through SES or a submission port instead.',
      ja: 'メールサーバーでなければ隔離して送信元のプロセスを調べてください。メールは SES か送信用ポートを使います。',
    },
    falsePositives: { en: 'A new mail server.', ja: '新しいメールサーバーの場合。' },
    value: (port) => (port === 25 ? 'smtp' : undefined),
    youngSpeaks: true,
    example: { toPort: 25 },
  },
  {
    type: 'DefenseEvasion:EC2/UnusualDNSResolver',
    severity: 5,
    technique: 'T1071.004',
    title: { en: 'An instance asks a public resolver', ja: 'インスタンスが公開 DNS リゾルバーに問い合わせています' },
    advice: resolverAdvice,
    falsePositives: resolverMeant,
    value: (port, seen) => (port === 53 ? addressOf(seen) : undefined),
    youngSpeaks: true,
    example: { toPort: 53, protocol: 17 },
  },
  {
    type: 'DefenseEvasion:EC2/UnusualDoHActivity',
    severity: 5,
    technique: 'T1572',
    title: { en: 'An instance asks names over HTTPS', ja: 'インスタンスが DNS over HTTPS を使い始めました' },
    advice: resolverAdvice,
    falsePositives: resolverMeant,
    value: (port, seen) => (port === 443 && publicResolvers.has(addressOf(seen)) ? addressOf(seen) : undefined),
    youngSpeaks: true,
    example: { to: '9.9.9.9', toPort: 443 },
  },
  {
    type: 'DefenseEvasion:EC2/UnusualDoTActivity',
    severity: 5,
    technique: 'T1572',
    title: { en: 'An instance asks names over TLS', ja: 'インスタンスが DNS over TLS を使い始めました' },
    advice: resolverAdvice,
    falsePositives: resolverMeant,
    value: (port, seen) => (port === 853 ? addressOf(seen) : undefined),
    youngSpeaks: true,
    example: { toPort: 853 },
  },
  {
    type: 'Behavior:EC2/NetworkPortUnusual',
    severity: 5,
    technique: 'T1571',
    title: { en: 'An instance talks to a port that is new for it', ja: 'インスタンスが初めてのポートと通信しています' },
    advice: {
      en: 'Find the process and ask whether it was deployed. If not, isolate the instance.',
      ja: 'プロセスを特定し、デプロイされたものか確認してください。違う場合はインスタンスを隔離します。',
    },
    falsePositives: { en: 'A new version of the software.', ja: 'ソフトウェアを更新した場合。' },
    value: (port) => (port < 32_768 ? String(port) : undefined),
    traffic: 'port',
    youngSpeaks: false,
    example: { toPort: 4_444 },
  },
];

/** Asked only of the few flows for which it matters. */
function addressOf(seen: Reading<never>): string {
  return seen.text('dstaddr') ?? '';
}

const { learnMs, windowMs } = thresholds.learning;
const days = Math.ceil(learnMs / 86_400_000) + 1;

export const unusualFlows: readonly Detector[] = rows.map(unusual);

function unusual({ value, youngSpeaks, example: shape, ...row }: Row): Detector {
  const at = days * 86_400;
  const out = (more: FlowExample) =>
    flow({ from: example.local, to: example.home, fromPort: 50_000, toPort: 8_443, ...more });
  const past = times(days, (_, when) => out({ at: when }), 86_400);
  return onFirstSeen({
    type: row.type,
    title: row.title,
    advice: row.advice,
    falsePositives: row.falsePositives,
    severity: row.severity,
    technique: row.technique,
    logs: ['vpc-flow'],
    on: { kind: 'network-flow', traffic: row.traffic ?? 'outward' },
    reads: [],
    when: () => true,
    key: (seen) => seen.text('interface-id') ?? '',
    value: (seen) => value(seen.flow?.dstport ?? 0, seen),
    youngSpeaks,
    learnMs,
    windowMs,
    role: () => 'ACTOR',
    counterpart: (seen) => seen.text('dstaddr') ?? '',
    resource: instance,
    says: (seen) => ({
      en: `${seen.text('srcaddr')} talked to ${seen.text('dstaddr')} port ${seen.text('dstport')}, which it never did before.`,
      ja: `${seen.text('srcaddr')} が ${seen.text('dstaddr')} の ${seen.text('dstport')} 番ポートと初めて通信しました。`,
    }),
    examples: {
      fires: { 'after eight days of other traffic': [...past, out({ at, ...shape })] },
      stays: {
        'what it always did': [...past, out({ at })],
        'it is rejected': [...past, out({ at, ...shape, action: 'REJECT' })],
        'within the network': [...past, out({ at, ...shape, to: '10.0.9.9' })],
        'the answer to somebody': [...past, out({ at, ...shape, fromPort: 22, toPort: 60_000 })],
        ...(youngSpeaks ? {} : { 'it is not known yet': [out({}), out({ at: 60, ...shape })] }),
      },
    },
  });
}
