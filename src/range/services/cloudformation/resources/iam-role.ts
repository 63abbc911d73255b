import { documentOf, given, numberOf, tagsOf, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';
import { bringPolicies } from './iam-inline-policies.ts';

const gone = ['NoSuchEntity'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const iamRole = resourceType({
  type: 'AWS::IAM::Role',
  properties: [
    ...['AssumeRolePolicyDocument', 'Description', 'ManagedPolicyArns', 'MaxSessionDuration', 'Path'],
    ...['PermissionsBoundary', 'Policies', 'RoleName', 'Tags'],
  ],
  replacedBy: ['RoleName', 'Path'],
  named: 'RoleName',
  async create(properties, context) {
    const RoleName = textOf(properties, 'RoleName') ?? context.name(64);
    const { Role } = await context.call('iam', 'CreateRole', {
      RoleName,
      AssumeRolePolicyDocument: documentOf(properties, 'AssumeRolePolicyDocument'),
      Tags: tagsOf(properties, { ...context, tags: {} }),
      ...given({
        Path: textOf(properties, 'Path'),
        Description: textOf(properties, 'Description'),
        MaxSessionDuration: numberOf(properties, 'MaxSessionDuration'),
        PermissionsBoundary: textOf(properties, 'PermissionsBoundary'),
      }),
    });
    const { Arn, RoleId } = Role as { Arn: string; RoleId: string };
    const made = { physicalId: RoleName, attributes: { Arn, RoleId } };
    context.holds(made);
    await bringPolicies('Role', RoleName, properties, {}, context);
    return made;
  },
  async update(properties, before, context) {
    const RoleName = before.made.physicalId;
    const PolicyDocument = documentOf(properties, 'AssumeRolePolicyDocument');
    await context.call('iam', 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument });
    await context.call('iam', 'UpdateRole', {
      RoleName,
      Description: textOf(properties, 'Description') ?? '',
      MaxSessionDuration: numberOf(properties, 'MaxSessionDuration') ?? 3600,
    });
    const PermissionsBoundary = textOf(properties, 'PermissionsBoundary');
    if (PermissionsBoundary !== undefined) {
      await context.call('iam', 'PutRolePermissionsBoundary', { RoleName, PermissionsBoundary });
    } else if (before.properties['PermissionsBoundary'] !== undefined) {
      await context.callUnless(gone, 'iam', 'DeleteRolePermissionsBoundary', { RoleName });
    }
    await bringPolicies('Role', RoleName, properties, before.properties, context);
    const Tags = tagsOf(properties, { ...context, tags: {} });
    const TagKeys = tagsOf(before.properties, { ...context, tags: {} })
      .map(({ Key }) => Key)
      .filter((key) => !Tags.some(({ Key }) => Key === key));
    if (TagKeys.length > 0) await context.call('iam', 'UntagRole', { RoleName, TagKeys });
    if (Tags.length > 0) await context.call('iam', 'TagRole', { RoleName, Tags });
    return before.made;
  },
  async remove({ made, properties }, context) {
    const RoleName = made.physicalId;
    await bringPolicies('Role', RoleName, {}, properties, context);
    await context.callUnless(gone, 'iam', 'DeleteRole', { RoleName });
  },
});
