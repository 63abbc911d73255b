import { given, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';
import { bringPolicies } from './iam-inline-policies.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-group.html */
export const iamGroup = resourceType({
  type: 'AWS::IAM::Group',
  properties: ['GroupName', 'ManagedPolicyArns', 'Path', 'Policies'],
  replacedBy: ['GroupName', 'Path'],
  named: 'GroupName',
  async create(properties, context) {
    const GroupName = textOf(properties, 'GroupName') ?? context.name(128);
    const input = { GroupName, ...given({ Path: textOf(properties, 'Path') }) };
    const { Group } = await context.call('iam', 'CreateGroup', input);
    const made = { physicalId: GroupName, attributes: { Arn: (Group as { Arn: string }).Arn } };
    context.holds(made);
    await bringPolicies('Group', GroupName, properties, {}, context);
    return made;
  },
  async update(properties, before, context) {
    await bringPolicies('Group', before.made.physicalId, properties, before.properties, context);
    return before.made;
  },
  async remove({ made, properties }, context) {
    await bringPolicies('Group', made.physicalId, {}, properties, context);
    await context.callUnless(['NoSuchEntity'], 'iam', 'DeleteGroup', { GroupName: made.physicalId });
  },
});
