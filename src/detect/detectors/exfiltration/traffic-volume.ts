import { example, type FlowExample, flow, times } from '../../examples.ts';
import { onVolume } from '../../on-volume.ts';
import { instance } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';

const { learnMs, windowMs } = thresholds.learning;
const { bytes, times: fold } = thresholds.volume;
const days = Math.ceil(learnMs / 86_400_000) + 1;
const last = days * 86_400;

export const trafficVolume = onVolume({
  type: 'Behavior:EC2/TrafficVolumeUnusual',
  title: {
    en: 'An instance sends far more data to one address than ever before',
    ja: 'インスタンスが 1 つのアドレスにかつてない量のデータを送信しています',
  },
  advice: {
    en: 'Find the process and what it sends. If nobody meant it, isolate the instance and find what it could read.',
    ja: '送信しているプロセスと内容を特定してください。意図したものでなければ隔離し、読み取れたデータを調べます。',
  },
  falsePositives: { en: 'A first backup or a migration.', ja: '初回のバックアップや移行の場合。' },
  severity: 5,
  technique: 'T1048',
  logs: ['vpc-flow'],
  on: { kind: 'network-flow', traffic: 'outward' },
  reads: [],
  when: () => true,
  key: (seen) => seen.text('interface-id') ?? '',
  towards: (seen) => seen.text('dstaddr') ?? '',
  amount: ({ flow }) => Math.max(flow?.bytes ?? 0, 0),
  crumbs: bytes / 100,
  least: bytes,
  times: fold,
  learnMs,
  windowMs,
  role: () => 'ACTOR',
  counterpart: (seen) => seen.text('dstaddr') ?? '',
  resource: instance,
  says: (seen, { amount, usual }) => ({
    en: `${seen.text('srcaddr')} sent ${mega(amount)} MB to ${seen.text('dstaddr')} within an hour; the most before was ${mega(usual)} MB.`,
    ja: `${seen.text('srcaddr')} が 1 時間以内に ${seen.text('dstaddr')} へ ${mega(amount)} MB を送信しました。これまでの最大は ${mega(usual)} MB です。`,
  }),
  examples: {
    fires: {
      'after days of little': [...past(1_000_000), out({ at: last, bytes })],
      'in several records': [...past(1_000_000), ...times(4, (_, at) => out({ at: last + at, bytes: bytes / 4 }), 60)],
      'without a past, ten times as much': times(2, (_, at) => out({ at, bytes: bytes * 5 }), 60),
    },
    stays: {
      'little more than usual': [...past(bytes / 2), out({ at: last, bytes })],
      'below the least': [...past(1_000), out({ at: last, bytes: bytes - 1 })],
      'to many addresses': [
        ...past(1_000_000),
        ...times(4, (index, at) => out({ at: last + at, bytes: bytes / 4, to: `192.0.2.${index}` }), 60),
      ],
      'over hours': [...past(1_000_000), ...times(4, (_, at) => out({ at: last + at, bytes: bytes / 4 }), 7_200)],
      'within the network': [...past(1_000_000), out({ at: last, bytes, to: '10.0.9.9' })],
      'without a past': [out({ bytes })],
    },
  },
});

function past(each: number) {
  return times(days, (_, at) => out({ at, bytes: each }), 86_400);
}

function out(more: FlowExample) {
  return flow({ from: example.local, to: example.home, fromPort: 50_000, toPort: 443, ...more });
}

function mega(amount: number): number {
  return Math.round(amount / 1_000_000);
}
