import { neededText, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html */
export const iamAccessKey = resourceType({
  type: 'AWS::IAM::AccessKey',
  properties: ['Serial', 'Status', 'UserName'],
  replacedBy: ['Serial', 'UserName'],
  async create(properties, context) {
    const UserName = neededText(properties, 'UserName');
    const { AccessKey } = await context.call('iam', 'CreateAccessKey', { UserName });
    const { AccessKeyId, SecretAccessKey } = AccessKey as { AccessKeyId: string; SecretAccessKey: string };
    const made = { physicalId: AccessKeyId, attributes: { SecretAccessKey } };
    context.holds(made);
    const Status = textOf(properties, 'Status') ?? 'Active';
    if (Status !== 'Active') await context.call('iam', 'UpdateAccessKey', { UserName, AccessKeyId, Status });
    return made;
  },
  async update(properties, before, context) {
    await context.call('iam', 'UpdateAccessKey', {
      UserName: neededText(properties, 'UserName'),
      AccessKeyId: before.made.physicalId,
      Status: textOf(properties, 'Status') ?? 'Active',
    });
    return before.made;
  },
  async remove({ made, properties }, context) {
    const input = { UserName: neededText(properties, 'UserName'), AccessKeyId: made.physicalId };
    await context.callUnless(['NoSuchEntity'], 'iam', 'DeleteAccessKey', input);
  },
});
