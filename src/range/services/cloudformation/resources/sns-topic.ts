import type { JsonObject } from '../../../../model/json.ts';
import { documentOf, given, objectsOf, tagsOf, textOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import type { Made } from '../tables.ts';

const attributeNames = ['DisplayName', 'KmsMasterKeyId', 'TracingConfig', 'SignatureVersion'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export const snsTopic = resourceType({
  type: 'AWS::SNS::Topic',
  properties: [...attributeNames, 'TopicName', 'DeliveryPolicy', 'Subscription', 'Tags'],
  replacedBy: ['TopicName'],
  named: 'TopicName',
  async create(properties, context) {
    const Name = textOf(properties, 'TopicName') ?? context.name(256);
    const Attributes = attributesOf(properties);
    const { TopicArn } = await context.call('sns', 'CreateTopic', {
      Name,
      Attributes,
      Tags: tagsOf(properties, context),
    });
    const made = madeOf(String(TopicArn));
    context.holds(made);
    await subscribe(properties, made.physicalId, context);
    return made;
  },
  async update(properties, before, context) {
    const TopicArn = before.made.physicalId;
    const [now, was] = [attributesOf(properties), attributesOf(before.properties)];
    for (const AttributeName of Object.keys({ ...was, ...now })) {
      if (now[AttributeName] === was[AttributeName]) continue;
      const AttributeValue = now[AttributeName] ?? '';
      await context.call('sns', 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue });
    }
    await context.call('sns', 'TagResource', { ResourceArn: TopicArn, Tags: tagsOf(properties, context) });
    await subscribe(properties, TopicArn, context);
    return before.made;
  },
  async remove({ made }, context) {
    await context.callUnless(['NotFound'], 'sns', 'DeleteTopic', { TopicArn: made.physicalId });
  },
});

function madeOf(arn: string): Made {
  return { physicalId: arn, attributes: { TopicArn: arn, TopicName: arn.split(':')[5] ?? '' } };
}

function attributesOf(properties: JsonObject): Record<string, unknown> {
  const texts = attributeNames.map((name) => [name, textOf(properties, name)]);
  return given({ ...Object.fromEntries(texts), DeliveryPolicy: documentOf(properties, 'DeliveryPolicy') });
}

async function subscribe(properties: JsonObject, TopicArn: string, context: ResourceContext): Promise<void> {
  for (const each of objectsOf(properties, 'Subscription')) {
    const [Protocol, Endpoint] = [textOf(each, 'Protocol'), textOf(each, 'Endpoint')];
    await context.call('sns', 'Subscribe', given({ TopicArn, Protocol, Endpoint }));
  }
}
