import type { AclEntry } from '../../src/aws/network/nacl.ts';
import type { GroupRule, NetworkInterface } from '../../src/range/network/world.ts';
import { type MemoryWorld, memoryWorld } from '../fakes/memory-world.ts';

export const anywhere = '0.0.0.0/0';
export const allowAll = (direction: 'ingress' | 'egress'): AclEntry => ({
  RuleNumber: 100,
  RuleAction: 'allow',
  Egress: direction === 'egress',
  Protocol: '-1',
  CidrBlock: anywhere,
});
export const openAcl = [allowAll('ingress'), allowAll('egress')];
export const everything: GroupRule = { protocol: -1, from: -1, to: -1, block: anywhere };
export const tcp = (port: number, block: string): GroupRule => ({ protocol: 6, from: port, to: port, block });

/** Two public subnets in one VPC: a server and a stranger with a public address each, and a quiet host without one. */
export function twoSubnets(): MemoryWorld {
  const routes = [
    { destination: '10.0.0.0/16', target: 'local' },
    { destination: '2600:1f14::/56', target: 'local' },
    { destination: anywhere, target: 'igw-1' },
    { destination: '::/0', target: 'igw-1' },
  ];
  const subnet = (id: string, ...blocks: string[]) => ({
    id,
    vpc: 'vpc-1',
    blocks,
    zone: 'usw2-az1',
    routes,
    acl: openAcl,
  });
  return memoryWorld({
    vpcs: [{ id: 'vpc-1', blocks: ['10.0.0.0/16', '2600:1f14::/56'], internetGateway: 'igw-1' }],
    subnets: [subnet('subnet-a', '10.0.0.0/24', '2600:1f14::/64'), subnet('subnet-b', '10.0.1.0/24')],
    groups: [
      { id: 'sg-server', ingress: [tcp(22, '10.0.0.0/16')], egress: [everything] },
      {
        id: 'sg-stranger',
        ingress: [{ protocol: 1, from: -1, to: -1, block: anywhere }],
        egress: [everything],
      },
    ],
    interfaces: [
      host('server', 'subnet-a', '10.0.0.15', ['sg-server'], '44.224.0.15', ['2600:1f14::15']),
      host('quiet', 'subnet-a', '10.0.0.16', ['sg-server']),
      host('stranger', 'subnet-b', '10.0.1.20', ['sg-stranger'], '44.224.0.20'),
    ],
  });
}

function host(
  name: string,
  subnet: string,
  address: string,
  groups: readonly string[],
  publicAddress?: string,
  ipv6?: readonly string[],
): NetworkInterface {
  return {
    id: `eni-${name}`,
    account: '111122223333',
    region: 'us-west-2',
    vpc: 'vpc-1',
    subnet,
    address,
    groups,
    sourceDestCheck: true,
    instance: `i-${name}`,
    ...(publicAddress === undefined ? {} : { publicAddress }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
  };
}
