import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import {
  CreateRoleCommand,
  DeleteAccountPasswordPolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterEach, expect, test } from 'vitest';
import { zipOf } from '../functions/zip-of.ts';
import { allow, trust } from '../support/identities.ts';
import { type TestRange, testRange } from '../support/range.ts';

// What AWS does later, over the gateway and in virtual time: the hours of a day pass in moments, each at its minute.
const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
let range: TestRange;
afterEach(() => range.close());

/** A function that tells what it was called with, and fails where it is told to; answers when it ran, from now on. */
async function told(FunctionName: string, more: { readonly concurrency?: number } = {}) {
  const iam = new IAMClient(range.as());
  const RoleName = `${FunctionName}-role`;
  const AssumeRolePolicyDocument = trust({ Service: 'lambda.amazonaws.com' });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'logs', PolicyDocument: allow('logs:*', '*') }));
  const lambda = new LambdaClient(range.as());
  const code = `export const handler = (event) => {
    console.log('seen', JSON.stringify(event));
    if (event.fail) throw new Error('as told');
  };`;
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: Role?.Arn,
      Code: { ZipFile: zipOf({ 'index.mjs': code }) },
    }),
  );
  for (const service of ['events', 'sns']) {
    const Principal = `${service}.amazonaws.com`;
    await lambda.send(
      new AddPermissionCommand({ FunctionName, StatementId: service, Action: 'lambda:InvokeFunction', Principal }),
    );
  }
  if (more.concurrency !== undefined) {
    const ReservedConcurrentExecutions = more.concurrency;
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  }
  const began = range.clock.now();
  const logs = new CloudWatchLogsClient(range.as());
  const ran = async () => {
    const filter = { logGroupName: `/aws/lambda/${FunctionName}`, filterPattern: 'seen' };
    const { events = [] } = await logs.send(new FilterLogEventsCommand(filter)).catch(() => ({ events: [] }));
    return events.map(({ timestamp = 0, message = '' }) => ({ after: timestamp - began, message }));
  };
  return { FunctionArn, lambda, ran, after: async () => (await ran()).map(({ after }) => after) };
}

async function ruleTo(Arn: string, pattern: object): Promise<EventBridgeClient> {
  const events = new EventBridgeClient(range.as());
  await events.send(new PutRuleCommand({ Name: 'rule', EventPattern: JSON.stringify(pattern) }));
  await events.send(new PutTargetsCommand({ Rule: 'rule', Targets: [{ Id: 'function', Arn }] }));
  return events;
}

test('a function that fails is tried again after one minute, then after two, and no more', async () => {
  range = await testRange();
  const { lambda, after } = await told('failing');
  const Payload = JSON.stringify({ fail: true });
  await lambda.send(new InvokeCommand({ FunctionName: 'failing', InvocationType: 'Event', Payload }));
  await range.pass(hours);
  expect(await after()).toEqual([0, 1 * minutes, 3 * minutes]);
});

test('a rule tries a throttled target again at growing distances, and so does a topic by its own schedule', async () => {
  range = await testRange();
  const { FunctionArn, lambda, ran } = await told('busy', { concurrency: 0 });
  const events = await ruleTo(FunctionArn, { source: ['shop'] });
  const sns = new SNSClient(range.as());
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'orders' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: FunctionArn }));
  await events.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'by the rule', Detail: '{}' }] }));
  await sns.send(new PublishCommand({ TopicArn, Message: 'by the topic' }));
  await range.pass(10 * minutes);
  expect(await ran()).toEqual([]);
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'busy' }));
  await range.pass(10 * minutes);
  const late = await ran();
  expect(late.map(({ message }) => /by the (rule|topic)/.exec(message)?.[1])).toEqual(['topic', 'rule']);
  const [topic, rule] = late.map(({ after }) => after - 10 * minutes);
  expect(topic).toBeLessThanOrEqual(20 * seconds);
  expect(rule).toBeGreaterThan(20 * seconds);
});

test.each([
  ['FIFTEEN_MINUTES', 15 * minutes],
  ['ONE_HOUR', 1 * hours],
  ['SIX_HOURS', 6 * hours],
] as const)('a new finding is told after five minutes, what recurs at %s', async (frequency, interval) => {
  range = await testRange();
  const { FunctionArn, ran } = await told('told');
  await ruleTo(FunctionArn, { 'detail-type': ['GuardDuty Finding'] });
  const guardduty = new GuardDutyClient(range.as());
  await guardduty.send(new CreateDetectorCommand({ Enable: true, FindingPublishingFrequency: frequency }));
  const attempt = () =>
    new IAMClient(range.as()).send(new DeleteAccountPasswordPolicyCommand({})).catch(() => undefined);
  await attempt();
  await range.pass(6 * minutes);
  await attempt();
  await attempt();
  await range.pass(interval);
  await range.pass(interval);
  await attempt();
  await range.pass(interval);
  const counts = (await ran()).map(({ after, message }) => [after, /"count":(\d+)/.exec(message)?.[1]]);
  expect(counts).toEqual([
    [5 * minutes, '1'],
    [5 * minutes + interval, '3'],
    [5 * minutes + 3 * interval, '4'],
  ]);
});
