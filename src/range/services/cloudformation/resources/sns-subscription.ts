import type { JsonObject } from '../../../../model/json.ts';
import { documentOf, given, neededText, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
export const snsSubscription = resourceType({
  type: 'AWS::SNS::Subscription',
  properties: [
    ...['Endpoint', 'Protocol', 'TopicArn', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery'],
    ...['DeliveryPolicy', 'RedrivePolicy', 'SubscriptionRoleArn'],
  ],
  replacedBy: ['Endpoint', 'Protocol', 'TopicArn'],
  async create(properties, context) {
    const { SubscriptionArn } = await context.call('sns', 'Subscribe', {
      TopicArn: neededText(properties, 'TopicArn'),
      Protocol: neededText(properties, 'Protocol'),
      ...given({ Endpoint: textOf(properties, 'Endpoint') }),
      Attributes: attributesOf(properties),
      ReturnSubscriptionArn: true,
    });
    return { physicalId: String(SubscriptionArn), attributes: { Arn: String(SubscriptionArn) } };
  },
  async update(properties, before, context) {
    for (const [AttributeName, AttributeValue] of Object.entries(attributesOf(properties))) {
      const input = { SubscriptionArn: before.made.physicalId, AttributeName, AttributeValue };
      await context.call('sns', 'SetSubscriptionAttributes', input);
    }
    return before.made;
  },
  async remove({ made }, context) {
    await context.callUnless(['NotFound'], 'sns', 'Unsubscribe', { SubscriptionArn: made.physicalId });
  },
});

function attributesOf(properties: JsonObject): Record<string, unknown> {
  return given({
    FilterPolicy: documentOf(properties, 'FilterPolicy'),
    FilterPolicyScope: textOf(properties, 'FilterPolicyScope'),
    RawMessageDelivery: textOf(properties, 'RawMessageDelivery'),
    DeliveryPolicy: documentOf(properties, 'DeliveryPolicy'),
    RedrivePolicy: documentOf(properties, 'RedrivePolicy'),
    SubscriptionRoleArn: textOf(properties, 'SubscriptionRoleArn'),
  });
}
