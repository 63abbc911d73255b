import type { JsonObject } from '../../../../model/json.ts';
import { flagOf, given, neededText, textOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import { retag, tagged } from './ec2-tags.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html */
export const ec2Vpc = resourceType({
  type: 'AWS::EC2::VPC',
  properties: ['CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags'],
  replacedBy: ['CidrBlock', 'InstanceTenancy'],
  async create(properties, context) {
    const { Vpc } = await context.call('ec2', 'CreateVpc', {
      CidrBlock: neededText(properties, 'CidrBlock'),
      ...given({ InstanceTenancy: textOf(properties, 'InstanceTenancy') }),
      ...tagged('vpc', properties, context),
    });
    const { VpcId, CidrBlock = '' } = Vpc as { VpcId: string; CidrBlock?: string };
    context.holds({ physicalId: VpcId, attributes: {} });
    await setAttributes(VpcId, properties, context);
    return { physicalId: VpcId, attributes: { VpcId, CidrBlock, ...(await defaultsOf(VpcId, context)) } };
  },
  async update(properties, { made, properties: was }, context) {
    await setAttributes(made.physicalId, properties, context);
    await retag(made.physicalId, properties, was, context);
    return made;
  },
  async remove({ made }, context) {
    await context.callUnless(['InvalidVpcID.NotFound'], 'ec2', 'DeleteVpc', { VpcId: made.physicalId });
  },
});

async function setAttributes(VpcId: string, properties: JsonObject, context: ResourceContext): Promise<void> {
  for (const name of ['EnableDnsSupport', 'EnableDnsHostnames']) {
    const Value = flagOf(properties, name);
    if (Value !== undefined) await context.call('ec2', 'ModifyVpcAttribute', { VpcId, [name]: { Value } });
  }
}

/** What comes with a VPC. */
async function defaultsOf(vpc: string, context: ResourceContext): Promise<JsonObject> {
  const ofVpc = { Name: 'vpc-id', Values: [vpc] };
  const { NetworkAcls } = await context.call('ec2', 'DescribeNetworkAcls', {
    Filters: [ofVpc, { Name: 'default', Values: ['true'] }],
  });
  const { SecurityGroups } = await context.call('ec2', 'DescribeSecurityGroups', {
    Filters: [ofVpc, { Name: 'group-name', Values: ['default'] }],
  });
  const [acl] = NetworkAcls as readonly { NetworkAclId: string }[];
  const [group] = SecurityGroups as readonly { GroupId: string }[];
  return { DefaultNetworkAcl: acl?.NetworkAclId ?? '', DefaultSecurityGroup: group?.GroupId ?? '' };
}
