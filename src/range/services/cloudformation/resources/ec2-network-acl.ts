import type { JsonObject } from '../../../../model/json.ts';
import { flagOf, given, neededText, numberOf, objectOf, textOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import { retag, tagged } from './ec2-tags.ts';

const gone = [
  'InvalidNetworkAclID.NotFound',
  'InvalidNetworkAclEntry.NotFound',
  'InvalidAssociationID.NotFound',
  'InvalidSubnetID.NotFound',
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkacl.html */
export const ec2NetworkAcl = resourceType({
  type: 'AWS::EC2::NetworkAcl',
  properties: ['Tags', 'VpcId'],
  replacedBy: ['VpcId'],
  async create(properties, context) {
    const { NetworkAcl } = await context.call('ec2', 'CreateNetworkAcl', {
      VpcId: neededText(properties, 'VpcId'),
      ...tagged('network-acl', properties, context),
    });
    const { NetworkAclId } = NetworkAcl as { NetworkAclId: string };
    return { physicalId: NetworkAclId, attributes: { Id: NetworkAclId } };
  },
  async update(properties, { made, properties: was }, context) {
    await retag(made.physicalId, properties, was, context);
    return made;
  },
  async remove({ made }, context) {
    await context.callUnless(gone, 'ec2', 'DeleteNetworkAcl', { NetworkAclId: made.physicalId });
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkaclentry.html */
export const ec2NetworkAclEntry = resourceType({
  type: 'AWS::EC2::NetworkAclEntry',
  properties: [
    ...['CidrBlock', 'Egress', 'Icmp', 'Ipv6CidrBlock', 'NetworkAclId', 'PortRange', 'Protocol'],
    ...['RuleAction', 'RuleNumber'],
  ],
  replacedBy: ['Egress', 'NetworkAclId', 'RuleNumber'],
  async create(properties, context) {
    await context.call('ec2', 'CreateNetworkAclEntry', entryOf(properties));
    return { physicalId: context.name(255), attributes: {} };
  },
  async update(properties, { made }, context) {
    await context.call('ec2', 'ReplaceNetworkAclEntry', entryOf(properties));
    return made;
  },
  async remove({ properties }, context) {
    const { NetworkAclId, RuleNumber, Egress } = entryOf(properties);
    await context.callUnless(gone, 'ec2', 'DeleteNetworkAclEntry', { NetworkAclId, RuleNumber, Egress });
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnetnetworkaclassociation.html */
export const ec2NetworkAclAssociation = resourceType({
  type: 'AWS::EC2::SubnetNetworkAclAssociation',
  properties: ['NetworkAclId', 'SubnetId'],
  async create(properties, context) {
    const SubnetId = neededText(properties, 'SubnetId');
    const AssociationId = await move(SubnetId, neededText(properties, 'NetworkAclId'), context);
    return { physicalId: AssociationId, attributes: { AssociationId } };
  },
  /** A subnet always has an ACL: it goes back to its VPC's default one. */
  async remove({ properties }, context) {
    const { NetworkAcls: mine } = (await context.callUnless(gone, 'ec2', 'DescribeNetworkAcls', {
      NetworkAclIds: [neededText(properties, 'NetworkAclId')],
    })) ?? { NetworkAcls: [] };
    const [acl] = mine as readonly { VpcId: string; Associations: readonly { SubnetId: string }[] }[];
    const subnet = neededText(properties, 'SubnetId');
    if (!acl?.Associations.some(({ SubnetId }) => SubnetId === subnet)) return;
    const { NetworkAcls: defaults } = await context.call('ec2', 'DescribeNetworkAcls', {
      Filters: [
        { Name: 'vpc-id', Values: [acl.VpcId] },
        { Name: 'default', Values: ['true'] },
      ],
    });
    const [home] = defaults as readonly { NetworkAclId: string }[];
    if (home !== undefined) await move(subnet, home.NetworkAclId, context);
  },
});

async function move(subnet: string, NetworkAclId: string, context: ResourceContext): Promise<string> {
  const { NetworkAcls } = await context.call('ec2', 'DescribeNetworkAcls', {
    Filters: [{ Name: 'association.subnet-id', Values: [subnet] }],
  });
  const [acl] = NetworkAcls as readonly {
    Associations: readonly { SubnetId: string; NetworkAclAssociationId: string }[];
  }[];
  const AssociationId = acl?.Associations.find(({ SubnetId }) => SubnetId === subnet)?.NetworkAclAssociationId;
  const answer = await context.call('ec2', 'ReplaceNetworkAclAssociation', { AssociationId, NetworkAclId });
  return String(answer['NewAssociationId']);
}

function entryOf(properties: JsonObject) {
  const icmp = objectOf(properties, 'Icmp');
  const ports = objectOf(properties, 'PortRange');
  return {
    NetworkAclId: neededText(properties, 'NetworkAclId'),
    RuleNumber: numberOf(properties, 'RuleNumber'),
    Egress: flagOf(properties, 'Egress') ?? false,
    Protocol: neededText(properties, 'Protocol'),
    RuleAction: neededText(properties, 'RuleAction'),
    ...given({
      CidrBlock: textOf(properties, 'CidrBlock'),
      Ipv6CidrBlock: textOf(properties, 'Ipv6CidrBlock'),
      PortRange: ports && { From: numberOf(ports, 'From'), To: numberOf(ports, 'To') },
      IcmpTypeCode: icmp && { Type: numberOf(icmp, 'Type'), Code: numberOf(icmp, 'Code') },
    }),
  };
}
