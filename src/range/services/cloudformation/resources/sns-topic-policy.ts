import type { JsonObject } from '../../../../model/json.ts';
import { documentOf, textsOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export const snsTopicPolicy = resourceType({
  type: 'AWS::SNS::TopicPolicy',
  properties: ['PolicyDocument', 'Topics'],
  async create(properties, context) {
    await put(properties, context);
    const id = context.name(128);
    return { physicalId: id, attributes: { Id: id } };
  },
  async update(properties, before, context) {
    await put(properties, context);
    const now = textsOf(properties, 'Topics');
    await takeAway(
      textsOf(before.properties, 'Topics').filter((topic) => !now.includes(topic)),
      context,
    );
    return before.made;
  },
  remove: ({ properties }, context) => takeAway(textsOf(properties, 'Topics'), context),
});

async function put(properties: JsonObject, context: ResourceContext): Promise<void> {
  const AttributeValue = documentOf(properties, 'PolicyDocument') ?? '';
  for (const TopicArn of textsOf(properties, 'Topics')) {
    await context.call('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });
  }
}

/** An empty policy brings the topic's default one back. */
async function takeAway(topics: readonly string[], context: ResourceContext): Promise<void> {
  for (const TopicArn of topics) {
    const input = { TopicArn, AttributeName: 'Policy', AttributeValue: '' };
    await context.callUnless(['NotFound'], 'sns', 'SetTopicAttributes', input);
  }
}
