import { given, textOf, textsOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';

const gone = ['NoSuchEntity'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-instanceprofile.html */
export const iamInstanceProfile = resourceType({
  type: 'AWS::IAM::InstanceProfile',
  properties: ['InstanceProfileName', 'Path', 'Roles'],
  replacedBy: ['InstanceProfileName', 'Path'],
  named: 'InstanceProfileName',
  async create(properties, context) {
    const InstanceProfileName = textOf(properties, 'InstanceProfileName') ?? context.name(128);
    const input = { InstanceProfileName, ...given({ Path: textOf(properties, 'Path') }) };
    const { InstanceProfile } = await context.call('iam', 'CreateInstanceProfile', input);
    const { Arn } = InstanceProfile as { Arn: string };
    const made = { physicalId: InstanceProfileName, attributes: { Arn } };
    context.holds(made);
    for (const RoleName of textsOf(properties, 'Roles')) {
      await context.call('iam', 'AddRoleToInstanceProfile', { InstanceProfileName, RoleName });
    }
    return made;
  },
  async update(properties, before, context) {
    const InstanceProfileName = before.made.physicalId;
    const [now, was] = [textsOf(properties, 'Roles'), textsOf(before.properties, 'Roles')];
    for (const RoleName of was.filter((each) => !now.includes(each))) {
      await context.callUnless(gone, 'iam', 'RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName });
    }
    for (const RoleName of now.filter((each) => !was.includes(each))) {
      await context.call('iam', 'AddRoleToInstanceProfile', { InstanceProfileName, RoleName });
    }
    return before.made;
  },
  async remove({ made, properties }, context) {
    const InstanceProfileName = made.physicalId;
    for (const RoleName of textsOf(properties, 'Roles')) {
      await context.callUnless(gone, 'iam', 'RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName });
    }
    await context.callUnless(gone, 'iam', 'DeleteInstanceProfile', { InstanceProfileName });
  },
});
