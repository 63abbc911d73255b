import type { JsonObject } from '../../../../model/json.ts';
import { documentOf, given, textOf, textsOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import type { Bearer } from './iam-inline-policies.ts';

const bearers: readonly Bearer[] = ['Role', 'User', 'Group'];
const gone = ['NoSuchEntity'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export const iamManagedPolicy = resourceType({
  type: 'AWS::IAM::ManagedPolicy',
  properties: ['Description', 'Groups', 'ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles', 'Users'],
  replacedBy: ['Description', 'ManagedPolicyName', 'Path'],
  named: 'ManagedPolicyName',
  async create(properties, context) {
    const { Policy } = await context.call('iam', 'CreatePolicy', {
      PolicyName: textOf(properties, 'ManagedPolicyName') ?? context.name(128),
      PolicyDocument: documentOf(properties, 'PolicyDocument'),
      ...given({ Path: textOf(properties, 'Path'), Description: textOf(properties, 'Description') }),
    });
    const { Arn, PolicyId } = Policy as { Arn: string; PolicyId: string };
    const made = { physicalId: Arn, attributes: { PolicyArn: Arn, PolicyId } };
    context.holds(made);
    await attach(Arn, properties, {}, context);
    return made;
  },
  async update(properties, before, context) {
    const PolicyArn = before.made.physicalId;
    const document = documentOf(properties, 'PolicyDocument');
    if (document !== documentOf(before.properties, 'PolicyDocument')) {
      await dropOldVersions(PolicyArn, context);
      const input = { PolicyArn, PolicyDocument: document, SetAsDefault: true };
      await context.call('iam', 'CreatePolicyVersion', input);
    }
    await attach(PolicyArn, properties, before.properties, context);
    return before.made;
  },
  async remove({ made, properties }, context) {
    const PolicyArn = made.physicalId;
    await attach(PolicyArn, {}, properties, context);
    await dropOldVersions(PolicyArn, context);
    await context.callUnless(gone, 'iam', 'DeletePolicy', { PolicyArn });
  },
});

/** A policy has room for five versions, and goes only without those that are not in force. */
async function dropOldVersions(PolicyArn: string, context: ResourceContext): Promise<void> {
  const answer = await context.callUnless(gone, 'iam', 'ListPolicyVersions', { PolicyArn });
  const versions = (answer?.['Versions'] ?? []) as readonly { VersionId: string; IsDefaultVersion: boolean }[];
  for (const { VersionId, IsDefaultVersion } of versions) {
    if (!IsDefaultVersion) await context.call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId });
  }
}

async function attach(PolicyArn: string, now: JsonObject, was: JsonObject, context: ResourceContext): Promise<void> {
  for (const bearer of bearers) {
    const [wanted, before] = [textsOf(now, `${bearer}s`), textsOf(was, `${bearer}s`)];
    for (const name of wanted.filter((each) => !before.includes(each))) {
      await context.call('iam', `Attach${bearer}Policy`, { [`${bearer}Name`]: name, PolicyArn });
    }
    for (const name of before.filter((each) => !wanted.includes(each))) {
      await context.callUnless(gone, 'iam', `Detach${bearer}Policy`, { [`${bearer}Name`]: name, PolicyArn });
    }
  }
}
