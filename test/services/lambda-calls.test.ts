import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { AddPermissionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropped } from '../../src/range/services/lambda/tables.ts';
import { type FunctionsOfRange, functionsOfRange } from '../support/functions-of-range.ts';

let our: FunctionsOfRange;

beforeAll(async () => {
  our = await functionsOfRange();
});
afterAll(() => our.range.close());

test('an event is tried three times and then dropped; one that succeeds runs once', async () => {
  await our.create(
    'flaky',
    'export const handler = ({ fail }) => { console.log("run"); if (fail) throw new Error("no"); };',
  );
  const before = our.range.clock.now();
  const send = (payload: object) =>
    our.lambda.send(
      new InvokeCommand({ FunctionName: 'flaky', InvocationType: 'Event', Payload: JSON.stringify(payload) }),
    );
  expect((await send({})).StatusCode).toBe(202);
  await our.range.pass(10_000);
  expect(await our.logOf('flaky', 'run')).toHaveLength(1);
  await send({ fail: true });
  await our.range.pass(50_000);
  expect(await our.logOf('flaky', 'run')).toHaveLength(2);
  await our.range.pass(60_000);
  expect(await our.logOf('flaky', 'run')).toHaveLength(3);
  await our.range.pass(300_000);
  expect(await our.logOf('flaky', 'run')).toHaveLength(4);
  const scope = { tx: our.range.store, account: our.range.account, region: 'us-west-2' };
  expect([...dropped.list(scope)].map(([, row]) => row)).toMatchObject([{ function: 'flaky', attempts: 3 }]);
  expect(our.range.clock.now()).toBe(before + 420_000);
});

test('an event of one function does not wait for those of another', async () => {
  const sleeping = (ms: number) =>
    `export const handler = async () => { await new Promise((r) => setTimeout(r, ${ms})); console.log("woke"); };`;
  await our.create('dozer', sleeping(300_000), { Timeout: 600 });
  await our.create('awake', sleeping(0));
  for (const FunctionName of ['dozer', 'awake']) {
    await our.lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
  }
  await our.range.pass(60_000);
  expect(await our.logOf('awake', 'woke')).toHaveLength(1);
  await our.range.pass(300_000);
  expect(await our.logOf('dozer', 'woke')).toHaveLength(1);
});

test('a rule of EventBridge and a topic of SNS run a function once its policy lets them', async () => {
  const { FunctionArn = '' } = await our.create(
    'target',
    'export const handler = (input) => console.log(JSON.stringify(input));',
  );
  const events = new EventBridgeClient(our.range.as());
  const sns = new SNSClient(our.range.as());
  await events.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["shop"]}' }));
  await events.send(new PutTargetsCommand({ Rule: 'orders', Targets: [{ Id: 't', Arn: FunctionArn }] }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'orders' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: FunctionArn }));
  const both = async (text: string) => {
    const Entries = [{ Source: 'shop', DetailType: 'Order', Detail: JSON.stringify({ text: `${text} by event` }) }];
    await events.send(new PutEventsCommand({ Entries }));
    await sns.send(new PublishCommand({ TopicArn, Message: `${text} by topic` }));
    await our.range.pass(5_000);
  };
  await both('early');
  for (const service of ['events', 'sns']) {
    await our.lambda.send(
      new AddPermissionCommand({
        FunctionName: 'target',
        StatementId: service,
        Action: 'lambda:InvokeFunction',
        Principal: `${service}.amazonaws.com`,
        SourceAccount: our.range.account,
      }),
    );
  }
  await both('late');
  expect(await our.logOf('target', '"late by event"')).toHaveLength(1);
  expect(await our.logOf('target', '"late by topic"')).toHaveLength(1);
  expect(await our.logOf('target', '"early by event"')).toHaveLength(0);
});
