import { neededText } from '../properties.ts';
import { resourceType } from '../resource-type.ts';
import { retag, tagged } from './ec2-tags.ts';

const gone = ['InvalidInternetGatewayID.NotFound', 'InvalidVpcID.NotFound', 'Gateway.NotAttached'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-internetgateway.html */
export const ec2InternetGateway = resourceType({
  type: 'AWS::EC2::InternetGateway',
  properties: ['Tags'],
  async create(properties, context) {
    const tags = tagged('internet-gateway', properties, context);
    const { InternetGateway } = await context.call('ec2', 'CreateInternetGateway', tags);
    const { InternetGatewayId } = InternetGateway as { InternetGatewayId: string };
    return { physicalId: InternetGatewayId, attributes: { InternetGatewayId } };
  },
  async update(properties, { made, properties: was }, context) {
    await retag(made.physicalId, properties, was, context);
    return made;
  },
  async remove({ made }, context) {
    await context.callUnless(gone, 'ec2', 'DeleteInternetGateway', { InternetGatewayId: made.physicalId });
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcgatewayattachment.html */
export const ec2GatewayAttachment = resourceType({
  type: 'AWS::EC2::VPCGatewayAttachment',
  properties: ['InternetGatewayId', 'VpcId'],
  async create(properties, context) {
    const VpcId = neededText(properties, 'VpcId');
    const InternetGatewayId = neededText(properties, 'InternetGatewayId');
    await context.call('ec2', 'AttachInternetGateway', { VpcId, InternetGatewayId });
    return { physicalId: `IGW|${VpcId}`, attributes: { AttachmentType: 'IGW' } };
  },
  async remove({ properties }, context) {
    const VpcId = neededText(properties, 'VpcId');
    const InternetGatewayId = neededText(properties, 'InternetGatewayId');
    await context.callUnless(gone, 'ec2', 'DetachInternetGateway', { VpcId, InternetGatewayId });
  },
});
