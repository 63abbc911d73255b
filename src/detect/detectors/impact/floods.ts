import type { Words } from '../../../model/words.ts';
import type { Detector } from '../../detector.ts';
import { example, type FlowExample, flow, times } from '../../examples.ts';
import { endsOf } from '../../flows.ts';
import { onThreshold } from '../../on-threshold.ts';
import { instance } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';

interface Row {
  readonly kind: 'Dns' | 'Tcp' | 'Udp' | 'UdpOnTcpPorts' | 'UnusualProtocol';
  readonly what: Words;
  readonly is: (protocol: string, port: number) => boolean;
  readonly example: FlowExample;
  readonly stays: FlowExample;
}

/** Services that speak TCP only. 443 is not among them: QUIC is UDP. */
const tcpPorts = [20, 21, 22, 23, 25, 80, 110, 143, 445, 587, 993, 995, 1433, 3306, 3389, 5432, 6379, 8080, 8443];
/** ICMP, TCP, UDP, tunnels, IPsec, ICMPv6: what networks carry every day. */
const usual = ['1', '4', '6', '17', '41', '47', '50', '51', '58'];

const rows: readonly Row[] = [
  {
    kind: 'Dns',
    what: { en: 'DNS packets', ja: 'DNS パケット' },
    is: (protocol, port) => protocol === '17' && port === 53,
    example: { protocol: 17, toPort: 53 },
    stays: { protocol: 6, toPort: 53 },
  },
  {
    kind: 'Tcp',
    what: { en: 'TCP packets', ja: 'TCP パケット' },
    is: (protocol) => protocol === '6',
    example: { protocol: 6, toPort: 80, bytes: 60 },
    stays: { protocol: 17, toPort: 80 },
  },
  {
    kind: 'Udp',
    what: { en: 'UDP packets', ja: 'UDP パケット' },
    is: (protocol, port) => protocol === '17' && port !== 53 && !tcpPorts.includes(port),
    example: { protocol: 17, toPort: 9_999 },
    stays: { protocol: 17, toPort: 53 },
  },
  {
    kind: 'UdpOnTcpPorts',
    what: { en: 'UDP packets to a port of TCP', ja: 'TCP 用ポート宛ての UDP パケット' },
    is: (protocol, port) => protocol === '17' && tcpPorts.includes(port),
    example: { protocol: 17, toPort: 80 },
    stays: { protocol: 6, toPort: 80 },
  },
  {
    kind: 'UnusualProtocol',
    what: { en: 'packets of a rare protocol', ja: 'まれなプロトコルのパケット' },
    is: (protocol) => protocol !== '' && !usual.includes(protocol),
    example: { protocol: 2, fromPort: 0, toPort: 0 },
    stays: { protocol: 47, fromPort: 0, toPort: 0 },
  },
];

const { packets, windowMs } = thresholds.flood;

export const floods: readonly Detector[] = rows.map(flooding);

function flooding({ kind, what, is, example: shape, stays }: Row): Detector {
  const sent = (index: number, at: number, more: FlowExample = {}) =>
    flow({
      from: example.local,
      to: example.home,
      bytes: 60,
      packets: packets / 4,
      at,
      fromPort: 40_000 + index,
      ...shape,
      ...more,
    });
  return onThreshold({
    type: `Backdoor:EC2/DenialOfService.${kind}`,
    title: {
      en: `An instance floods an address with ${what.en}`,
      ja: `インスタンスが大量の${what.ja}を送信しています`,
    },
    advice: {
      en: 'Isolate the instance: it takes part in an attack on others. Find how it was taken over before you rebuild it.',
      ja: 'インスタンスを隔離してください。他者への攻撃に加担しています。作り直す前に侵入経路を特定します。',
    },
    falsePositives: {
      en: 'A load test, a large upload in tiny packets, or a media server.',
      ja: '負荷試験、小さなパケットでの大量送信、またはメディアサーバーの場合。',
    },
    severity: 8,
    technique: 'T1498',
    logs: ['vpc-flow'],
    on: { kind: 'network-flow', traffic: 'small' },
    reads: [],
    when: (seen) => is(seen.text('protocol') ?? '', seen.number('dstport') ?? 0),
    key: (seen) => `${seen.text('interface-id')} ${seen.text('dstaddr')}`,
    weight: (seen) => seen.number('packets') ?? 0,
    crumbs: packets / 250,
    count: packets,
    windowMs,
    role: () => 'ACTOR',
    counterpart: (seen, world) => endsOf(seen, world).remote.address,
    resource: instance,
    says: (seen, { count }) => ({
      en: `${seen.text('srcaddr')} sent ${count} ${what.en} to ${seen.text('dstaddr')} within ${windowMs / 60_000} minutes.`,
      ja: `${seen.text('srcaddr')} が ${windowMs / 60_000} 分以内に ${seen.text('dstaddr')} へ ${count} 個の${what.ja}を送信しました。`,
    }),
    examples: {
      fires: { 'a million within minutes': times(4, (index, at) => sent(index, at)) },
      stays: {
        fewer: times(3, (index, at) => sent(index, at)),
        'over an hour': times(4, (index, at) => sent(index, at), 900),
        'to a private address': times(4, (index, at) => sent(index, at, { to: '10.0.9.9' })),
        'they are rejected': times(4, (index, at) => sent(index, at, { action: 'REJECT' })),
        'large packets, which carry data': times(4, (index, at) => sent(index, at, { bytes: packets * 300 })),
        'another kind': times(4, (index, at) => sent(index, at, stays)),
      },
    },
  });
}
