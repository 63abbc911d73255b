import type { Words } from '../../../model/words.ts';
import type { Detector, Reading } from '../../detector.ts';
import { example, query, times } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { onList } from '../../on-list.ts';
import { onThreshold } from '../../on-threshold.ts';
import { textsUnder } from '../../policies.ts';
import { asker } from '../../subjects.ts';
import type { ListUse } from '../../world.ts';

// GuardDuty's types of looked-up names. A name counts whatever the answer: asking is the sign.
// https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-ec2.html

type Row = readonly [type: string, list: ListUse, severity: number, technique: string, whom: Words];

const rows: readonly Row[] = [
  ['Backdoor:EC2/C&CActivity.B!DNS', 'command-and-control', 8, 'T1071.004', { en: 'command and control', ja: 'C&C' }],
  ['CryptoCurrency:EC2/BitcoinTool.B!DNS', 'mining', 8, 'T1496', { en: 'mining of coins', ja: '暗号資産マイニング' }],
  ['Impact:EC2/MaliciousDomainRequest.Custom', 'custom', 5, 'T1071.004', { en: 'your own list', ja: '独自の脅威' }],
  ['Trojan:EC2/BlackholeTraffic!DNS', 'sinkhole', 5, 'T1071.004', { en: 'sinkholed malware', ja: 'シンクホール' }],
  [
    'Trojan:EC2/DGADomainRequest.C!DNS',
    'generated-domain',
    8,
    'T1568.002',
    { en: 'generated names', ja: '自動生成ドメイン' },
  ],
  [
    'Trojan:EC2/DriveBySourceTraffic!DNS',
    'drive-by',
    8,
    'T1189',
    { en: 'drive-by downloads', ja: 'ドライブバイダウンロード' },
  ],
  ['Trojan:EC2/DropPoint!DNS', 'drop-point', 5, 'T1041', { en: 'collecting stolen data', ja: '盗難データの集積' }],
  ['Trojan:EC2/PhishingDomainRequest!DNS', 'phishing', 8, 'T1566', { en: 'phishing', ja: 'フィッシング' }],
];

const reputed: readonly Row[] = [
  [
    'Impact:EC2/AbusedDomainRequest.Reputation',
    'reputation-abused',
    5,
    'T1583.001',
    { en: 'a kind of name that is often abused', ja: '悪用されやすい種類のドメイン' },
  ],
  [
    'Impact:EC2/BitcoinDomainRequest.Reputation',
    'reputation-coins',
    8,
    'T1496',
    { en: 'a bad reputation around coins', ja: '暗号資産関連の低評判' },
  ],
  [
    'Impact:EC2/MaliciousDomainRequest.Reputation',
    'reputation-bad',
    8,
    'T1071.004',
    { en: 'a bad reputation', ja: '悪意のある活動との関連' },
  ],
  [
    'Impact:EC2/SuspiciousDomainRequest.Reputation',
    'reputation-suspicious',
    2,
    'T1071.004',
    { en: 'being new or little used', ja: '新しさや利用の少なさ' },
  ],
];

const advice: Words = {
  en: 'Find the process that asked, block the name in the resolver firewall, and treat the instance as compromised until you know better.',
  ja: '問い合わせたプロセスを特定し、DNS ファイアウォールで名前を遮断して、確認できるまでインスタンスは侵害されたものとして扱ってください。',
};
/** Labels of at most 63 characters: data is packed as full as it goes. Half of that is longer than names for people. */
const packed = { letters: 30, count: 50, windowMs: 10 * 60_000 };
/** Malware with generated names tries dozens that nobody has registered. */
const generated = { count: 20, windowMs: 10 * 60_000 };

export const namesAsked: readonly Detector[] = [
  ...[...rows, ...reputed].map(listed),
  onActivity({
    type: 'UnauthorizedAccess:EC2/MetadataDNSRebind',
    title: {
      en: 'A name from outside leads to the metadata service',
      ja: '外部の名前がメタデータサービスのアドレスを返しました',
    },
    advice: {
      en: 'Demand IMDSv2 on the instance, revoke the sessions of its role, and block the name.',
      ja: 'インスタンスで IMDSv2 を必須にし、ロールのセッションを失効させて、その名前を遮断してください。',
    },
    falsePositives: { en: 'A test of exactly this.', ja: 'この攻撃を検証している場合。' },
    severity: 8,
    technique: 'T1552.005',
    logs: ['dns'],
    on: { kind: 'dns-query' },
    reads: [],
    when: (seen) =>
      !/(^|\.)(amazonaws\.com|internal|in-addr\.arpa)$/.test(nameOf(seen)) &&
      textsUnder(seen.json('answers'), 'Rdata').includes('169.254.169.254'),
    resource: asker,
    counterpart: nameOf,
    says: (seen) => ({
      en: `${nameOf(seen)} was answered with 169.254.169.254.`,
      ja: `${nameOf(seen)} に対して 169.254.169.254 が返されました。`,
    }),
    examples: {
      fires: { 'a name of the internet': [query('rebind.example', { answer: '169.254.169.254' })] },
      stays: {
        'another answer': [query('rebind.example', { answer: example.home })],
        'a name of AWS': [query('instance-data.ec2.internal', { answer: '169.254.169.254' })],
      },
    },
  }),
  onThreshold({
    type: 'Trojan:EC2/DNSDataExfiltration',
    title: {
      en: 'Data leaves an instance inside names',
      ja: 'インスタンスから DNS クエリを使ってデータが送り出されています',
    },
    advice,
    falsePositives: {
      en: 'Reputation services and delivery networks that put long tokens into names.',
      ja: '長いトークンを名前に含める評判サービスや配信ネットワークの場合。',
    },
    severity: 8,
    technique: 'T1048.003',
    logs: ['dns'],
    on: { kind: 'dns-query' },
    reads: [],
    when: (seen) => labelsOf(seen).some((label) => label.length >= packed.letters && entropyOf(label) >= 3.2),
    key: (seen) => `${seen.text('srcids.instance') ?? seen.text('srcaddr') ?? ''} ${parentOf(seen)}`,
    distinct: nameOf,
    count: packed.count,
    windowMs: packed.windowMs,
    resource: asker,
    counterpart: parentOf,
    says: (seen, { count }) => ({
      en: `${count} long names under ${parentOf(seen)} were asked for within minutes.`,
      ja: `${parentOf(seen)} の下の長い名前が短時間に ${count} 件問い合わせられました。`,
    }),
    examples: {
      fires: {
        'many long names under one parent': times(packed.count, (index, at) =>
          query(`${token(index, 40)}.t.example`, { at }),
        ),
      },
      stays: {
        'one fewer': times(packed.count - 1, (index, at) => query(`${token(index, 40)}.t.example`, { at })),
        'short names': times(packed.count, (index, at) => query(`${token(index, 10)}.t.example`, { at })),
        'one long name': times(packed.count, (_, at) => query(`${token(1, 40)}.t.example`, { at })),
        'under many parents': times(packed.count, (index, at) =>
          query(`${token(index, 40)}.p${index}.example`, { at }),
        ),
      },
    },
  }),
  onThreshold({
    type: 'Trojan:EC2/DGADomainRequest.B',
    title: {
      en: 'An instance tries names that look generated',
      ja: 'インスタンスが自動生成されたような名前を試しています',
    },
    advice,
    falsePositives: {
      en: 'Browsers that probe the network with made-up names.',
      ja: 'ネットワーク確認のため架空の名前を試すブラウザの場合。',
    },
    severity: 8,
    technique: 'T1568.002',
    logs: ['dns'],
    on: { kind: 'dns-query' },
    reads: [],
    when: (seen) => seen.text('rcode') === 'NXDOMAIN' && looksGenerated(seen),
    key: (seen) => seen.text('srcids.instance') ?? seen.text('srcaddr') ?? '',
    distinct: parentOf,
    count: generated.count,
    windowMs: generated.windowMs,
    resource: asker,
    says: (seen, { count }) => ({
      en: `${count} names that nobody has and that look generated were asked for, ${nameOf(seen)} the last.`,
      ja: `存在せず自動生成されたような名前が ${count} 件問い合わせられました（最後は ${nameOf(seen)}）。`,
    }),
    examples: {
      fires: {
        'many unknown names': times(generated.count, (index, at) =>
          query(`${token(index, 14)}.example`, { at, code: 'NXDOMAIN' }),
        ),
      },
      stays: {
        'one fewer': times(generated.count - 1, (index, at) =>
          query(`${token(index, 14)}.example`, { at, code: 'NXDOMAIN' }),
        ),
        'they exist': times(generated.count, (index, at) => query(`${token(index, 14)}.example`, { at })),
        'names for people': times(generated.count, (index, at) =>
          query(`newspaper${'abcdefghijklmnopqrst'[index]}.example`, { at, code: 'NXDOMAIN' }),
        ),
      },
    },
  }),
];

function listed([type, list, severity, technique, whom]: Row): Detector {
  return onList({
    type,
    title: {
      en: `An instance asked for a name listed for ${whom.en}`,
      ja: `インスタンスが${whom.ja}に関するリストの名前を問い合わせました`,
    },
    advice,
    falsePositives: {
      en: 'The list is out of date, or somebody looks into the name on purpose.',
      ja: 'リストが古い場合や、調査のために意図的に問い合わせた場合。',
    },
    severity,
    technique,
    logs: ['dns'],
    on: { kind: 'dns-query' },
    reads: [],
    list,
    value: nameOf,
    resource: asker,
    counterpart: nameOf,
    says: (seen, match) => ({
      en: `${seen.text('srcaddr') ?? ''} asked for ${nameOf(seen)}, which ${match.list} lists as ${match.entry}.`,
      ja: `${seen.text('srcaddr') ?? ''} が ${nameOf(seen)} を問い合わせました（${match.list} の ${match.entry}）。`,
    }),
    examples: {
      fires: { 'a listed name': [query(example.listedName)], 'in capitals': [query(example.listedName.toUpperCase())] },
      stays: {
        'another name': [query('other.example')],
        'a name that only ends alike': [query(`not${example.listedName}`)],
      },
    },
  });
}

/** Without the dot at its end. */
function nameOf(seen: Reading<never>): string {
  return seen.name.toLowerCase().replace(/\.$/, '');
}

/** The last two labels: who registered the name, for most of the internet. */
function parentOf(seen: Reading<never>): string {
  return nameOf(seen).split('.').slice(-2).join('.');
}

function labelsOf(seen: Reading<never>): readonly string[] {
  return nameOf(seen).split('.').slice(0, -2);
}

/** Twelve letters and digits or more in one registered label, digits or hardly a vowel among them. */
function looksGenerated(seen: Reading<never>): boolean {
  const [label = ''] = parentOf(seen).split('.');
  if (label.length < 12 || label.includes('-')) return false;
  const vowels = label.replace(/[^aeiou]/g, '').length;
  const digits = label.replace(/\D/g, '').length;
  return (vowels < label.length / 5 || digits >= 3) && entropyOf(label) >= 2.8;
}

/** Bits per letter. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** What a program would make: letters and digits without sense, the same for the same index. */
function token(index: number, length: number): string {
  let state = index * 7_919 + 17;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return 'bcdfghjklmnpqrstvwxz0123456789'[(state >>> 16) % 30];
  }).join('');
}
