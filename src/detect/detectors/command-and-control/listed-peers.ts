import type { Words } from '../../../model/words.ts';
import type { Detector, Reading } from '../../detector.ts';
import { example, type FlowExample, flow } from '../../examples.ts';
import { endsOf, openedBy } from '../../flows.ts';
import { onList } from '../../on-list.ts';
import { instance } from '../../subjects.ts';
import { type ListUse, unknownWorld } from '../../world.ts';

// GuardDuty's family of flows with a listed address. Only traffic with the internet counts: a private record of the same
// packets names no listed address.
// https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-ec2.html

interface Row {
  readonly type: string;
  readonly list: ListUse;
  readonly severity: number;
  readonly technique: string;
  readonly whom: Words;
  /** Who must have opened the connection; undefined: whoever. */
  readonly opener?: 'local' | 'remote';
  /** Only these ports of the instance, or all but these. */
  readonly ports?: { readonly only?: readonly number[]; readonly but?: readonly number[] };
  readonly accepted?: boolean;
}

/** Web interfaces of YARN, HDFS, Spark and HBase: on them anybody can start jobs. */
const emrPorts = [8_032, 8_042, 8_088, 9_870, 16_010, 18_080, 19_888, 50_070];

const probed = {
  list: 'scanner',
  technique: 'T1046',
  whom: { en: 'a known scanner that probes an open port', ja: '公開ポートを探る既知のスキャナー' },
  opener: 'remote',
  accepted: true,
} as const;

const rows: readonly Row[] = [
  {
    type: 'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom',
    list: 'custom',
    severity: 5,
    technique: 'T1071',
    whom: { en: 'an address on your threat list', ja: 'カスタム脅威リストにあるアドレス' },
  },
  {
    type: 'Backdoor:EC2/C&CActivity.B',
    list: 'command-and-control',
    severity: 8,
    technique: 'T1071',
    whom: { en: 'a known command and control server', ja: '既知の C&C サーバー' },
  },
  {
    type: 'CryptoCurrency:EC2/BitcoinTool.B',
    list: 'mining',
    severity: 8,
    technique: 'T1496',
    whom: { en: 'an address of a coin network or mining pool', ja: '暗号資産ネットワークまたはマイニングプール' },
  },
  {
    type: 'Trojan:EC2/BlackholeTraffic',
    list: 'sinkhole',
    severity: 5,
    technique: 'T1071',
    whom: { en: 'an address that defenders have taken over', ja: '防御側が押さえたシンクホールのアドレス' },
    opener: 'local',
  },
  {
    type: 'Trojan:EC2/DropPoint',
    list: 'drop-point',
    severity: 5,
    technique: 'T1041',
    whom: { en: 'an address where stolen data is collected', ja: '盗まれたデータの集積先アドレス' },
    opener: 'local',
  },
  {
    type: 'UnauthorizedAccess:EC2/TorClient',
    list: 'tor-node',
    severity: 8,
    technique: 'T1090.003',
    whom: { en: 'an entry of the Tor network', ja: 'Tor ネットワークの入口' },
    opener: 'local',
  },
  {
    type: 'UnauthorizedAccess:EC2/TorRelay',
    list: 'tor-node',
    severity: 8,
    technique: 'T1090.003',
    whom: { en: 'a Tor node that uses it as a relay', ja: '中継として利用している Tor ノード' },
    opener: 'remote',
    ports: { only: [9_001, 9_030, 443] },
    accepted: true,
  },
  { ...probed, type: 'Recon:EC2/PortProbeUnprotectedPort', severity: 2, ports: { but: [80, 443, ...emrPorts] } },
  { ...probed, type: 'Recon:EC2/PortProbeEMRUnprotectedPort', severity: 8, ports: { only: emrPorts } },
];

export const listedPeers: readonly Detector[] = rows.map(listed);

function listed({ type, list, severity, technique, whom, opener, ports, accepted = false }: Row): Detector {
  return onList({
    type,
    title: {
      en: `An instance exchanges packets with ${whom.en}`,
      ja: `インスタンスが${whom.ja}と通信しています`,
    },
    advice: {
      en: 'Find the process that talks, block the address, and treat the instance as compromised until you know better.',
      ja: '通信しているプロセスを特定し、アドレスを遮断し、確認できるまでインスタンスは侵害されたものとして扱ってください。',
    },
    severity,
    technique,
    logs: ['vpc-flow'],
    falsePositives: {
      en: 'The list is out of date, or holds an address that serves others too.',
      ja: 'リストが古い場合、または多数の利用者が共有するアドレスが含まれている場合。',
    },
    on: { kind: 'network-flow', traffic: 'peer' },
    reads: [],
    list,
    when: (seen) => (!accepted || seen.name === 'ACCEPT') && hasRoles(seen, opener, ports),
    value: remoteAddress,
    resource: instance,
    counterpart: (seen, world) => endsOf(seen, world).remote.address,
    says: (seen, match, world) => ({
      en: `${endsOf(seen, world).local.address} exchanged packets with ${match.entry} of the threat list ${match.list}.`,
      ja: `${endsOf(seen, world).local.address} が脅威リスト ${match.list} の ${match.entry} と通信しました。`,
    }),
    examples: examplesOf(opener, ports, accepted),
  });
}

function examplesOf(opener: Row['opener'], ports: Row['ports'], accepted: boolean) {
  const port = ports?.only?.[0] ?? 8_080;
  const inward: FlowExample = { from: example.listed, toPort: port };
  const outward: FlowExample = { from: example.local, to: example.listed, fromPort: 50_000, toPort: 9_001 };
  const [usual, reverse] = opener === 'local' ? [outward, inward] : [inward, outward];
  const other = opener === 'local' ? { ...usual, to: example.home } : { ...usual, from: example.home };
  const hidden = opener === 'local' ? { ...usual, to: '10.0.1.99' } : { ...usual, from: '10.0.1.99' };
  return {
    fires: {
      'a connection': [flow(usual)],
      ...(accepted ? {} : { 'one that is rejected': [flow({ ...usual, action: 'REJECT' })] }),
      ...(opener === undefined ? { 'whoever opens it': [flow(reverse)] } : {}),
    },
    stays: {
      'another address': [flow(other)],
      'a private address': [flow(hidden)],
      ...(accepted ? { 'it is rejected': [flow({ ...usual, action: 'REJECT' })] } : {}),
      ...(opener === undefined ? {} : { 'the other side opens it': [flow(reverse)] }),
      ...(ports === undefined ? {} : { 'another port': [flow({ ...usual, toPort: ports.but?.[0] ?? 8_081 })] }),
    },
  };
}

function hasRoles(seen: Reading<never>, opener: Row['opener'], ports: Row['ports']): boolean {
  if (opener === undefined && ports === undefined) return true;
  const ends = endsOf(seen, unknownWorld);
  if (opener !== undefined && openedBy(ends) !== opener) return false;
  const { port } = ends.local;
  return (ports?.only?.includes(port) ?? true) && !(ports?.but?.includes(port) ?? false);
}

/** The public one of the two, which is never the interface's own. */
function remoteAddress(seen: Reading<never>): string {
  return endsOf(seen, unknownWorld).remote.address;
}
