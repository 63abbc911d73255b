import type { JsonObject } from '../../../../model/json.ts';
import { documentOf, neededText, objectsOf, textsOf } from '../properties.ts';
import type { ResourceContext } from '../resource-type.ts';

/** What roles, users and groups carry alike: inline and attached policies. `Role` makes PutRolePolicy. */
export type Bearer = 'Role' | 'User' | 'Group';

const gone = ['NoSuchEntity'];

/** Brings the policies of `name` from what the old properties said to what the new ones say. */
export async function bringPolicies(
  bearer: Bearer,
  name: string,
  now: JsonObject,
  was: JsonObject,
  context: ResourceContext,
): Promise<void> {
  const who = { [`${bearer}Name`]: name };
  const inline = objectsOf(now, 'Policies').map((each) => neededText(each, 'PolicyName'));
  for (const policy of objectsOf(now, 'Policies')) {
    await context.call('iam', `Put${bearer}Policy`, {
      ...who,
      PolicyName: neededText(policy, 'PolicyName'),
      PolicyDocument: documentOf(policy, 'PolicyDocument'),
    });
  }
  for (const policy of objectsOf(was, 'Policies')) {
    const PolicyName = neededText(policy, 'PolicyName');
    if (inline.includes(PolicyName)) continue;
    await context.callUnless(gone, 'iam', `Delete${bearer}Policy`, { ...who, PolicyName });
  }
  const [attached, before] = [textsOf(now, 'ManagedPolicyArns'), textsOf(was, 'ManagedPolicyArns')];
  for (const PolicyArn of attached) {
    if (!before.includes(PolicyArn)) await context.call('iam', `Attach${bearer}Policy`, { ...who, PolicyArn });
  }
  for (const PolicyArn of before) {
    if (attached.includes(PolicyArn)) continue;
    await context.callUnless(gone, 'iam', `Detach${bearer}Policy`, { ...who, PolicyArn });
  }
}
