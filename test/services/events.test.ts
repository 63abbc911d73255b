import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateUserCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mails } from '../../src/range/mailbox.ts';
import { administratorOf } from '../support/administrator.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let events: EventBridgeClient;
let topic: string;

beforeAll(async () => {
  range = await testRange();
  events = new EventBridgeClient(range.as());
  topic = await mailedTopic('us-west-2');
});
afterAll(() => range.close());

async function mailedTopic(region: string): Promise<string> {
  const sns = new SNSClient(range.as(undefined, region));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'mailed' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
  const link = /http\S+/.exec([...mails(range.store)].at(-1)?.[1].body ?? '')?.[0] ?? '';
  await fetch(link);
  return TopicArn ?? '';
}

async function allow(arn: string): Promise<void> {
  const Statement = [
    { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: arn },
  ];
  const region = arn.split(':')[3];
  const sns = new SNSClient(range.as(undefined, region));
  const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
  await sns.send(new SetTopicAttributesCommand({ TopicArn: arn, AttributeName: 'Policy', AttributeValue }));
}

const bodies = () => [...mails(range.store)].map(([, mail]) => mail.body).filter((body) => !body.includes('http'));

test('an event reaches the topic of a rule that matches it, transformed, once the topic lets EventBridge in', async () => {
  await events.send(new PutRuleCommand({ Name: 'orders', EventPattern: JSON.stringify({ source: ['shop'] }) }));
  const InputTransformer = { InputPathsMap: { id: '$.detail.id' }, InputTemplate: '"order <id>"' };
  await events.send(new PutTargetsCommand({ Rule: 'orders', Targets: [{ Id: 't', Arn: topic, InputTransformer }] }));
  const order = (id: number, Source = 'shop') => ({ Source, DetailType: 'Order', Detail: JSON.stringify({ id }) });
  await events.send(new PutEventsCommand({ Entries: [order(1)] }));
  await range.pass(1000);
  expect(bodies()).toEqual([]);
  await allow(topic);
  await events.send(new PutEventsCommand({ Entries: [order(2), order(3, 'elsewhere')] }));
  await range.pass(1000);
  expect(bodies()).toEqual(['"order 2"']);
});

test('an entry that is refused says why and does not stop the others', async () => {
  const { FailedEntryCount, Entries } = await events.send(
    new PutEventsCommand({
      Entries: [
        { Source: 'aws.guardduty', DetailType: 'GuardDuty Finding', Detail: '{}' },
        { Source: 'shop', DetailType: 'Order', Detail: 'no json' },
        { Source: 'shop', DetailType: 'Order', Detail: '{}' },
      ],
    }),
  );
  expect(FailedEntryCount).toBe(2);
  expect(Entries?.map((entry) => entry.ErrorCode)).toEqual([
    'NotAuthorizedForSourceException',
    'MalformedDetail',
    undefined,
  ]);
});

test("a change that CloudTrail records reaches a rule on it, in IAM's own region; a call that reads does not", async () => {
  const there = new EventBridgeClient(range.as(undefined, 'us-east-1'));
  const eastern = await mailedTopic('us-east-1');
  await allow(eastern);
  const EventPattern = JSON.stringify({ 'detail-type': ['AWS API Call via CloudTrail'], source: ['aws.iam'] });
  await there.send(new PutRuleCommand({ Name: 'iam', EventPattern }));
  await there.send(
    new PutTargetsCommand({ Rule: 'iam', Targets: [{ Id: 't', Arn: eastern, InputPath: '$.detail.eventName' }] }),
  );
  const iam = new IAMClient(range.as());
  await iam.send(new CreateUserCommand({ UserName: 'new' }));
  await iam.send(new ListUsersCommand({}));
  await range.pass(1000);
  expect(bodies().slice(-1)).toEqual(['"CreateUser"']);
});

test.each([
  ['an Arn', { Arn: 'orders' }, 'Parameter orders is not valid. Reason: Provided Arn is not in correct format.'],
  ['an Input', { Input: 'env:dev' }, 'JSON syntax error in input for target t: [Source: (String)"env:dev"]'],
])('%s in a wrong form is refused', async (_name, wrong, message) => {
  await events.send(new PutRuleCommand({ Name: 'formed', EventPattern: '{"source":["x"]}' }));
  const put = new PutTargetsCommand({ Rule: 'formed', Targets: [{ Id: 't', Arn: topic, ...wrong }] });
  await expect(events.send(put)).rejects.toThrow(message);
});

test('a schedule fires in virtual time until its rule goes', async () => {
  const before = bodies().length;
  await events.send(new PutRuleCommand({ Name: 'tick', ScheduleExpression: 'rate(5 minutes)' }));
  await events.send(new PutTargetsCommand({ Rule: 'tick', Targets: [{ Id: 't', Arn: topic, Input: '"tick"' }] }));
  await range.pass(16 * 60_000);
  expect(bodies().length - before).toBe(3);
  await expect(events.send(new DeleteRuleCommand({ Name: 'tick' }))).rejects.toThrow(
    "Rule can't be deleted since it has targets.",
  );
  await events.send(new RemoveTargetsCommand({ Rule: 'tick', Ids: ['t'] }));
  await events.send(new DeleteRuleCommand({ Name: 'tick' }));
  await range.pass(16 * 60_000);
  expect(bodies().length - before).toBe(3);
});

test('a schedule rests while its rule is off, and fires once each time when it is on again', async () => {
  const before = bodies().length;
  await events.send(new PutRuleCommand({ Name: 'rest', ScheduleExpression: 'rate(5 minutes)' }));
  await events.send(new PutTargetsCommand({ Rule: 'rest', Targets: [{ Id: 't', Arn: topic, Input: '"rest"' }] }));
  await events.send(new DisableRuleCommand({ Name: 'rest' }));
  await range.pass(16 * 60_000);
  expect(bodies().length - before).toBe(0);
  await events.send(new EnableRuleCommand({ Name: 'rest' }));
  await events.send(new EnableRuleCommand({ Name: 'rest' }));
  await range.pass(16 * 60_000);
  expect(bodies().length - before).toBe(3);
  const { RuleNames } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn: topic }));
  expect(RuleNames).toContain('rest');
  const elsewhere = new ListRuleNamesByTargetCommand({ TargetArn: `${topic}-other` });
  expect((await events.send(elsewhere)).RuleNames).toEqual([]);
  await events.send(new RemoveTargetsCommand({ Rule: 'rest', Ids: ['t'] }));
  await events.send(new DeleteRuleCommand({ Name: 'rest' }));
});

test('an event reaches a log group, also when a kill came after its stream was made', async () => {
  // Of its own, since the other tests' rules make work, too.
  const own = await testRange();
  const call = administratorOf(own);
  const logGroupName = '/aws/events/shop';
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  ];
  await call('logs.CreateLogGroup', { logGroupName });
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await call('logs.PutResourcePolicy', { policyName: 'events', policyDocument });
  await call('events.PutRule', { Name: 'kept', EventPattern: JSON.stringify({ 'detail-type': ['Paid'] }) });
  const Arn = `arn:aws:logs:us-west-2:${own.account}:log-group:${logGroupName}`;
  await call('events.PutTargets', { Rule: 'kept', Targets: [{ Id: 'log', Arn }] });
  // The event and its delivery are the next two pieces of work.
  const seq = (own.store.get<number>('outbox', 'seq') ?? 0) + 2;
  const logStreamName = `events.delivery-${own.account}-${seq}`;
  await call('logs.CreateLogStream', { logGroupName, logStreamName });
  await call('events.PutEvents', { Entries: [{ Source: 'ledger', DetailType: 'Paid', Detail: '{"id":7}' }] });
  await own.pass(1000);
  const { events: lines } = await call('logs.FilterLogEvents', { logGroupName });
  expect(lines).toMatchObject([{ logStreamName, message: expect.stringContaining('{"id":7}') }]);
  await own.close();
});

test.each([
  ['{"source":["a"', 'InvalidEventPatternException'],
  ['{"source":"a"}', 'InvalidEventPatternException'],
])('a pattern like %s is refused', async (EventPattern, name) => {
  await expect(events.send(new PutRuleCommand({ Name: 'bad', EventPattern }))).rejects.toMatchObject({ name });
  const { Rules } = await events.send(new ListRulesCommand({ NamePrefix: 'bad' }));
  expect(Rules).toEqual([]);
});
