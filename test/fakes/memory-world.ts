import { isIpv6 } from '../../src/aws/network/cidr.ts';
import type { NetworkInterface, SecurityGroup, Subnet, Vpc, World } from '../../src/range/network/world.ts';

/** A world held in maps that anybody may change between two packets: for experiments, benches and tests. */
export interface MemoryWorld extends World {
  readonly interfaces: Map<string, NetworkInterface>;
  readonly subnets: Map<string, Subnet>;
  readonly vpcs: Map<string, Vpc>;
  readonly groups: Map<string, SecurityGroup>;
  readonly prefixLists: Map<string, readonly string[]>;
}

export function memoryWorld(parts: {
  readonly interfaces: readonly NetworkInterface[];
  readonly subnets: readonly Subnet[];
  readonly vpcs: readonly Vpc[];
  readonly groups: readonly SecurityGroup[];
}): MemoryWorld {
  const byId = <T extends { readonly id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
  const interfaces = byId(parts.interfaces);
  const subnets = byId(parts.subnets);
  const vpcs = byId(parts.vpcs);
  const groups = byId(parts.groups);
  const prefixLists = new Map<string, readonly string[]>();
  const find = (test: (one: NetworkInterface) => boolean) => [...interfaces.values()].find(test);
  return {
    interfaces,
    subnets,
    vpcs,
    groups,
    prefixLists,
    interface: (id) => interfaces.get(id),
    subnet: (id) => subnets.get(id),
    vpc: (id) => vpcs.get(id),
    group: (id) => groups.get(id),
    prefixList: (id) => prefixLists.get(id) ?? [],
    privateAddress: (vpc, address) => find((one) => one.vpc === vpc && holds(one, address)),
    publicAddress: (address) =>
      find((one) => one.publicAddress === address || (isIpv6(address) && one.ipv6?.includes(address) === true)),
  };
}

function holds(one: NetworkInterface, address: string): boolean {
  return one.address === address || one.ipv6?.includes(address) === true;
}
