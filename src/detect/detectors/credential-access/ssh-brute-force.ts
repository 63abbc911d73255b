import type { Reading } from '../../detector.ts';
import { example, flow, times } from '../../examples.ts';
import { endsOf } from '../../flows.ts';
import { onThreshold } from '../../on-threshold.ts';
import { instance } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';
import type { World } from '../../world.ts';

const sshPort = 22;
const { count, windowMs, bytesMax } = thresholds.guesses;

/** As target the instance is guessed at (Low); as actor it guesses (High). Only the packets towards port 22 count. */
export const sshBruteForce = onThreshold({
  type: 'UnauthorizedAccess:EC2/SSHBruteForce',
  title: { en: 'Passwords are being guessed over SSH', ja: 'SSH でパスワードの総当たりが行われています' },
  advice: {
    en: 'As target: block the address, close port 22 to the internet, and look for a sign-in that succeeded. As actor: isolate the instance, it is in other hands.',
    ja: '標的の場合：アドレスを遮断し、22 番ポートをインターネットに公開せず、成功したログインがないか確認します。攻撃元の場合：インスタンスは乗っ取られているため隔離します。',
  },
  severity: (seen, world) => (isTarget(seen, world) ? 2 : 8),
  technique: 'T1110',
  logs: ['vpc-flow'],
  falsePositives: {
    en: 'A monitor or a deploy tool whose key is refused and that tries again and again.',
    ja: '鍵を拒否された監視ツールやデプロイツールが接続を繰り返している場合。',
  },
  on: { kind: 'network-flow' },
  reads: [],
  when: (seen) =>
    seen.number('dstport') === sshPort && seen.text('protocol') === '6' && (seen.number('bytes') ?? 0) <= bytesMax,
  key: (seen) => `${seen.text('interface-id')} ${seen.text('srcaddr')} ${seen.text('dstaddr')}`,
  distinct: (seen) => seen.text('srcport'),
  count,
  windowMs,
  role: (seen, world) => (isTarget(seen, world) ? 'TARGET' : 'ACTOR'),
  counterpart: (seen, world) => endsOf(seen, world).remote.address,
  resource: instance,
  says: (seen, tally, world) => {
    const { local, remote } = endsOf(seen, world);
    return isTarget(seen, world)
      ? {
          en: `${remote.address} opened ${tally.count} short SSH connections to ${local.address}.`,
          ja: `${remote.address} が ${local.address} へ短い SSH 接続を ${tally.count} 回行いました。`,
        }
      : {
          en: `${local.address} opened ${tally.count} short SSH connections to ${remote.address}.`,
          ja: `${local.address} が ${remote.address} へ短い SSH 接続を ${tally.count} 回行いました。`,
        };
  },
  examples: {
    fires: {
      'short connections from outside, one after the other': times(count, (index, at) => guess(index, { at })),
      'refused ones count': times(count, (index, at) => guess(index, { at, action: 'REJECT' })),
      'the instance guesses at another': times(count, (index, at) =>
        guess(index, { at, from: example.local, to: example.home }),
      ),
    },
    stays: {
      'one fewer': times(count - 1, (index, at) => guess(index, { at })),
      'spread over hours': times(count, (index, at) => guess(index, { at }), 60),
      'from as many addresses': times(count, (index, at) => guess(index, { at, from: `192.0.2.${index}` })),
      'fifty sessions of a deploy tool': times(50, (index, at) => guess(index, { at, packets: 60, bytes: 9_000 })),
      'one connection in many records': times(count, (_, at) => guess(0, { at })),
      'another port': times(count, (index, at) => guess(index, { at, toPort: 2222 })),
    },
  },
});

function isTarget(seen: Reading<never>, world: World): boolean {
  return endsOf(seen, world).packets === 'in';
}

function guess(index: number, more: Parameters<typeof flow>[0]) {
  return flow({ fromPort: 40_000 + index, toPort: sshPort, packets: 18, bytes: 2_900, ...more });
}
