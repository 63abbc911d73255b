import type { JsonObject } from '../../../../model/json.ts';
import { documentOf, neededText, textsOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import type { Bearer } from './iam-inline-policies.ts';

const bearers: readonly Bearer[] = ['Role', 'User', 'Group'];

/** An inline policy on each of its roles, users and groups. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
export const iamPolicy = resourceType({
  type: 'AWS::IAM::Policy',
  properties: ['Groups', 'PolicyDocument', 'PolicyName', 'Roles', 'Users'],
  replacedBy: ['PolicyName'],
  async create(properties, context) {
    await put(properties, context);
    return { physicalId: context.name(128), attributes: { Id: context.name(128) } };
  },
  async update(properties, before, context) {
    await put(properties, context);
    await takeAway(before.properties, properties, context);
    return before.made;
  },
  remove: ({ properties }, context) => takeAway(properties, {}, context),
});

async function put(properties: JsonObject, context: ResourceContext): Promise<void> {
  const policy = {
    PolicyName: neededText(properties, 'PolicyName'),
    PolicyDocument: documentOf(properties, 'PolicyDocument'),
  };
  for (const bearer of bearers) {
    for (const name of textsOf(properties, `${bearer}s`)) {
      await context.call('iam', `Put${bearer}Policy`, { [`${bearer}Name`]: name, ...policy });
    }
  }
}

async function takeAway(was: JsonObject, now: JsonObject, context: ResourceContext): Promise<void> {
  const PolicyName = neededText(was, 'PolicyName');
  for (const bearer of bearers) {
    const keep = textsOf(now, `${bearer}s`);
    for (const name of textsOf(was, `${bearer}s`)) {
      const input = { [`${bearer}Name`]: name, PolicyName };
      if (!keep.includes(name)) await context.callUnless(['NoSuchEntity'], 'iam', `Delete${bearer}Policy`, input);
    }
  }
}
