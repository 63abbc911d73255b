import { publicAddresses } from '../../indexes.ts';
import { poolAddress } from '../../network/outside.ts';
import type { Call, Scope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { type DescribeInput, describe } from './describe.ts';
import { addressesPerRegionMax } from './limits.ts';
import { type InterfaceRow, interfaces } from './network-interfaces.ts';
import { all, found, kind, newId, type Row, refuse } from './resource.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';
import { vpcs } from './vpcs.ts';

export interface AddressRow extends Row {
  readonly address: string;
  readonly association?: string;
  readonly networkInterface?: string;
}

export const addresses = kind<AddressRow>({
  prefix: 'eipalloc',
  type: 'elastic-ip',
  notFound: 'InvalidAllocationID.NotFound',
  words: 'The allocation ID',
});

export const AllocateAddress = operation<{
  Domain?: string;
  Address?: string;
  TagSpecifications?: readonly TagSpecification[];
}>({
  handle(input, call) {
    if ([...all(addresses, call)].length >= addressesPerRegionMax) {
      throw refuse('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
    }
    const row: AddressRow = {
      id: newId(call, addresses),
      address: freeAddress(call),
      tags: tagsFor('elastic-ip', input.TagSpecifications, call),
    };
    addresses.rows.put(call, row.id, row);
    publicAddresses.put(call.tx, row.address, { account: call.account, region: call.region, interfaceId: '' });
    return {
      PublicIp: row.address,
      AllocationId: row.id,
      Domain: 'vpc',
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: call.region,
    };
  },
});

export const AssociateAddress = operation<{
  AllocationId?: string;
  InstanceId?: string;
  NetworkInterfaceId?: string;
  AllowReassociation?: boolean;
}>({
  handle(input, call) {
    const row = found(addresses, call, input.AllocationId ?? '');
    const nic = target(input, call);
    if (vpcs.rows.get(call, nic.vpc)?.internetGateway === undefined) {
      throw refuse('Gateway.NotAttached', `Network ${nic.vpc} is not attached to any internet gateway`);
    }
    if (row.networkInterface !== undefined && row.networkInterface !== nic.id && input.AllowReassociation === false) {
      throw refuse(
        'Resource.AlreadyAssociated',
        `resource ${row.id} is already associated with associate-id ${row.association}`,
      );
    }
    if (row.networkInterface !== undefined) loosen(row, call);
    for (const other of all(addresses, call))
      if (other.networkInterface === nic.id && other.id !== row.id) loosen(other, call);
    const association = `eipassoc-${call.ids.hex(17)}`;
    addresses.rows.put(call, row.id, { ...row, association, networkInterface: nic.id });
    setPublicAddress(call, found(interfaces, call, nic.id), row.address, 'elastic');
    return { AssociationId: association };
  },
});

export const DisassociateAddress = operation<{ AssociationId?: string; PublicIp?: string }>({
  handle(input, call) {
    for (const row of all(addresses, call)) {
      if (row.networkInterface === undefined) continue;
      if (row.association !== input.AssociationId && row.address !== input.PublicIp) continue;
      loosen(row, call);
      return {};
    }
    throw refuse('InvalidAssociationID.NotFound', `The association ID '${input.AssociationId}' does not exist`);
  },
});

export const ReleaseAddress = operation<{ AllocationId?: string; PublicIp?: string }>({
  handle(input, call) {
    const row = found(addresses, call, input.AllocationId ?? '');
    if (row.networkInterface !== undefined) throw refuse('InvalidIPAddress.InUse', `Address ${row.address} is in use.`);
    addresses.rows.remove(call, row.id);
    publicAddresses.remove(call.tx, row.address);
    return {};
  },
});

export const DescribeAddresses = operation<
  DescribeInput & { AllocationIds?: readonly string[]; PublicIps?: readonly string[] }
>({
  handle(input, call) {
    const { rows } = describe(addresses, call, input, input.AllocationIds, (row) => ({
      'allocation-id': row.id,
      'association-id': row.association,
      'public-ip': row.address,
      'network-interface-id': row.networkInterface,
      'instance-id': nicOf(row, call)?.instance,
      'private-ip-address': nicOf(row, call)?.address,
      domain: 'vpc',
    }));
    const named = rows.filter(({ address }) => input.PublicIps === undefined || input.PublicIps.includes(address));
    return { Addresses: named.map((row) => render(row, call)) };
  },
});

/** Gives an interface a public address, or takes it away; who has which is one index for the whole network. */
export function setPublicAddress(
  scope: Scope,
  nic: InterfaceRow,
  address: string | undefined,
  kind: 'elastic' | 'given' = 'given',
): void {
  const { publicAddress: before, elastic: _, ...bare } = nic;
  if (before !== undefined) publicAddresses.remove(scope.tx, before);
  const elastic = kind === 'elastic' ? ({ elastic: true } as const) : {};
  interfaces.rows.put(scope, nic.id, address === undefined ? bare : { ...bare, publicAddress: address, ...elastic });
  if (address !== undefined) {
    publicAddresses.put(scope.tx, address, { account: scope.account, region: scope.region, interfaceId: nic.id });
  }
}

/** An unused address of the region's pool. */
export function freeAddress(call: Pick<Call, 'tx' | 'ids' | 'region'>): string {
  for (;;) {
    const address = poolAddress(call.region, Number.parseInt(call.ids.hex(6), 16));
    if (publicAddresses.get(call.tx, address) === undefined) return address;
  }
}

function loosen(row: AddressRow, call: Call): void {
  const { association: _, networkInterface, ...bare } = row;
  addresses.rows.put(call, row.id, bare);
  const nic = networkInterface === undefined ? undefined : interfaces.rows.get(call, networkInterface);
  if (nic !== undefined) setPublicAddress(call, nic, undefined);
  publicAddresses.put(call.tx, row.address, { account: call.account, region: call.region, interfaceId: '' });
}

function target(input: { InstanceId?: string; NetworkInterfaceId?: string }, call: Call): InterfaceRow {
  if (input.NetworkInterfaceId !== undefined) return found(interfaces, call, input.NetworkInterfaceId);
  const nic = [...all(interfaces, call)].find(
    ({ instance }) => instance !== undefined && instance === input.InstanceId,
  );
  if (nic === undefined)
    throw refuse('InvalidInstanceID.NotFound', `The instance ID '${input.InstanceId}' does not exist`);
  return nic;
}

function nicOf(row: AddressRow, call: Call): InterfaceRow | undefined {
  return row.networkInterface === undefined ? undefined : interfaces.rows.get(call, row.networkInterface);
}

function render(row: AddressRow, call: Call) {
  const nic = nicOf(row, call);
  return {
    PublicIp: row.address,
    AllocationId: row.id,
    Domain: 'vpc',
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: call.region,
    ...(row.association === undefined ? {} : { AssociationId: row.association }),
    ...(nic === undefined
      ? {}
      : {
          NetworkInterfaceId: nic.id,
          NetworkInterfaceOwnerId: call.account,
          PrivateIpAddress: nic.address,
          ...(nic.instance === undefined ? {} : { InstanceId: nic.instance }),
        }),
    Tags: tagSet(row),
  };
}
