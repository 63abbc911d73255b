import { operation } from '../../operation.ts';
import { contains, keptFirst, keptLast, overlaps, parseBlock, sizeOf } from './blocks.ts';
import { type DescribeInput, describe } from './describe.ts';
import { interfaces } from './network-interfaces.ts';
import { all, found, inUse, kind, newId, type Row, refuse } from './resource.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';
import { vpcs } from './vpcs.ts';
import { zoneId, zonesOf } from './zones.ts';

export interface SubnetRow extends Row {
  readonly vpc: string;
  readonly block: string;
  readonly zone: string;
  readonly publicOnLaunch: boolean;
}

export const subnets = kind<SubnetRow>({
  prefix: 'subnet',
  type: 'subnet',
  notFound: 'InvalidSubnetID.NotFound',
  words: 'The subnet ID',
});

export const CreateSubnet = operation<{
  VpcId: string;
  CidrBlock?: string;
  AvailabilityZone?: string;
  TagSpecifications?: readonly TagSpecification[];
}>({
  handle(input, call) {
    const vpc = found(vpcs, call, input.VpcId);
    const block = parseBlock(input.CidrBlock ?? '', 'cidrBlock', 'InvalidSubnet.Range');
    if (!vpc.blocks.some((outer) => contains(outer, block))) {
      throw refuse('InvalidSubnet.Range', `The CIDR '${input.CidrBlock}' is invalid.`);
    }
    for (const other of all(subnets, call)) {
      if (other.vpc === vpc.id && overlaps(other.block, block)) {
        throw refuse('InvalidSubnet.Conflict', `The CIDR '${input.CidrBlock}' conflicts with another subnet`);
      }
    }
    const zones = zonesOf(call.region);
    const zone = input.AvailabilityZone ?? zones[0]!;
    if (!zones.includes(zone)) {
      throw refuse(
        'InvalidParameterValue',
        `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(', ')}.`,
      );
    }
    const subnet: SubnetRow = {
      id: newId(call, subnets),
      vpc: vpc.id,
      block,
      zone,
      publicOnLaunch: false,
      tags: tagsFor('subnet', input.TagSpecifications, call),
    };
    subnets.rows.put(call, subnet.id, subnet);
    return { Subnet: render(subnet, call.account, 0) };
  },
});

export const DescribeSubnets = operation<DescribeInput & { SubnetIds?: readonly string[] }>({
  handle(input, call) {
    const { rows, token } = describe(subnets, call, input, input.SubnetIds, (subnet) => ({
      'subnet-id': subnet.id,
      'vpc-id': subnet.vpc,
      'cidr-block': subnet.block,
      cidr: subnet.block,
      cidrBlock: subnet.block,
      'availability-zone': subnet.zone,
      availabilityZone: subnet.zone,
      'availability-zone-id': zoneId(subnet.zone),
      state: 'available',
      'default-for-az': 'false',
      'map-public-ip-on-launch': String(subnet.publicOnLaunch),
      'owner-id': call.account,
      'subnet-arn': `arn:aws:ec2:${call.region}:${call.account}:subnet/${subnet.id}`,
    }));
    const used = new Map<string, number>();
    for (const { subnet } of all(interfaces, call)) used.set(subnet, (used.get(subnet) ?? 0) + 1);
    return { Subnets: rows.map((subnet) => render(subnet, call.account, used.get(subnet.id) ?? 0)), ...token };
  },
});

export const ModifySubnetAttribute = operation<{ SubnetId: string; MapPublicIpOnLaunch?: { Value?: boolean } }>({
  handle(input, call) {
    const subnet = found(subnets, call, input.SubnetId);
    subnets.rows.put(call, subnet.id, {
      ...subnet,
      publicOnLaunch: input.MapPublicIpOnLaunch?.Value ?? subnet.publicOnLaunch,
    });
    return {};
  },
});

export const DeleteSubnet = operation<{ SubnetId: string }>({
  handle(input, call) {
    const subnet = found(subnets, call, input.SubnetId);
    for (const each of all(interfaces, call)) if (each.subnet === subnet.id) throw inUse('subnet', subnet.id);
    subnets.rows.remove(call, subnet.id);
    return {};
  },
});

function render(subnet: SubnetRow, account: string, used: number) {
  return {
    SubnetId: subnet.id,
    SubnetArn: `arn:aws:ec2:${subnet.zone.slice(0, -1)}:${account}:subnet/${subnet.id}`,
    VpcId: subnet.vpc,
    CidrBlock: subnet.block,
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: zoneId(subnet.zone),
    AvailableIpAddressCount: sizeOf(subnet.block) - keptFirst - keptLast - used,
    DefaultForAz: false,
    MapPublicIpOnLaunch: subnet.publicOnLaunch,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    State: 'available',
    OwnerId: account,
    Tags: tagSet(subnet),
  };
}
