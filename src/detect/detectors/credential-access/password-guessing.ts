import { flowBounds } from '../../../model/flow-rows.ts';
import type { Words } from '../../../model/words.ts';
import type { Detector, Reading } from '../../detector.ts';
import { example, flow, times } from '../../examples.ts';
import { endsOf } from '../../flows.ts';
import { onThreshold } from '../../on-threshold.ts';
import { instance } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';
import type { World } from '../../world.ts';

interface Row {
  readonly type: string;
  readonly name: string;
  readonly ports: readonly number[];
}

const { loginPorts } = flowBounds;
const { count, windowMs } = thresholds.guesses;
/** The triage tells of a pair's connections from the second on: most that try to log in try once. */
const untold = 1;

export const passwordGuessing: readonly Detector[] = [
  guessed({ type: 'UnauthorizedAccess:EC2/SSHBruteForce', name: 'SSH', ports: loginPorts.SSH }),
  guessed({ type: 'UnauthorizedAccess:EC2/RDPBruteForce', name: 'RDP', ports: loginPorts.RDP }),
  guessed({ type: 'Impact:EC2/WinRMBruteForce', name: 'WinRM', ports: loginPorts.WinRM }),
];

/** As target the instance is guessed at (Low); as actor it guesses (High). Only the packets towards the port count. */
function guessed({ type, name, ports }: Row): Detector {
  const port = ports[0]!;
  const guess = (index: number, more: Parameters<typeof flow>[0]) =>
    flow({ fromPort: 40_000 + index, toPort: port, packets: 18, bytes: 2_900, ...more });
  return onThreshold({
    type,
    title: { en: `Passwords are being guessed over ${name}`, ja: `${name} でパスワードの総当たりが行われています` },
    advice: adviceFor(ports),
    severity: (seen, world) => (isTarget(seen, world) ? 2 : 8),
    technique: 'T1110',
    logs: ['vpc-flow'],
    falsePositives: {
      en: 'A monitor or a deploy tool whose key is refused and that tries again and again.',
      ja: '鍵を拒否された監視ツールやデプロイツールが接続を繰り返している場合。',
    },
    on: { kind: 'network-flow', traffic: 'guess' },
    reads: [],
    when: ({ flow }) => flow !== undefined && ports.includes(flow.dstport),
    key: (seen) => `${seen.text('interface-id')} ${seen.text('srcaddr')} ${seen.text('dstaddr')}`,
    distinct: (seen) => seen.text('srcport'),
    count: count - untold,
    windowMs,
    role: (seen, world) => (isTarget(seen, world) ? 'TARGET' : 'ACTOR'),
    counterpart: (seen, world) => endsOf(seen, world).remote.address,
    resource: instance,
    says: (seen, tally, world) => {
      const { local, remote } = endsOf(seen, world);
      const [from, to] = isTarget(seen, world) ? [remote, local] : [local, remote];
      return {
        en: `${from.address} opened ${tally.count + untold} short ${name} connections to ${to.address}.`,
        ja: `${from.address} が ${to.address} へ短い ${name} 接続を ${tally.count + untold} 回行いました。`,
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
        'another port': times(count, (index, at) => guess(index, { at, toPort: 2_222 })),
      },
    },
  });
}

function adviceFor(ports: readonly number[]): Words {
  return {
    en: `As target: block the address, close port ${ports.join(' and ')} to the internet, and look for a sign-in that succeeded. As actor: isolate the instance, it is in other hands.`,
    ja: `標的の場合：アドレスを遮断し、${ports.join('・')} 番ポートをインターネットに公開せず、成功したログインがないか確認します。攻撃元の場合：インスタンスは乗っ取られているため隔離します。`,
  };
}

function isTarget(seen: Reading<never>, world: World): boolean {
  return endsOf(seen, world).packets === 'in';
}
