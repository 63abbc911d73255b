import type { AclEntry } from '../../../aws/network/nacl.ts';
import { ec2Places, publicAddresses } from '../../indexes.ts';
import type { NetworkInterface, Route, SecurityGroup, Subnet, Vpc, World } from '../../network/world.ts';
import type { ReadScope } from '../../operation.ts';
import type { Reader } from '../../store/port.ts';
import type { GroupRuleRow } from './group-rules.ts';
import { gateways } from './internet-gateways.ts';
import { aclOfSubnet } from './network-acls.ts';
import { type InterfaceRow, interfaces } from './network-interfaces.ts';
import { all, type Kind, type Row } from './resource.ts';
import { routeTables } from './route-tables.ts';
import { groups } from './security-groups.ts';
import { type SubnetRow, subnets } from './subnets.ts';
import { vpcs } from './vpcs.ts';

/**
 * The network's view over EC2's rows. Ids are unique over accounts and regions, so one world serves all; where an id
 * lives is remembered, what it holds is read anew at each packet.
 */
export function ec2World(reader: Reader): World {
  const places = new Map<string, { account: string; region: string }>();
  const routesKept = new Map<string, { text: string; routes: readonly Route[] }>();

  const scopeOf = (id: string): ReadScope | undefined => {
    const place = places.get(id) ?? ec2Places.get(reader, id);
    if (place === undefined) return undefined;
    places.set(id, place);
    return { tx: reader, ...place };
  };
  const row = <T extends Row>(of: Kind<T>, id: string): { readonly row: T; readonly scope: ReadScope } | undefined => {
    const scope = scopeOf(id);
    const found = scope === undefined ? undefined : of.rows.get(scope, id);
    return scope === undefined || found === undefined ? undefined : { row: found, scope };
  };
  /** The network keeps its tables by the identity of the array: equal routes must be the same array. */
  const stable = (subnet: string, routes: readonly Route[]): readonly Route[] => {
    const text = JSON.stringify(routes);
    const kept = routesKept.get(subnet);
    if (kept?.text === text) return kept.routes;
    routesKept.set(subnet, { text, routes });
    return routes;
  };
  const nicOf = (id: string) => {
    const found = row(interfaces, id);
    return found === undefined ? undefined : asInterface(found.row, found.scope);
  };

  return {
    interface: nicOf,
    privateAddress(vpc, address) {
      const scope = scopeOf(vpc);
      if (scope === undefined) return undefined;
      for (const nic of all(interfaces, scope))
        if (nic.vpc === vpc && nic.address === address) return asInterface(nic, scope);
      return undefined;
    },
    publicAddress(address) {
      const holder = publicAddresses.get(reader, address);
      return holder === undefined || holder.interfaceId === '' ? undefined : nicOf(holder.interfaceId);
    },
    subnet(id) {
      const found = row(subnets, id);
      return found === undefined ? undefined : asSubnet(found.row, found.scope, (routes) => stable(id, routes));
    },
    vpc(id) {
      const found = row(vpcs, id);
      if (found === undefined) return undefined;
      const { blocks, internetGateway } = found.row;
      const view: Vpc = { id, blocks, ...(internetGateway === undefined ? {} : { internetGateway }) };
      return view;
    },
    group(id) {
      const found = row(groups, id);
      if (found === undefined) return undefined;
      const view: SecurityGroup = { id, ingress: found.row.ingress.map(asRule), egress: found.row.egress.map(asRule) };
      return view;
    },
    prefixList: () => [],
  };
}

function asInterface(nic: InterfaceRow, scope: ReadScope): NetworkInterface {
  return {
    id: nic.id,
    account: scope.account,
    region: scope.region,
    vpc: nic.vpc,
    subnet: nic.subnet,
    address: nic.address,
    groups: nic.groups,
    sourceDestCheck: nic.sourceDestCheck,
    ...(nic.publicAddress === undefined ? {} : { publicAddress: nic.publicAddress }),
    ...(nic.instance === undefined ? {} : { instance: nic.instance }),
  };
}

function asSubnet(subnet: SubnetRow, scope: ReadScope, stable: (routes: readonly Route[]) => readonly Route[]): Subnet {
  return {
    id: subnet.id,
    vpc: subnet.vpc,
    blocks: [subnet.block],
    zone: subnet.zone,
    routes: stable(routesFor(scope, subnet.id, subnet.vpc)),
    acl: aclFor(scope, subnet.id, subnet.vpc),
  };
}

function routesFor(scope: ReadScope, subnet: string, vpc: string): readonly Route[] {
  const tables = [...all(routeTables, scope)].filter((table) => table.vpc === vpc);
  const table =
    tables.find(({ associations }) => Object.values(associations).includes(subnet)) ?? tables.find(({ main }) => main);
  return (table?.routes ?? []).map(({ destination, target }) => {
    const gone = target.startsWith('igw-') && gateways.rows.get(scope, target)?.vpc !== vpc;
    return { destination, target, ...(gone ? { blackhole: true } : {}) };
  });
}

function aclFor(scope: ReadScope, subnet: string, vpc: string): readonly AclEntry[] {
  return aclOfSubnet(scope, subnet, vpc)?.entries ?? [];
}

function asRule(rule: GroupRuleRow) {
  const block = rule.block ?? rule.ipv6;
  return {
    protocol: rule.protocol,
    from: rule.from,
    to: rule.to,
    ...(block === undefined ? {} : { block }),
    ...(rule.group === undefined ? {} : { group: rule.group }),
    ...(rule.prefixList === undefined ? {} : { prefixList: rule.prefixList }),
  };
}
