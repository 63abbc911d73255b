import { operation } from '../../operation.ts';
import { parseBlock } from './blocks.ts';
import { type DescribeInput, describe } from './describe.ts';
import { type AclRow, acls, defaultEntries } from './network-acls.ts';
import { all, found, inUse, kind, newId, type Row, refuse } from './resource.ts';
import { type RouteTableRow, routeTables } from './route-tables.ts';
import { type GroupRow, groups, openEgress, selfIngress } from './security-groups.ts';
import { subnets } from './subnets.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';

export interface VpcRow extends Row {
  readonly blocks: readonly string[];
  readonly tenancy: string;
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  readonly internetGateway?: string;
}

export const vpcs = kind<VpcRow>({
  prefix: 'vpc',
  type: 'vpc',
  notFound: 'InvalidVpcID.NotFound',
  words: 'The vpc ID',
});

/** A VPC comes with a main route table, a default network ACL and a default security group. */
export const CreateVpc = operation<{
  CidrBlock?: string;
  InstanceTenancy?: string;
  TagSpecifications?: readonly TagSpecification[];
}>({
  handle(input, call) {
    if (input.CidrBlock === undefined)
      throw refuse('MissingParameter', 'The request must contain the parameter cidrBlock');
    const block = parseBlock(input.CidrBlock, 'cidrBlock', 'InvalidVpc.Range');
    const vpc: VpcRow = {
      id: newId(call, vpcs),
      blocks: [block],
      tenancy: input.InstanceTenancy ?? 'default',
      dnsSupport: true,
      dnsHostnames: false,
      tags: tagsFor('vpc', input.TagSpecifications, call),
    };
    vpcs.rows.put(call, vpc.id, vpc);
    const main: RouteTableRow = {
      id: newId(call, routeTables),
      vpc: vpc.id,
      main: true,
      routes: [{ destination: block, target: 'local', origin: 'CreateRouteTable' }],
      associations: {},
      tags: {},
    };
    routeTables.rows.put(call, main.id, main);
    const acl: AclRow = {
      id: newId(call, acls),
      vpc: vpc.id,
      isDefault: true,
      entries: defaultEntries('allow'),
      associations: {},
      tags: {},
    };
    acls.rows.put(call, acl.id, acl);
    const id = newId(call, groups);
    const group: GroupRow = {
      id,
      vpc: vpc.id,
      name: 'default',
      description: 'default VPC security group',
      ingress: [selfIngress(call, id)],
      egress: [openEgress(call)],
      tags: {},
    };
    groups.rows.put(call, id, group);
    return { Vpc: { ...render(vpc, call.account), State: 'pending' } };
  },
});

export const DescribeVpcs = operation<DescribeInput & { VpcIds?: readonly string[] }>({
  handle(input, call) {
    const { rows, token } = describe(vpcs, call, input, input.VpcIds, (vpc) => ({
      'vpc-id': vpc.id,
      cidr: vpc.blocks[0],
      'cidr-block-association.cidr-block': vpc.blocks,
      state: 'available',
      'is-default': 'false',
      isDefault: 'false',
      'owner-id': call.account,
      'dhcp-options-id': 'default',
    }));
    return { Vpcs: rows.map((vpc) => render(vpc, call.account)), ...token };
  },
});

export const ModifyVpcAttribute = operation<{
  VpcId: string;
  EnableDnsSupport?: { Value?: boolean };
  EnableDnsHostnames?: { Value?: boolean };
}>({
  handle(input, call) {
    const vpc = found(vpcs, call, input.VpcId);
    vpcs.rows.put(call, vpc.id, {
      ...vpc,
      dnsSupport: input.EnableDnsSupport?.Value ?? vpc.dnsSupport,
      dnsHostnames: input.EnableDnsHostnames?.Value ?? vpc.dnsHostnames,
    });
    return {};
  },
});

export const DescribeVpcAttribute = operation<{ VpcId: string; Attribute: string }>({
  handle(input, call) {
    const vpc = found(vpcs, call, input.VpcId);
    if (input.Attribute === 'enableDnsSupport') return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.dnsSupport } };
    if (input.Attribute === 'enableDnsHostnames')
      return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.dnsHostnames } };
    return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: false } };
  },
});

export const DeleteVpc = operation<{ VpcId: string }>({
  handle(input, call) {
    const vpc = found(vpcs, call, input.VpcId);
    const uses = <T extends Row & { readonly vpc: string }>(rows: Iterable<T>, mine: (row: T) => boolean) =>
      [...rows].some((row) => row.vpc === vpc.id && mine(row));
    const busy =
      vpc.internetGateway !== undefined ||
      uses(all(subnets, call), () => true) ||
      uses(all(groups, call), ({ name }) => name !== 'default') ||
      uses(all(acls, call), ({ isDefault }) => !isDefault) ||
      uses(all(routeTables, call), ({ main }) => !main);
    if (busy) throw inUse('vpc', vpc.id);
    for (const of of [groups, acls, routeTables]) {
      for (const row of [...all(of as typeof groups, call)]) if (row.vpc === vpc.id) of.rows.remove(call, row.id);
    }
    vpcs.rows.remove(call, vpc.id);
    return {};
  },
});

function render(vpc: VpcRow, account: string) {
  return {
    VpcId: vpc.id,
    CidrBlock: vpc.blocks[0],
    CidrBlockAssociationSet: vpc.blocks.map((block) => ({
      AssociationId: `vpc-cidr-assoc-${vpc.id.slice(4)}`,
      CidrBlock: block,
      CidrBlockState: { State: 'associated' },
    })),
    DhcpOptionsId: 'default',
    State: 'available',
    OwnerId: account,
    InstanceTenancy: vpc.tenancy,
    IsDefault: false,
    Tags: tagSet(vpc),
  };
}
