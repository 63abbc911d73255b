import { isPublic } from '../../../aws/address.ts';
import type { Detector } from '../../detector.ts';
import { example, flow, times } from '../../examples.ts';
import { endsOf } from '../../flows.ts';
import { onThreshold } from '../../on-threshold.ts';
import { instance } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';

const { ports, hosts } = thresholds;
const advice = {
  en: 'Isolate the instance unless it is your scanner, and look for what started the scan.',
  ja: '自社のスキャナーでなければインスタンスを隔離し、スキャンを始めたプロセスを調べてください。',
};
const falsePositives = {
  en: 'A vulnerability scanner or a monitor of yours.',
  ja: '自社の脆弱性スキャナーや監視ツールの場合。',
};

export const scans: readonly Detector[] = [
  onThreshold({
    type: 'Recon:EC2/Portscan',
    title: {
      en: 'An instance tries many ports of one host',
      ja: 'インスタンスが特定のホストの多数のポートを探っています',
    },
    advice,
    falsePositives,
    severity: 5,
    technique: 'T1046',
    logs: ['vpc-flow'],
    on: { kind: 'network-flow', traffic: 'attempt' },
    reads: [],
    when: (seen, world) => endsOf(seen, world).packets === 'out',
    key: (seen) => `${seen.text('interface-id')} ${seen.text('dstaddr')}`,
    distinct: (seen) => seen.text('dstport'),
    count: ports.count,
    windowMs: ports.windowMs,
    role: () => 'ACTOR',
    counterpart: (seen) => seen.text('dstaddr') ?? '',
    resource: instance,
    says: (seen, { count }) => ({
      en: `${seen.text('srcaddr')} tried ${count} ports of ${seen.text('dstaddr')} within minutes.`,
      ja: `${seen.text('srcaddr')} が短時間に ${seen.text('dstaddr')} の ${count} 個のポートを試しました。`,
    }),
    examples: {
      fires: { 'one port after the other': times(ports.count, (index, at) => tried(at, 1_000 + index)) },
      stays: {
        'one fewer': times(ports.count - 1, (index, at) => tried(at, 1_000 + index)),
        'one port again and again': times(ports.count, (_, at) => tried(at, 22)),
        'of many hosts': times(ports.count, (index, at) => tried(at, 1_000 + index, { to: `192.0.2.${index}` })),
        'connections that carry data': times(ports.count, (index, at) => tried(at, 1_000 + index, { packets: 30 })),
        'from outside': times(ports.count, (index, at) => flow({ at, toPort: 1_000 + index, packets: 1 })),
      },
    },
  }),
  onThreshold({
    type: 'Impact:EC2/PortSweep',
    title: {
      en: 'An instance tries one port of many hosts on the internet',
      ja: 'インスタンスがインターネット上の多数のホストの同じポートを探っています',
    },
    advice,
    falsePositives,
    severity: 8,
    technique: 'T1046',
    logs: ['vpc-flow'],
    on: { kind: 'network-flow', traffic: 'attempt' },
    reads: [],
    when: (seen) => isPublic(seen.text('dstaddr') ?? ''),
    key: (seen) => `${seen.text('interface-id')} ${seen.text('dstport')}`,
    distinct: (seen) => seen.text('dstaddr'),
    count: hosts.count,
    windowMs: hosts.windowMs,
    role: () => 'ACTOR',
    resource: instance,
    says: (seen, { count }) => ({
      en: `${seen.text('srcaddr')} tried port ${seen.text('dstport')} of ${count} addresses within minutes.`,
      ja: `${seen.text('srcaddr')} が短時間に ${count} 個のアドレスの ${seen.text('dstport')} 番ポートを試しました。`,
    }),
    examples: {
      fires: {
        'one host after the other': times(hosts.count, (index, at) => tried(at, 445, { to: `192.0.2.${index}` })),
      },
      stays: {
        'one fewer': times(hosts.count - 1, (index, at) => tried(at, 445, { to: `192.0.2.${index}` })),
        'one host': times(hosts.count, (_, at) => tried(at, 445)),
        'private hosts': times(hosts.count, (index, at) => tried(at, 445, { to: `10.0.3.${index}` })),
        'a crawler that gets answers': times(hosts.count, (index, at) =>
          tried(at, 443, { to: `192.0.2.${index}`, packets: 30 }),
        ),
      },
    },
  }),
];

function tried(at: number, toPort: number, more: Parameters<typeof flow>[0] = {}) {
  return flow({ at, from: example.local, to: example.home, fromPort: 60_000, toPort, packets: 1, bytes: 60, ...more });
}
