import type { Override, Overrides } from '../table.ts';
import { textAt } from './members.ts';

const target = [['topic', { TopicName: 'TopicArn|TargetArn' }]] as const;

/** A subscription's ARN is its topic's and an id. https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html */
const ofSubscription: Override = {
  why: 'The resource is the topic of the subscription. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html',
  change: { r: [['!', 'Topic']], u: [] },
  with: (input) => ({ Topic: textAt(input, 'SubscriptionArn')?.replace(/^((?:[^:]*:){5}[^:]*):[^:]*$/, '$1') }),
};

export const sns: Overrides = {
  operations: {
    Publish: {
      why: 'TargetArn is another name of the topic or a phone endpoint; a text to PhoneNumber has no resource. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html',
      change: { r: target },
    },
    PublishBatch: {
      why: 'Asks for sns:Publish. https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html',
      entries: [{ a: 'sns:Publish', r: [['topic!', { TopicName: 'TopicArn' }]] }],
    },
    Unsubscribe: ofSubscription,
    GetSubscriptionAttributes: ofSubscription,
    SetSubscriptionAttributes: ofSubscription,
  },
  keys: {},
  // Observed: https://github.com/nccgroup/Scout2/issues/129
  whole: 'arn:${Partition}:sns:${Region}:${Account}:*',
};
