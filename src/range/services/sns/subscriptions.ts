import { AwsError } from '../../../aws/error.ts';
import { deliverMail } from '../../mailbox.ts';
import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { pageSize } from './limits.ts';
import { type Subscription, subscriptionOf, subscriptions, topicOf } from './tables.ts';

const protocols: ReadonlySet<string> = new Set([
  'http',
  'https',
  'email',
  'email-json',
  'sms',
  'sqs',
  'application',
  'lambda',
  'firehose',
]);
const built: ReadonlySet<string> = new Set(['email', 'email-json', 'lambda']);
/** https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
const settable: ReadonlySet<string> = new Set(['DeliveryPolicy', 'RawMessageDelivery', 'RedrivePolicy']);

export const Subscribe = operation<{
  TopicArn: string;
  Protocol: string;
  Endpoint?: string;
  Attributes?: Record<string, string>;
  ReturnSubscriptionArn?: boolean;
}>({
  handle(input, call) {
    const topic = topicOf(call, input.TopicArn);
    const endpoint = checked(input.Protocol, input.Endpoint);
    for (const name of Object.keys(input.Attributes ?? {})) checkAttribute(name);
    const existing = [...subscriptions.list(call, { prefix: `${topic.arn}:` })]
      .map(([, row]) => row)
      .find((row) => row.protocol === input.Protocol && row.endpoint === endpoint);
    const subscription: Subscription = existing ?? {
      arn: `${topic.arn}:${call.ids.uuid()}`,
      topicArn: topic.arn,
      protocol: input.Protocol,
      endpoint,
      owner: call.account,
      attributes: input.Attributes ?? {},
      ...(input.Protocol === 'lambda' ? {} : { token: call.ids.hex(64) }),
    };
    subscriptions.put(call, subscription.arn, subscription);
    if (subscription.token !== undefined) mailConfirmation(subscription, subscription.token, call);
    const pending = subscription.token !== undefined && input.ReturnSubscriptionArn !== true;
    return { SubscriptionArn: pending ? 'pending confirmation' : subscription.arn };
  },
});

export const ConfirmSubscription = operation<{ TopicArn: string; Token: string }>({
  anonymous:
    'the mailed link is opened in a browser: https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html',
  handle(input, call) {
    topicOf(call, input.TopicArn);
    for (const [arn, row] of subscriptions.list(call, { prefix: `${input.TopicArn}:` })) {
      if (row.token !== input.Token && row.attributes['ConfirmedToken'] !== input.Token) continue;
      const { token: _, ...confirmed } = row;
      subscriptions.put(call, arn, { ...confirmed, attributes: { ...row.attributes, ConfirmedToken: input.Token } });
      return { SubscriptionArn: arn };
    }
    throw new AwsError('InvalidParameter', 'Invalid token', { status: 400 });
  },
});

export const Unsubscribe = operation<{ SubscriptionArn: string }>({
  handle(input, call) {
    if (!input.SubscriptionArn.startsWith('arn:')) {
      throw new AwsError(
        'InvalidParameter',
        'Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1',
        { status: 400 },
      );
    }
    subscriptions.remove(call, input.SubscriptionArn);
    return {};
  },
});

export const ListSubscriptions = operation<{ NextToken?: string }>({
  handle: (input, call) => page(call, '', input.NextToken),
});

export const ListSubscriptionsByTopic = operation<{ TopicArn: string; NextToken?: string }>({
  handle(input, call) {
    return page(call, `${topicOf(call, input.TopicArn).arn}:`, input.NextToken);
  },
});

export const GetSubscriptionAttributes = operation<{ SubscriptionArn: string }>({
  handle(input, call) {
    const row = subscriptionOf(call, input.SubscriptionArn);
    const { ConfirmedToken: _, ...attributes } = row.attributes;
    return {
      Attributes: {
        SubscriptionArn: row.arn,
        TopicArn: row.topicArn,
        Protocol: row.protocol,
        Endpoint: row.endpoint,
        Owner: row.owner,
        PendingConfirmation: String(row.token !== undefined),
        ConfirmationWasAuthenticated: 'false',
        RawMessageDelivery: 'false',
        ...attributes,
      },
    };
  },
});

export const SetSubscriptionAttributes = operation<{
  SubscriptionArn: string;
  AttributeName: string;
  AttributeValue?: string;
}>({
  handle(input, call) {
    const row = subscriptionOf(call, input.SubscriptionArn);
    checkAttribute(input.AttributeName);
    const attributes = { ...row.attributes, [input.AttributeName]: input.AttributeValue ?? '' };
    subscriptions.put(call, row.arn, { ...row, attributes });
    return {};
  },
});

function checked(protocol: string, endpoint: string | undefined): string {
  if (!protocols.has(protocol)) {
    throw new AwsError('InvalidParameter', `Invalid parameter: Does not support this protocol string: ${protocol}`, {
      status: 400,
    });
  }
  if (!built.has(protocol)) {
    throw new AwsError(
      'NotImplemented',
      `sns:Subscribe with the protocol ${protocol} is not built in this range yet.`,
      { status: 501 },
    );
  }
  if (endpoint === undefined || endpoint === '') {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Endpoint must match the specified protocol', {
      status: 400,
    });
  }
  if (protocol.startsWith('email') && !/^[^@\s]+@[^@\s]+$/.test(endpoint)) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Email address', { status: 400 });
  }
  if (protocol === 'lambda' && !/^arn:aws:lambda:[^:]+:\d{12}:function:/.test(endpoint)) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Lambda endpoint ARN', { status: 400 });
  }
  return endpoint;
}

function checkAttribute(name: string): void {
  if (settable.has(name)) return;
  if (
    name === 'FilterPolicy' ||
    name === 'FilterPolicyScope' ||
    name === 'SubscriptionRoleArn' ||
    name === 'ReplayPolicy'
  ) {
    throw new AwsError('NotImplemented', `The subscription attribute ${name} is not built in this range yet.`, {
      status: 501,
    });
  }
  throw new AwsError('InvalidParameter', 'Invalid parameter: AttributeName', { status: 400 });
}

function page(call: Call, prefix: string, after: string | undefined) {
  const rows = [
    ...subscriptions.list(call, { prefix, ...(after === undefined ? {} : { after }), limit: pageSize + 1 }),
  ];
  const shown = rows.slice(0, pageSize);
  return {
    Subscriptions: shown.map(([, row]) => ({
      SubscriptionArn: row.token === undefined ? row.arn : 'PendingConfirmation',
      Owner: row.owner,
      Protocol: row.protocol,
      Endpoint: row.endpoint,
      TopicArn: row.topicArn,
    })),
    ...(rows.length > pageSize ? { NextToken: shown.at(-1)?.[0] } : {}),
  };
}

function mailConfirmation(subscription: Subscription, token: string, call: Call): void {
  const link = `${call.endpoint}/?Action=ConfirmSubscription&Version=2010-03-31&TopicArn=${encodeURIComponent(subscription.topicArn)}&Token=${token}`;
  deliverMail(call.tx, {
    to: subscription.endpoint,
    from: 'no-reply@sns.amazonaws.com',
    subject: 'AWS Notification - Subscription Confirmation',
    body: [
      'You have chosen to subscribe to the topic: ',
      subscription.topicArn,
      '',
      'To confirm this subscription, click or visit the link below (If this was in error no action is necessary): ',
      link,
      '',
    ].join('\n'),
    time: call.time,
    account: call.account,
  });
}
