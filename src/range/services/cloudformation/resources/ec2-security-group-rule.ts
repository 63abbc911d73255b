import { AwsError } from '../../../../aws/error.ts';
import type { JsonObject } from '../../../../model/json.ts';
import { textOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import type { Made } from '../tables.ts';
import { ruleOf } from './ec2-security-group.ts';

const shared = ['CidrIp', 'CidrIpv6', 'Description', 'FromPort', 'GroupId', 'IpProtocol', 'ToPort'];
const gone = ['InvalidGroup.NotFound', 'InvalidSecurityGroupRuleId.NotFound', 'InvalidPermission.NotFound'];

/** A rule that stands beside its group, so that two groups can name each other. */
function ruleType(way: 'Ingress' | 'Egress', peer: string) {
  return resourceType({
    type: `AWS::EC2::SecurityGroup${way}`,
    properties: [...shared, peer],
    replacedBy: [...shared.filter((name) => name !== 'Description'), peer],
    create: (properties, context) => bring(way, properties, context),
    /** Only the description can have changed: a rule is what it says. */
    async update(properties, { made, properties: was }, context) {
      await take(way, made, was, context);
      return bring(way, properties, context);
    },
    remove: ({ made, properties }, context) => take(way, made, properties, context),
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html */
export const ec2SecurityGroupIngress = ruleType('Ingress', 'SourceSecurityGroupId');
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupegress.html */
export const ec2SecurityGroupEgress = ruleType('Egress', 'DestinationSecurityGroupId');

async function bring(way: string, properties: JsonObject, context: ResourceContext): Promise<Made> {
  const { SecurityGroupRules } = await context.call('ec2', `AuthorizeSecurityGroup${way}`, {
    GroupId: groupOf(properties),
    IpPermissions: [ruleOf(properties, way)],
  });
  const [rule] = SecurityGroupRules as readonly { SecurityGroupRuleId: string }[];
  const Id = rule?.SecurityGroupRuleId ?? '';
  return { physicalId: Id, attributes: { Id } };
}

async function take(way: string, made: Made, properties: JsonObject, context: ResourceContext): Promise<void> {
  const input = { GroupId: groupOf(properties), SecurityGroupRuleIds: [made.physicalId] };
  await context.callUnless(gone, 'ec2', `RevokeSecurityGroup${way}`, input);
}

function groupOf(properties: JsonObject): string {
  const id = textOf(properties, 'GroupId');
  if (id !== undefined) return id;
  throw new AwsError('InvalidRequest', 'Exactly one of GroupName and GroupId must be specified');
}
