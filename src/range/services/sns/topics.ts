import { AwsError } from '../../../aws/error.ts';
import { complaintAbout } from '../../../aws/iam/validate.ts';
import { operation } from '../../operation.ts';
import { pageSize } from './limits.ts';
import { policyOf, subscriptions, type Topic, topicOf, topics } from './tables.ts';

interface ByArn {
  readonly TopicArn: string;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const settable: ReadonlySet<string> = new Set([
  'DisplayName',
  'Policy',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'TracingConfig',
  'SignatureVersion',
]);

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Made twice it is the same topic. */
export const CreateTopic = operation<{ Name: string; Attributes?: Record<string, string>; Tags?: readonly Tag[] }>({
  trail: { seen: 'https://docs.aws.amazon.com/sns/latest/dg/sns-logging-using-cloudtrail.html' },
  handle(input, call) {
    if (!/^[A-Za-z0-9_-]{1,256}$/.test(input.Name)) {
      throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name', { status: 400 });
    }
    const arn = `arn:aws:sns:${call.region}:${call.account}:${input.Name}`;
    for (const [name, value] of Object.entries(input.Attributes ?? {})) checkAttribute(name, value);
    if (topics.get(call, input.Name) === undefined) {
      const tags = Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
      topics.put(call, input.Name, { name: input.Name, arn, attributes: input.Attributes ?? {}, tags });
    }
    return { TopicArn: arn };
  },
});

export const DeleteTopic = operation<ByArn>({
  trail: { seen: 'https://docs.aws.amazon.com/sns/latest/dg/sns-logging-using-cloudtrail.html' },
  handle(input, call) {
    topics.remove(call, input.TopicArn.split(':')[5] ?? '');
    for (const [arn] of [...subscriptions.list(call, { prefix: `${input.TopicArn}:` })])
      subscriptions.remove(call, arn);
    return {};
  },
});

export const ListTopics = operation<{ NextToken?: string }>({
  handle(input, call) {
    const after = input.NextToken === undefined ? {} : { after: input.NextToken };
    const rows = [...topics.list(call, { ...after, limit: pageSize + 1 })];
    const page = rows.slice(0, pageSize);
    return {
      Topics: page.map(([, topic]) => ({ TopicArn: topic.arn })),
      ...(rows.length > pageSize ? { NextToken: page.at(-1)?.[0] } : {}),
    };
  },
});

export const GetTopicAttributes = operation<ByArn>({
  handle(input, call) {
    const topic = topicOf(call, input.TopicArn);
    let [confirmed, pending] = [0, 0];
    for (const [, { token }] of subscriptions.list(call, { prefix: `${topic.arn}:` })) {
      if (token === undefined) confirmed++;
      else pending++;
    }
    return {
      Attributes: {
        TopicArn: topic.arn,
        Owner: call.account,
        DisplayName: '',
        Policy: policyOf(topic, call.account).text,
        EffectiveDeliveryPolicy: deliveryPolicy,
        ...topic.attributes,
        SubscriptionsConfirmed: String(confirmed),
        SubscriptionsPending: String(pending),
        SubscriptionsDeleted: '0',
      },
    };
  },
});

export const SetTopicAttributes = operation<ByArn & { AttributeName: string; AttributeValue?: string }>({
  handle(input, call) {
    const topic = topicOf(call, input.TopicArn);
    checkAttribute(input.AttributeName, input.AttributeValue ?? '');
    setAttribute(topic, input.AttributeName, input.AttributeValue ?? '', (changed) =>
      topics.put(call, topic.name, changed),
    );
    return {};
  },
});

export const TagResource = operation<{ ResourceArn: string; Tags: readonly Tag[] }>({
  handle(input, call) {
    const topic = topicOf(call, input.ResourceArn);
    const tags = { ...topic.tags, ...Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])) };
    topics.put(call, topic.name, { ...topic, tags });
    return {};
  },
});

export const UntagResource = operation<{ ResourceArn: string; TagKeys: readonly string[] }>({
  handle(input, call) {
    const topic = topicOf(call, input.ResourceArn);
    const tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !input.TagKeys.includes(key)));
    topics.put(call, topic.name, { ...topic, tags });
    return {};
  },
});

export const ListTagsForResource = operation<{ ResourceArn: string }>({
  handle: (input, call) => ({
    Tags: Object.entries(topicOf(call, input.ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
});

function checkAttribute(name: string, value: string): void {
  if (!settable.has(name)) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: AttributeName', { status: 400 });
  }
  if (name !== 'Policy' || value === '') return;
  const complaint = complaintAbout(value, 'resource');
  if (complaint !== undefined) {
    throw new AwsError('InvalidParameter', `Invalid parameter: Policy Error: ${complaint}`, { status: 400 });
  }
}

/** An empty policy brings the default one back. */
function setAttribute(topic: Topic, name: string, value: string, put: (topic: Topic) => void): void {
  const { [name]: _, ...others } = topic.attributes;
  put({ ...topic, attributes: value === '' ? others : { ...others, [name]: value } });
}

const deliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
  },
});
