import type { JsonObject } from '../../../../model/json.ts';
import { flagOf, given, neededText, textOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import { retag, tagged } from './ec2-tags.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html */
export const ec2Subnet = resourceType({
  type: 'AWS::EC2::Subnet',
  properties: ['AvailabilityZone', 'CidrBlock', 'MapPublicIpOnLaunch', 'Tags', 'VpcId'],
  replacedBy: ['AvailabilityZone', 'CidrBlock', 'VpcId'],
  async create(properties, context) {
    const { Subnet } = await context.call('ec2', 'CreateSubnet', {
      VpcId: neededText(properties, 'VpcId'),
      CidrBlock: neededText(properties, 'CidrBlock'),
      ...given({ AvailabilityZone: textOf(properties, 'AvailabilityZone') }),
      ...tagged('subnet', properties, context),
    });
    const { SubnetId, AvailabilityZone, CidrBlock, VpcId } = Subnet as {
      SubnetId: string;
      AvailabilityZone: string;
      CidrBlock: string;
      VpcId: string;
    };
    const made = { physicalId: SubnetId, attributes: { SubnetId, AvailabilityZone, CidrBlock, VpcId } };
    context.holds(made);
    await setPublic(SubnetId, properties, context);
    return made;
  },
  async update(properties, { made, properties: was }, context) {
    await setPublic(made.physicalId, properties, context);
    await retag(made.physicalId, properties, was, context);
    return made;
  },
  async remove({ made }, context) {
    await context.callUnless(['InvalidSubnetID.NotFound'], 'ec2', 'DeleteSubnet', { SubnetId: made.physicalId });
  },
});

async function setPublic(SubnetId: string, properties: JsonObject, context: ResourceContext): Promise<void> {
  const Value = flagOf(properties, 'MapPublicIpOnLaunch') ?? false;
  await context.call('ec2', 'ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch: { Value } });
}
