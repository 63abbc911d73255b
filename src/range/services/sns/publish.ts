import { AwsError } from '../../../aws/error.ts';
import { parameters, redacted } from '../../chain/parameters.ts';
import { deliverMail } from '../../mailbox.ts';
import type { Consumer, Work } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { messageBytesMax, subjectLengthMax } from './limits.ts';
import { retryDelayMs } from './retry.ts';
import { invalid, type Subscription, subscriptions, topicOf } from './tables.ts';

interface Message {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly text: string;
  /** Of `MessageStructure: json`: by protocol. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly attributes?: unknown;
}

export const Publish = operation<{
  TopicArn?: string;
  TargetArn?: string;
  Message: string;
  Subject?: string;
  MessageStructure?: string;
  MessageAttributes?: Record<string, unknown>;
}>({
  trail: {
    seen: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-events.html',
    category: 'Data',
    request: (input) => parameters(masked(input)),
    resources: (input, call) => {
      const ARN = input['TopicArn'] ?? input['TargetArn'];
      return typeof ARN === 'string' ? [{ accountId: call.account, type: 'AWS::SNS::Topic', ARN }] : [];
    },
  },
  handle(input, call) {
    const target = input.TopicArn ?? input.TargetArn;
    if (target === undefined) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
    const topic = topicOf(call, target);
    if (input.Message === '')
      throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message', { status: 400 });
    if (Buffer.byteLength(input.Message) > messageBytesMax) {
      throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long', { status: 400 });
    }
    if (input.Subject !== undefined && (input.Subject.length > subjectLengthMax || /[\n\r]/.test(input.Subject))) {
      throw new AwsError('InvalidParameter', 'Invalid parameter: Subject', { status: 400 });
    }
    const message: Message = {
      messageId: call.ids.uuid(),
      topicArn: topic.arn,
      text: input.Message,
      ...(input.Subject === undefined ? {} : { subject: input.Subject }),
      ...(input.MessageStructure === 'json' ? { texts: byProtocol(input.Message) } : {}),
      ...(input.MessageAttributes === undefined ? {} : { attributes: input.MessageAttributes }),
    };
    call.later('sns.delivery', message);
    return { MessageId: message.messageId };
  },
});

function byProtocol(text: string): Record<string, string> {
  const complain = (why: string) =>
    new AwsError('InvalidParameter', `Invalid parameter: Message Structure - ${why}`, { status: 400 });
  let texts: Record<string, unknown>;
  try {
    texts = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw complain('JSON message body failed to parse');
  }
  if (typeof texts['default'] !== 'string') throw complain('No default entry in JSON message body');
  return Object.fromEntries(Object.entries(texts).map(([protocol, each]) => [protocol, String(each)]));
}

export const delivery: Consumer<Message> = {
  topic: 'sns.delivery',
  async handle(message, work) {
    await work.commit((scope) => {
      const confirmed = [...subscriptions.list(scope, { prefix: `${message.topicArn}:` })]
        .map(([, row]) => row)
        .filter(({ token }) => token === undefined);
      for (const subscription of confirmed) {
        if (subscription.protocol === 'lambda') scope.later('sns.lambda', { message, subscription, failures: 0 });
        else deliverMail(scope.tx, mail(message, subscription, work));
      }
    });
  },
};

interface ToLambda {
  readonly message: Message;
  readonly subscription: Subscription;
  readonly failures: number;
}

/** A subscription's own work, so that a function that fails is tried again without mailing anybody twice. */
export const lambdaDelivery: Consumer<ToLambda> = {
  topic: 'sns.lambda',
  async handle({ message, subscription, failures }, work) {
    const [, , , region = work.region] = subscription.endpoint.split(':');
    try {
      await work.invoke({
        as: { kind: 'service', service: 'sns.amazonaws.com', sourceArn: message.topicArn, sourceAccount: work.account },
        account: work.account,
        region,
        service: 'lambda',
        operation: 'Invoke',
        input: {
          FunctionName: subscription.endpoint,
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify(records(message, subscription, work))),
        },
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const delay = isClients(error) ? undefined : retryDelayMs(failures + 1);
      const again: ToLambda = { message, subscription, failures: failures + 1 };
      return work.commit((scope) => {
        if (delay !== undefined) scope.later('sns.lambda', again, work.now() + delay);
      });
    }
    await work.commit(() => {});
  },
};

/** What another try does not cure ends a delivery at once. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
function isClients(error: AwsError): boolean {
  return !/Throttl|TooManyRequests|ServiceException|Unavailable|InternalFailure/.test(error.code);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function records(message: Message, subscription: Subscription, work: Work) {
  return {
    Records: [
      {
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        EventSource: 'aws:sns',
        Sns: {
          Type: 'Notification',
          MessageId: message.messageId,
          TopicArn: message.topicArn,
          Subject: message.subject ?? null,
          Message: message.texts?.['lambda'] ?? message.texts?.['default'] ?? message.text,
          Timestamp: new Date(work.now()).toISOString(),
          MessageAttributes: message.attributes ?? {},
        },
      },
    ],
  };
}

function mail(message: Message, subscription: Subscription, work: Work) {
  const text = message.texts?.[subscription.protocol] ?? message.texts?.['default'] ?? message.text;
  const body =
    subscription.protocol === 'email-json'
      ? JSON.stringify({
          Type: 'Notification',
          MessageId: message.messageId,
          TopicArn: message.topicArn,
          Message: text,
        })
      : text;
  return {
    to: subscription.endpoint,
    from: 'no-reply@sns.amazonaws.com',
    subject: message.subject ?? 'AWS Notification Message',
    body,
    time: work.now(),
    account: work.account,
  };
}

/** What a message says is no business of a log's readers. */
function masked(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const secret = ['Message', 'Subject', 'MessageAttributes'].filter((name) => input[name] !== undefined);
  return { ...input, ...Object.fromEntries(secret.map((name) => [name, redacted])) };
}
