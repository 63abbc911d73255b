import { endpointAddress } from '../../src/range/network/endpoints.ts';
import type { Flow, Network } from '../../src/range/network/network.ts';
import type { Outside } from '../../src/range/network/outside.ts';
import type { MemoryWorld } from '../fakes/memory-world.ts';
import { everything, openAcl, tcp } from './network-world.ts';

/** What a flow may do before its last packet, which is the one that is judged. */
export interface Scene {
  readonly world: MemoryWorld;
  readonly network: Network;
  readonly outside: Outside;
  pass(ms: number): Promise<void>;
}

export interface FlowCase {
  readonly name: string;
  act?(scene: Scene): Promise<void> | void;
  readonly flow?: Flow;
  /** `fate there, fate back`, with `-` where no answer is decided. */
  readonly fate?: string;
  /** `interface action src>dst:port`, those of the request first. */
  readonly records?: readonly string[];
  /** What CloudTrail and aws:SourceIp get. */
  readonly address?: string | ((scene: Scene) => string);
}

const from = (name: string, src: string, dst: string, dport: number): Flow => ({
  from: `eni-${name}`,
  src,
  dst,
  protocol: 6,
  sport: 40000,
  dport,
  flags: 2,
});
const ping = (name: string, src: string, dst: string): Flow => ({
  ...from(name, src, dst, 0),
  protocol: 1,
  sport: 0,
  icmp: { type: 8, code: 0, id: 7 },
  flags: 0,
});
const ssh = from('stranger', '10.0.1.20', '10.0.0.15', 22);
const s3 = endpointAddress('s3', 'us-west-2');
const open = (
  world: MemoryWorld,
  group: string,
  ...ingress: Parameters<typeof world.groups.set>[1]['ingress'][number][]
) => world.groups.set(group, { id: group, ingress, egress: [everything] });
const denies = (world: MemoryWorld, subnet: string, egress: boolean, block: string) => {
  const row = world.subnets.get(subnet)!;
  const entry = { RuleNumber: 90, RuleAction: 'deny', Egress: egress, Protocol: '-1', CidrBlock: block } as const;
  world.subnets.set(subnet, { ...row, acl: [...openAcl, entry] });
};
const sshRecords = [
  'stranger ACCEPT 10.0.1.20>10.0.0.15:22',
  'server ACCEPT 10.0.1.20>10.0.0.15:22',
  'server ACCEPT 10.0.0.15>10.0.1.20:40000',
  'stranger ACCEPT 10.0.0.15>10.0.1.20:40000',
];

export const flowCases: readonly FlowCase[] = [
  { name: 'private SSH between subnets', flow: ssh, fate: 'delivered, delivered', records: sshRecords },
  {
    name: 'a port that no group admits',
    flow: { ...ssh, dport: 23 },
    fate: 'dropped, -',
    records: ['stranger ACCEPT 10.0.1.20>10.0.0.15:23', 'server REJECT 10.0.1.20>10.0.0.15:23'],
  },
  {
    name: 'a hairpin ping to the public address and its answer',
    flow: ping('server', '10.0.0.15', '44.224.0.20'),
    fate: 'delivered, delivered',
    records: [
      'server ACCEPT 10.0.0.15>44.224.0.20:0',
      'stranger ACCEPT 44.224.0.15>10.0.1.20:0',
      'stranger ACCEPT 10.0.1.20>44.224.0.15:0',
      'server ACCEPT 44.224.0.20>10.0.0.15:0',
    ],
  },
  {
    name: 'a ping that no group of the receiver admits',
    flow: ping('stranger', '10.0.1.20', '44.224.0.15'),
    fate: 'dropped, -',
    records: ['stranger ACCEPT 10.0.1.20>44.224.0.15:0', 'server REJECT 44.224.0.20>10.0.0.15:0'],
  },
  {
    name: 'an API call leaves by the elastic address',
    flow: from('stranger', '10.0.1.20', s3, 443),
    fate: 'outside, delivered',
    records: [`stranger ACCEPT 10.0.1.20>${s3}:443`, `stranger ACCEPT ${s3}>10.0.1.20:40000`],
    address: '44.224.0.20',
  },
  {
    name: 'an API call without a public address never arrives',
    flow: from('quiet', '10.0.0.16', s3, 443),
    fate: 'unreachable, -',
    records: [`quiet ACCEPT 10.0.0.16>${s3}:443`],
  },
  {
    name: 'an ACL entry stops an established connection',
    act: ({ world, network }) => {
      network.exchange(ssh);
      denies(world, 'subnet-a', false, '10.0.1.20/32');
    },
    flow: { ...ssh, flags: 0 },
    fate: 'dropped, -',
    records: ['stranger ACCEPT 10.0.1.20>10.0.0.15:22', 'server REJECT 10.0.1.20>10.0.0.15:22'],
  },
  {
    name: 'an ACL that only refuses the answer',
    act: ({ world }) => void denies(world, 'subnet-a', true, '10.0.1.0/24'),
    flow: ssh,
    fate: 'delivered, dropped',
    records: [...sshRecords.slice(0, 2), 'server REJECT 10.0.0.15>10.0.1.20:40000'],
  },
  {
    name: 'an ACL never acts inside its subnet',
    act: ({ world }) => void denies(world, 'subnet-a', false, '10.0.0.0/24'),
    flow: from('quiet', '10.0.0.16', '10.0.0.15', 22),
    fate: 'delivered, delivered',
  },
  {
    name: 'a tracked connection outlives its rule',
    act: ({ world, network }) => {
      network.exchange(ssh);
      open(world, 'sg-server');
    },
    flow: { ...ssh, flags: 0 },
    fate: 'delivered, delivered',
    records: sshRecords,
  },
  {
    name: 'an untracked connection ends with its rule',
    act: ({ world, network }) => {
      open(world, 'sg-server', tcp(22, '0.0.0.0/0'));
      network.exchange(ssh);
      open(world, 'sg-server');
    },
    flow: { ...ssh, flags: 0 },
    fate: 'dropped, -',
  },
  {
    name: 'a new connection after the rule is gone',
    act: ({ world, network }) => {
      network.exchange(ssh);
      open(world, 'sg-server');
    },
    flow: { ...ssh, sport: 40001 },
    fate: 'dropped, -',
  },
  {
    name: 'a tracked UDP flow is forgotten after its idle time',
    act: async ({ world, network, pass }) => {
      open(world, 'sg-server', { protocol: 17, from: 53, to: 53, block: '10.0.0.0/16' });
      network.exchange({ ...ssh, protocol: 17, dport: 53 });
      open(world, 'sg-server');
      await pass(181_000);
    },
    flow: { ...ssh, protocol: 17, dport: 53 },
    fate: 'dropped, -',
  },
  {
    name: 'a group as the source of a rule',
    act: ({ world }) => void open(world, 'sg-server', { protocol: 6, from: 22, to: 22, group: 'sg-stranger' }),
    flow: ssh,
    fate: 'delivered, delivered',
  },
  {
    name: 'the metadata service leaves no record',
    flow: from('server', '10.0.0.15', '169.254.169.254', 80),
    fate: 'metadata, -',
    records: [],
  },
  {
    name: 'the resolver leaves no record',
    flow: from('server', '10.0.0.15', '10.0.0.2', 53),
    fate: 'resolver, -',
    records: [],
  },
  {
    name: 'the internet knocks at a closed port',
    flow: { src: '198.51.100.9', dst: '44.224.0.15', protocol: 6, sport: 5555, dport: 22, flags: 2 },
    fate: 'dropped, -',
    records: ['server REJECT 198.51.100.9>10.0.0.15:22'],
  },
  {
    name: 'IPv6 is not translated',
    flow: from('server', '2600:1f14::15', '2001:db8::1', 443),
    act: ({ world }) => {
      world.groups.set('sg-server', { id: 'sg-server', ingress: [], egress: [{ ...everything, block: '::/0' }] });
      const acl = (egress: boolean) =>
        ({ RuleNumber: 101, RuleAction: 'allow', Egress: egress, Protocol: '-1', Ipv6CidrBlock: '::/0' }) as const;
      world.subnets.set('subnet-a', { ...world.subnets.get('subnet-a')!, acl: [acl(true), acl(false)] });
    },
    fate: 'outside, delivered',
    records: ['server ACCEPT 2600:1f14::15>2001:db8::1:443', 'server ACCEPT 2001:db8::1>2600:1f14::15:40000'],
    address: '2600:1f14::15',
  },
  { name: 'a loopback client has the one configured address', address: ({ outside }) => outside.loopbackCaller },
];
