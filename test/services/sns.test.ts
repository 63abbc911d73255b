import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetTopicAttributesCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mails } from '../../src/range/mailbox.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let sns: SNSClient;

beforeAll(async () => {
  range = await testRange();
  sns = new SNSClient(range.as());
});
afterAll(() => range.close());

test('a message reaches a confirmed subscription by mail, and no other', async () => {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'yes@example.com' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'never@example.com' }));
  const confirmation = [...mails(range.store)].find(([, mail]) => mail.to === 'yes@example.com')?.[1];
  const token = /Token=(\w+)/.exec(confirmation?.body ?? '')?.[1];
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: token }));
  await sns.send(new PublishCommand({ TopicArn, Subject: 'hi', Message: 'hello' }));
  await range.pass(0);
  const news = [...mails(range.store)].map(([, mail]) => mail).filter(({ subject }) => subject === 'hi');
  expect(news.map(({ to, body }) => ({ to, body }))).toEqual([{ to: 'yes@example.com', body: 'hello' }]);
});

test('the mailed link confirms without a signature, and a wrong token does not', async () => {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'links' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'link@example.com' }));
  const link =
    /http\S+/.exec([...mails(range.store)].find(([, mail]) => mail.to === 'link@example.com')?.[1].body ?? '')?.[0] ??
    '';
  expect((await fetch(link.replace(/Token=\w/, 'Token=x'))).status).toBe(400);
  expect((await fetch(link)).status).toBe(200);
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes?.['SubscriptionsConfirmed']).toBe('1');
});
