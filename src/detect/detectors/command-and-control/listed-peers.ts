import { isPublic } from '../../../aws/address.ts';
import type { Reading } from '../../detector.ts';
import { example, flow } from '../../examples.ts';
import { endsOf } from '../../flows.ts';
import { onList } from '../../on-list.ts';
import { instance } from '../../subjects.ts';
import { unknownWorld } from '../../world.ts';

// Lists count only for traffic with the internet: a private record of the same packets names no listed address.
export const maliciousIpCallerCustom = onList({
  type: 'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom',
  title: {
    en: 'An instance talks to an address on your threat list',
    ja: 'インスタンスがお客様の脅威リストにあるアドレスと通信しています',
  },
  advice: {
    en: 'Find the process that talks, block the address, and treat the instance as compromised until you know better.',
    ja: '通信しているプロセスを特定し、アドレスを遮断し、確認できるまでインスタンスは侵害されたものとして扱ってください。',
  },
  severity: 5,
  technique: 'T1071',
  logs: ['vpc-flow'],
  needs: ['custom-threat-list'],
  falsePositives: {
    en: 'The list is out of date, or holds an address that serves others too.',
    ja: 'リストが古い場合、または多数の利用者が共有するアドレスが含まれている場合。',
  },
  on: { kind: 'network-flow' },
  reads: [],
  list: 'custom',
  value: remoteAddress,
  resource: instance,
  counterpart: (seen, world) => endsOf(seen, world).remote.address,
  says: (seen, match, world) => ({
    en: `${endsOf(seen, world).local.address} exchanged packets with ${match.entry} of the threat list ${match.list}.`,
    ja: `${endsOf(seen, world).local.address} が脅威リスト ${match.list} の ${match.entry} と通信しました。`,
  }),
  examples: {
    fires: {
      'the instance pings it': [flow({ from: example.local, to: example.listed, fromPort: 0, toPort: 0, protocol: 1 })],
      'its packets come in': [flow({ from: example.listed })],
      'and are rejected': [flow({ from: example.listed, action: 'REJECT' })],
    },
    stays: {
      'another address': [flow({ from: example.home })],
      'a private address': [flow({ from: '10.0.1.99' })],
    },
  },
});

/** The public one of the two, which is never the interface's own. */
function remoteAddress(seen: Reading<never>): string | undefined {
  const { remote } = endsOf(seen, unknownWorld);
  return isPublic(remote.address) ? remote.address : undefined;
}
