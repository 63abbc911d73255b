import { given, neededText, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';
import { retag, tagged } from './ec2-tags.ts';

const gone = ['InvalidRouteTableID.NotFound', 'InvalidRoute.NotFound', 'InvalidAssociationID.NotFound'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-routetable.html */
export const ec2RouteTable = resourceType({
  type: 'AWS::EC2::RouteTable',
  properties: ['Tags', 'VpcId'],
  replacedBy: ['VpcId'],
  async create(properties, context) {
    const { RouteTable } = await context.call('ec2', 'CreateRouteTable', {
      VpcId: neededText(properties, 'VpcId'),
      ...tagged('route-table', properties, context),
    });
    const { RouteTableId } = RouteTable as { RouteTableId: string };
    return { physicalId: RouteTableId, attributes: { RouteTableId } };
  },
  async update(properties, { made, properties: was }, context) {
    await retag(made.physicalId, properties, was, context);
    return made;
  },
  async remove({ made }, context) {
    await context.callUnless(gone, 'ec2', 'DeleteRouteTable', { RouteTableId: made.physicalId });
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html */
export const ec2Route = resourceType({
  type: 'AWS::EC2::Route',
  properties: ['DestinationCidrBlock', 'GatewayId', 'InstanceId', 'NetworkInterfaceId', 'RouteTableId'],
  async create(properties, context) {
    const RouteTableId = neededText(properties, 'RouteTableId');
    const DestinationCidrBlock = neededText(properties, 'DestinationCidrBlock');
    const targets = ['GatewayId', 'InstanceId', 'NetworkInterfaceId'];
    await context.call('ec2', 'CreateRoute', {
      RouteTableId,
      DestinationCidrBlock,
      ...given(Object.fromEntries(targets.map((name) => [name, textOf(properties, name)]))),
    });
    return { physicalId: `${RouteTableId}|${DestinationCidrBlock}`, attributes: {} };
  },
  async remove({ properties }, context) {
    const RouteTableId = neededText(properties, 'RouteTableId');
    const DestinationCidrBlock = neededText(properties, 'DestinationCidrBlock');
    await context.callUnless(gone, 'ec2', 'DeleteRoute', { RouteTableId, DestinationCidrBlock });
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnetroutetableassociation.html */
export const ec2RouteTableAssociation = resourceType({
  type: 'AWS::EC2::SubnetRouteTableAssociation',
  properties: ['RouteTableId', 'SubnetId'],
  async create(properties, context) {
    const { AssociationId } = await context.call('ec2', 'AssociateRouteTable', {
      RouteTableId: neededText(properties, 'RouteTableId'),
      SubnetId: neededText(properties, 'SubnetId'),
    });
    const id = String(AssociationId);
    return { physicalId: id, attributes: { Id: id } };
  },
  async remove({ made }, context) {
    await context.callUnless(gone, 'ec2', 'DisassociateRouteTable', { AssociationId: made.physicalId });
  },
});
