import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { contains, keptFirst, keptLast, nthAddress, sizeOf } from './blocks.ts';
import { type DescribeInput, describe } from './describe.ts';
import { all, found, kind, newId, type Row, refuse } from './resource.ts';
import { groups } from './security-groups.ts';
import { type SubnetRow, subnets } from './subnets.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';

export interface InterfaceRow extends Row {
  readonly vpc: string;
  readonly subnet: string;
  readonly address: string;
  readonly publicAddress?: string;
  /** Whether that is an elastic address of the account, not one of Amazon's. */
  readonly elastic?: true;
  readonly groups: readonly string[];
  readonly sourceDestCheck: boolean;
  readonly description: string;
  readonly mac: string;
  readonly instance?: string;
  readonly attachment?: string;
  readonly attachedAt?: number;
  readonly deleteOnTermination: boolean;
}

export const interfaces = kind<InterfaceRow>({
  prefix: 'eni',
  type: 'network-interface',
  notFound: 'InvalidNetworkInterfaceID.NotFound',
  words: 'The networkInterface ID',
});

export interface NewInterface {
  readonly subnet: string;
  readonly address?: string;
  readonly groups?: readonly string[];
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly instance?: string;
}

export function createInterface(call: Call, wanted: NewInterface): InterfaceRow {
  const subnet = found(subnets, call, wanted.subnet);
  for (const id of wanted.groups ?? []) {
    if (found(groups, call, id).vpc !== subnet.vpc) {
      throw refuse('InvalidParameter', `Security group ${id} and subnet ${subnet.id} belong to different networks.`);
    }
  }
  const fallback = [...all(groups, call)]
    .filter(({ vpc, name }) => vpc === subnet.vpc && name === 'default')
    .map(({ id }) => id);
  const nic: InterfaceRow = {
    id: newId(call, interfaces),
    vpc: subnet.vpc,
    subnet: subnet.id,
    address:
      wanted.address === undefined ? freePrivateAddress(call, subnet) : checkedAddress(call, subnet, wanted.address),
    groups: wanted.groups === undefined || wanted.groups.length === 0 ? fallback : wanted.groups,
    sourceDestCheck: true,
    description: wanted.description ?? '',
    mac: `02:${call.ids.hex(10).match(/../g)!.join(':')}`,
    deleteOnTermination: wanted.instance !== undefined,
    tags: wanted.tags ?? {},
    ...(wanted.instance === undefined
      ? {}
      : { instance: wanted.instance, attachment: `eni-attach-${call.ids.hex(17)}`, attachedAt: call.time }),
  };
  interfaces.rows.put(call, nic.id, nic);
  return nic;
}

export const CreateNetworkInterface = operation<{
  SubnetId: string;
  Description?: string;
  PrivateIpAddress?: string;
  Groups?: readonly string[];
  TagSpecifications?: readonly TagSpecification[];
}>({
  handle(input, call) {
    const nic = createInterface(call, {
      subnet: input.SubnetId,
      tags: tagsFor('network-interface', input.TagSpecifications, call),
      ...(input.PrivateIpAddress === undefined ? {} : { address: input.PrivateIpAddress }),
      ...(input.Groups === undefined ? {} : { groups: input.Groups }),
      ...(input.Description === undefined ? {} : { description: input.Description }),
    });
    return { NetworkInterface: render(nic, call) };
  },
});

export const DescribeNetworkInterfaces = operation<DescribeInput & { NetworkInterfaceIds?: readonly string[] }>({
  handle(input, call) {
    const { rows, token } = describe(interfaces, call, input, input.NetworkInterfaceIds, (nic) => ({
      'network-interface-id': nic.id,
      'vpc-id': nic.vpc,
      'subnet-id': nic.subnet,
      'private-ip-address': nic.address,
      'addresses.private-ip-address': nic.address,
      'association.public-ip': nic.publicAddress,
      'group-id': nic.groups,
      'attachment.instance-id': nic.instance,
      'attachment.attachment-id': nic.attachment,
      'mac-address': nic.mac,
      description: nic.description,
      status: nic.instance === undefined ? 'available' : 'in-use',
      'owner-id': call.account,
    }));
    return { NetworkInterfaces: rows.map((nic) => render(nic, call)), ...token };
  },
});

export const ModifyNetworkInterfaceAttribute = operation<{
  NetworkInterfaceId: string;
  Groups?: readonly string[];
  Description?: { Value?: string };
  SourceDestCheck?: { Value?: boolean };
}>({
  handle(input, call) {
    const nic = found(interfaces, call, input.NetworkInterfaceId);
    for (const id of input.Groups ?? []) found(groups, call, id);
    interfaces.rows.put(call, nic.id, {
      ...nic,
      groups: input.Groups ?? nic.groups,
      description: input.Description?.Value ?? nic.description,
      sourceDestCheck: input.SourceDestCheck?.Value ?? nic.sourceDestCheck,
    });
    return {};
  },
});

export const DeleteNetworkInterface = operation<{ NetworkInterfaceId: string }>({
  handle(input, call) {
    const nic = found(interfaces, call, input.NetworkInterfaceId);
    if (nic.instance !== undefined)
      throw refuse('InvalidParameterValue', `Network interface '${nic.id}' is currently in use.`);
    interfaces.rows.remove(call, nic.id);
    return {};
  },
});

function usedIn(call: Call, subnet: SubnetRow): ReadonlySet<string> {
  return new Set([...all(interfaces, call)].filter((nic) => nic.subnet === subnet.id).map(({ address }) => address));
}

function freePrivateAddress(call: Call, subnet: SubnetRow): string {
  const used = usedIn(call, subnet);
  const size = sizeOf(subnet.block) - keptFirst - keptLast;
  const first = Number.parseInt(call.ids.hex(6), 16) % size;
  for (let step = 0; step < size; step++) {
    const address = nthAddress(subnet.block, keptFirst + ((first + step) % size));
    if (!used.has(address)) return address;
  }
  throw refuse(
    'InsufficientFreeAddressesInSubnet',
    'The specified subnet does not have enough free addresses to satisfy the request.',
  );
}

function checkedAddress(call: Call, subnet: SubnetRow, address: string): string {
  const kept = [...Array(keptFirst).keys(), sizeOf(subnet.block) - keptLast].map((n) => nthAddress(subnet.block, n));
  if (!contains(subnet.block, `${address}/32`)) {
    throw refuse('InvalidParameterValue', `Address ${address} does not fall within the subnet's address range`);
  }
  if (kept.includes(address))
    throw refuse('InvalidParameterValue', `Address ${address} is in subnet's reserved address range`);
  if (usedIn(call, subnet).has(address)) throw refuse('InvalidIPAddress.InUse', `Address ${address} is in use.`);
  return address;
}

export function render(nic: InterfaceRow, call: Pick<Call, 'account' | 'tx' | 'region'>) {
  const dnsName = `ip-${nic.address.replaceAll('.', '-')}.${call.region}.compute.internal`;
  const owner = nic.elastic ? call.account : 'amazon';
  const association =
    nic.publicAddress === undefined ? {} : { Association: { PublicIp: nic.publicAddress, IpOwnerId: owner } };
  return {
    NetworkInterfaceId: nic.id,
    VpcId: nic.vpc,
    SubnetId: nic.subnet,
    AvailabilityZone: subnets.rows.get(call, nic.subnet)?.zone,
    Description: nic.description,
    OwnerId: call.account,
    Status: nic.instance === undefined ? 'available' : 'in-use',
    MacAddress: nic.mac,
    PrivateIpAddress: nic.address,
    PrivateDnsName: dnsName,
    SourceDestCheck: nic.sourceDestCheck,
    InterfaceType: 'interface',
    Groups: groupIds(nic, call),
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: nic.address, PrivateDnsName: dnsName, ...association }],
    ...association,
    ...(nic.instance === undefined
      ? {}
      : {
          Attachment: {
            AttachmentId: nic.attachment,
            InstanceId: nic.instance,
            InstanceOwnerId: call.account,
            DeviceIndex: 0,
            Status: 'attached',
            DeleteOnTermination: nic.deleteOnTermination,
            ...(nic.attachedAt === undefined ? {} : { AttachTime: new Date(nic.attachedAt) }),
          },
        }),
    TagSet: tagSet(nic),
  };
}

export function groupIds(nic: InterfaceRow, call: Pick<Call, 'account' | 'tx' | 'region'>) {
  return nic.groups.map((id) => ({ GroupId: id, GroupName: groups.rows.get(call, id)?.name ?? '' }));
}
