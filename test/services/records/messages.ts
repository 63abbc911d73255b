import { EventBridgeClient, PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, DeleteTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Documented } from './documented.ts';

const snsGuide = 'https://docs.aws.amazon.com/sns/latest/dg/sns-logging-using-cloudtrail.html';

export const ofMessages: Readonly<Record<string, Documented>> = {
  CreateTopic: {
    page: snsGuide,
    by: 'user',
    make: ({ user }) => new SNSClient(user).send(new CreateTopicCommand({ Name: 'hello' })),
    request: { name: 'text' },
    response: { topicArn: 'arn' },
  },
  Publish: {
    page: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-events.html',
    by: 'session',
    make: ({ session, topic }) =>
      new SNSClient(session).send(
        new PublishCommand({
          TopicArn: topic,
          Message: '{"default":"hidden"}',
          Subject: 'hidden',
          MessageStructure: 'json',
          MessageAttributes: { a: { DataType: 'String', StringValue: 'hidden' } },
        }),
      ),
    request: {
      topicArn: 'arn',
      message: 'hidden',
      subject: 'hidden',
      messageStructure: 'text',
      messageAttributes: 'hidden',
    },
    response: { messageId: 'text' },
    more: { resources: [{ accountId: 'text', type: 'text', ARN: 'arn' }] },
  },
  DeleteTopic: {
    page: snsGuide,
    by: 'user',
    make: ({ user, topic }) => new SNSClient(user).send(new DeleteTopicCommand({ TopicArn: topic })),
    request: { topicArn: 'arn' },
    response: null,
  },
  PutRule: {
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html',
    by: 'user',
    make: ({ user }) =>
      new EventBridgeClient(user).send(
        new PutRuleCommand({ Name: 'mine', Description: '', State: 'ENABLED', EventPattern: '{"source":["aws.ec2"]}' }),
      ),
    request: { description: 'text', name: 'text', state: 'text', eventPattern: 'text' },
    response: { ruleArn: 'arn' },
    more: { apiVersion: 'text' },
  },
  PutEvents: {
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html',
    by: 'session',
    make: ({ session }) =>
      new EventBridgeClient(session).send(
        new PutEventsCommand({
          Entries: [{ Source: 'mine', DetailType: 'Mine', Detail: '{"a":1}', EventBusName: 'default' }],
        }),
      ),
    request: { entries: [{ source: 'text', detailType: 'text', detail: 'hidden', eventBusName: 'text' }] },
    response: { failedEntryCount: 'number', entries: [{ eventId: 'text' }] },
    more: { apiVersion: 'text', resources: [{ type: 'text', ARN: 'arn' }] },
  },
};
