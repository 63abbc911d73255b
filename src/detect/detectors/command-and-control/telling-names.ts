import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import type { Detector, Reading } from '../../detector.ts';
import { query } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { asker } from '../../subjects.ts';

// Names that say what they are for, so that no list is needed: a server has no use for them.

interface Row {
  readonly type: string;
  readonly title: Words;
  readonly advice: Words;
  readonly falsePositives: Words;
  readonly severity: number;
  readonly technique: string;
  readonly names: RegExp;
  readonly fires: readonly string[];
  readonly stays: readonly string[];
}

/** A coin within a label, as the pools write it. */
const coin = '(?:xmr|monero|btc|bitcoin|eth|ethereum|etc|ltc|zec|rvn|raven|kaspa|ergo|crypto)';

const rows: readonly Row[] = [
  {
    type: 'Custom:EC2Instance/MiningNameAskedFor',
    title: {
      en: 'An instance asked for a name that speaks of mining coins',
      ja: 'インスタンスが暗号資産マイニングをうかがわせる名前を問い合わせました',
    },
    advice: {
      en: 'Find the process that asked and how it came there; isolate the instance and replace it.',
      ja: '問い合わせたプロセスと侵入経路を特定し、インスタンスを隔離して作り直してください。',
    },
    falsePositives: { en: 'Somebody reads about coins from there.', ja: '暗号資産の情報を閲覧している場合。' },
    severity: 5,
    technique: 'T1496',
    names: new RegExp(
      [
        String.raw`(?:^|\.)stratum\d*[.-]`,
        '(?:xmr|monero|minergate|nicehash|nanopool|ethermine|miningpool|cryptonight|unmineable)',
        String.raw`(?:^|[.\d-])${coin}[.\d-]*(?:pool|miner?s?|mining|hash)`,
        String.raw`(?:pool|miner?s?|mining)[.\d-]*${coin}(?:[.\d-]|$)`,
      ].join('|'),
    ),
    fires: ['pool.supportxmr.example', 'stratum.coins.example', 'eu1.eth-pool.example', 'btc.pool.example'],
    stays: ['pool.ntp.example', 'method-pools.example', 'determine.example', 'commons.example'],
  },
  {
    type: 'Custom:EC2Instance/CallbackNameAskedFor',
    title: {
      en: 'An instance asked for a name that proves an attack on it worked',
      ja: 'インスタンスが攻撃の成否を確認するためのサービスの名前を問い合わせました',
    },
    advice: {
      en: 'Unless you test it yourselves, somebody made an application of the instance ask: find the request and close the hole.',
      ja: '自社のテストでなければ、外部の者がアプリケーションに問い合わせさせています。該当の要求を特定し、脆弱性を塞いでください。',
    },
    falsePositives: { en: 'A penetration test that you ordered.', ja: '依頼済みの侵入テストの場合。' },
    severity: 5,
    technique: 'T1190',
    names:
      /(?:^|\.)(?:oast\.(?:pro|live|site|online|fun|me)|interact\.sh|oastify\.com|burpcollaborator\.net|dnslog\.cn|ceye\.io|bxss\.me)$/,
    fires: ['c23b2la0kl1krjcrdj10cndmnioyyyyyn.oast.pro', 'x.burpcollaborator.net'],
    stays: ['toast.pro', 'oast.example'],
  },
  {
    type: 'Custom:EC2Instance/OnionNameAskedFor',
    title: {
      en: 'An instance asked for a hidden name of Tor',
      ja: 'インスタンスが Tor の秘匿サービスの名前を問い合わせました',
    },
    advice: {
      en: 'Find the process that asked: ransom and theft are arranged there.',
      ja: '問い合わせたプロセスを特定してください。身代金の要求や盗難データの受け渡しに使われます。',
    },
    falsePositives: { en: 'Research from a server.', ja: 'サーバーから調査を行っている場合。' },
    severity: 5,
    technique: 'T1090.003',
    names: /(?:^|\.)[a-z2-7]{16}(?:[a-z2-7]{40})?\.(?:onion|tor2web)(?:\.|$)/,
    fires: ['expyuzz4wqqyqhjn.onion', 'expyuzz4wqqyqhjn.onion.ws'],
    stays: ['onion.example', 'red.onion.soup.example'],
  },
  {
    type: 'Custom:EC2Instance/TunnelNameAskedFor',
    title: {
      en: 'An instance asked for a service that makes tunnels from the internet',
      ja: 'インスタンスがインターネットからのトンネルを作るサービスの名前を問い合わせました',
    },
    advice: {
      en: 'Ask whose tunnel it is: it lets strangers in past every firewall.',
      ja: '誰のトンネルか確認してください。ファイアウォールを迂回して外部から接続できるようになります。',
    },
    falsePositives: { en: 'A developer shows something from a test server.', ja: '開発者が検証環境を見せている場合。' },
    severity: 2,
    technique: 'T1572',
    names:
      /(?:^|\.)(?:ngrok\.(?:io|com|app|dev)|ngrok-free\.(?:app|dev)|trycloudflare\.com|serveo\.net|localhost\.run|loca\.lt|pinggy\.(?:io|link)|bore\.pub)$/,
    fires: ['a1b2c3.ngrok-free.app', 'tunnel.us.ngrok.com'],
    stays: ['ngrok.example', 'notngrok.io.example'],
  },
];

export const tellingNames: readonly Detector[] = rows.map(telling);

function telling({ names, fires, stays, ...row }: Row): Detector {
  const asked = (of: readonly string[]): Readonly<Record<string, readonly JsonObject[]>> =>
    Object.fromEntries(of.map((name) => [name, [query(name)]]));
  return onActivity({
    ...row,
    logs: ['dns'],
    on: { kind: 'dns-query' },
    reads: [],
    when: (seen) => names.test(nameOf(seen)),
    resource: asker,
    counterpart: nameOf,
    says: (seen) => ({
      en: `${seen.text('srcids.instance') ?? seen.text('srcaddr') ?? ''} asked for ${nameOf(seen)}.`,
      ja: `${seen.text('srcids.instance') ?? seen.text('srcaddr') ?? ''} が ${nameOf(seen)} を問い合わせました。`,
    }),
    examples: { fires: asked(fires), stays: asked(stays) },
  });
}

/** Without the dot at its end. */
function nameOf(seen: Reading<never>): string {
  return seen.name.toLowerCase().replace(/\.$/, '');
}
