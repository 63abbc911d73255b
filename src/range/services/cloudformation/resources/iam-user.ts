import type { JsonObject } from '../../../../model/json.ts';
import { given, objectOf, tagsOf, textOf, textsOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import { bringPolicies } from './iam-inline-policies.ts';

const gone = ['NoSuchEntity'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html */
export const iamUser = resourceType({
  type: 'AWS::IAM::User',
  properties: [
    'Groups',
    'LoginProfile',
    'ManagedPolicyArns',
    'Path',
    'PermissionsBoundary',
    'Policies',
    'Tags',
    'UserName',
  ],
  replacedBy: ['UserName', 'Path', 'PermissionsBoundary', 'LoginProfile', 'Tags'],
  named: 'UserName',
  async create(properties, context) {
    const UserName = textOf(properties, 'UserName') ?? context.name(64);
    const { User } = await context.call('iam', 'CreateUser', {
      UserName,
      Tags: tagsOf(properties, { ...context, tags: {} }),
      ...given({ Path: textOf(properties, 'Path'), PermissionsBoundary: textOf(properties, 'PermissionsBoundary') }),
    });
    const made = { physicalId: UserName, attributes: { Arn: (User as { Arn: string }).Arn } };
    context.holds(made);
    const login = objectOf(properties, 'LoginProfile');
    if (login !== undefined) {
      const PasswordResetRequired = textOf(login, 'PasswordResetRequired') === 'true';
      const input = { UserName, Password: textOf(login, 'Password'), PasswordResetRequired };
      await context.call('iam', 'CreateLoginProfile', input);
    }
    await bringPolicies('User', UserName, properties, {}, context);
    await join(UserName, properties, {}, context);
    return made;
  },
  async update(properties, before, context) {
    await bringPolicies('User', before.made.physicalId, properties, before.properties, context);
    await join(before.made.physicalId, properties, before.properties, context);
    return before.made;
  },
  async remove({ made, properties }, context) {
    const UserName = made.physicalId;
    await bringPolicies('User', UserName, {}, properties, context);
    await join(UserName, {}, properties, context);
    if (properties['LoginProfile'] !== undefined) {
      await context.callUnless(gone, 'iam', 'DeleteLoginProfile', { UserName });
    }
    await context.callUnless(gone, 'iam', 'DeleteUser', { UserName });
  },
});

async function join(UserName: string, now: JsonObject, was: JsonObject, context: ResourceContext): Promise<void> {
  const [wanted, before] = [textsOf(now, 'Groups'), textsOf(was, 'Groups')];
  for (const GroupName of wanted.filter((each) => !before.includes(each))) {
    await context.call('iam', 'AddUserToGroup', { UserName, GroupName });
  }
  for (const GroupName of before.filter((each) => !wanted.includes(each))) {
    await context.callUnless(gone, 'iam', 'RemoveUserFromGroup', { UserName, GroupName });
  }
}
