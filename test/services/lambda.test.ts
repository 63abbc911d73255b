import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutside } from '../../src/range/network/outside.ts';
import { dropped } from '../../src/range/services/lambda/tables.ts';
import { zipOf } from '../functions/zip-of.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let lambda: LambdaClient;
let iam: IAMClient;
let role: string;

beforeAll(async () => {
  range = await testRange();
  lambda = new LambdaClient({ ...range.as(), maxAttempts: 1 });
  iam = new IAMClient(range.as());
  role = await newRole('runner', 'lambda.amazonaws.com');
});
afterAll(() => range.close());

const logRights = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

async function newRole(RoleName: string, Service: string): Promise<string> {
  const Statement = [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await allow(RoleName, logRights);
  return Role?.Arn ?? '';
}

function allow(RoleName: string, Action: readonly string[]) {
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });
  return iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'logs', PolicyDocument }));
}

async function create(FunctionName: string, code: string, more: Partial<CreateFunctionCommandInput> = {}) {
  return lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: role,
      Code: { ZipFile: zipOf({ 'index.mjs': code }) },
      ...more,
    }),
  );
}

/** Calls, and lets virtual time pass as far as the function needs. */
async function invoke(FunctionName: string, payload: unknown = {}, more: object = {}) {
  let over = false;
  const answer = lambda
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload), ...more }))
    .finally(() => {
      over = true;
    });
  answer.catch(() => undefined);
  while (!over) {
    await range.pass(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { Payload, ...rest } = await answer;
  const text = Payload?.transformToString() ?? '';
  return { ...rest, answer: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

async function logOf(name: string, filterPattern = ''): Promise<readonly string[]> {
  const logs = new CloudWatchLogsClient(range.as());
  const { events } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, filterPattern }),
  );
  return (events ?? []).map(({ message }) => message ?? '');
}

async function records(AttributeValue: string): Promise<readonly Record<string, unknown>[]> {
  const trail = new CloudTrailClient(range.as());
  await range.pass(15 * 60_000);
  const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue }];
  const { Events } = await trail.send(new LookupEventsCommand({ LookupAttributes }));
  return (Events ?? []).map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '{}') as Record<string, unknown>);
}

const outside = createOutside([], '203.0.113.10');

const whoAmI = `
  import { createHash, createHmac } from 'node:crypto';
  const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
  export async function handler() {
    const { AWS_ENDPOINT_URL: url, AWS_REGION: region, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = process.env;
    const body = 'Action=GetCallerIdentity&Version=2011-06-15';
    const date = new Date().toISOString().replace(/[-:]|\\.\\d+/g, '');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', host: new URL(url).host, 'x-amz-date': date, 'x-amz-security-token': token };
    const names = Object.keys(headers).sort();
    const hash = (text) => createHash('sha256').update(text).digest('hex');
    const canonical = ['POST', '/', '', ...names.map((name) => name + ':' + headers[name]), '', names.join(';'), hash(body)].join('\\n');
    const scope = [date.slice(0, 8), region, 'sts', 'aws4_request'].join('/');
    const key = scope.split('/').reduce(hmac, 'AWS4' + secret);
    const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\\n')).toString('hex');
    const authorization = 'AWS4-HMAC-SHA256 Credential=' + id + '/' + scope + ', SignedHeaders=' + names.join(';') + ', Signature=' + signature;
    const answer = await (await fetch(url, { method: 'POST', body, headers: { ...headers, authorization } })).text();
    return /<Arn>(.*)<\\/Arn>/.exec(answer)?.[1] ?? answer;
  }`;

test('a function calls AWS as its role, and its log is in CloudWatch Logs', async () => {
  await create('who', whoAmI);
  const { answer, StatusCode, ExecutedVersion, LogResult } = await invoke('who', {}, { LogType: 'Tail' });
  expect(answer).toBe(`arn:aws:sts::${range.account}:assumed-role/runner/who`);
  expect({ StatusCode, ExecutedVersion }).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(Buffer.from(LogResult ?? '', 'base64').toString()).toMatch(/^START RequestId: /);
  expect((await logOf('who')).map((line) => line.split(' ')[0])).toEqual(['START', 'END', 'REPORT']);
  await invoke('who');
  expect(await logOf('who', 'START')).toHaveLength(2);
  const [call] = await records('GetCallerIdentity');
  expect(outside.awsRegion(String(call?.['sourceIPAddress']))).toBe('us-west-2');
  expect(call).toMatchObject({ userIdentity: { type: 'AssumedRole', accessKeyId: expect.stringMatching(/^ASIA/) } });
  const [assumed] = await records('AssumeRole');
  expect(assumed).toMatchObject({ userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' } });
});

test('code comes from S3 with the rights of who creates the function', async () => {
  const s3 = new S3Client({ ...range.as(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'code-of-functions' }));
  const Body = zipOf({ 'index.mjs': 'export const handler = async () => "from S3";' });
  await s3.send(new PutObjectCommand({ Bucket: 'code-of-functions', Key: 'f.zip', Body }));
  await create('f', '', { Code: { S3Bucket: 'code-of-functions', S3Key: 'f.zip' } });
  expect((await invoke('f')).answer).toBe('from S3');
  await expect(create('g', '', { Code: { S3Bucket: 'code-of-functions', S3Key: 'none' } })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  });
});

test('a function whose credentials ended gets new ones', async () => {
  await create('lasting', whoAmI);
  await invoke('lasting');
  await range.pass(3_600_000);
  expect((await invoke('lasting')).answer).toBe(`arn:aws:sts::${range.account}:assumed-role/runner/lasting`);
});

test('what a function throws is its answer, and its log says it', async () => {
  await create('thrower', 'export async function handler() { console.log("about to"); throw new RangeError("no"); }');
  const { answer, FunctionError, StatusCode } = await invoke('thrower');
  expect({ FunctionError, StatusCode }).toEqual({ FunctionError: 'Unhandled', StatusCode: 200 });
  expect(answer).toMatchObject({ errorType: 'RangeError', errorMessage: 'no' });
  expect((await logOf('thrower', '"about to"'))[0]).toContain('INFO\tabout to');
});

const sleeper = `
  export const handler = ({ ms }) => new Promise((resolve) => {
    const began = Date.now();
    setTimeout(() => resolve(Date.now() - began), ms);
  });`;

test('a function waits in virtual time, up to its limit', async () => {
  await create('sleeper', sleeper, { Timeout: 10 });
  const before = range.clock.now();
  expect((await invoke('sleeper', { ms: 5000 })).answer).toBe(5000);
  expect(range.clock.now() - before).toBeGreaterThanOrEqual(5000);
  const { answer, FunctionError } = await invoke('sleeper', { ms: 60_000 });
  expect(FunctionError).toBe('Unhandled');
  expect(answer).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(await logOf('sleeper', '"timed out"')).toHaveLength(1);
});

test('python runs where the machine has it', async () => {
  const code = 'import os\ndef handler(event, context):\n    return [event["n"] + 1, context.function_name]\n';
  await create('snake', '', {
    Runtime: 'python3.12',
    Handler: 'main.handler',
    Code: { ZipFile: zipOf({ 'main.py': code }) },
  });
  expect((await invoke('snake', { n: 1 })).answer).toEqual([2, 'snake']);
});

test('an event is tried three times and then dropped; one that succeeds runs once', async () => {
  await create(
    'flaky',
    'export const handler = ({ fail }) => { console.log("run"); if (fail) throw new Error("no"); };',
  );
  const before = range.clock.now();
  const send = (payload: object) =>
    lambda.send(
      new InvokeCommand({ FunctionName: 'flaky', InvocationType: 'Event', Payload: JSON.stringify(payload) }),
    );
  expect((await send({})).StatusCode).toBe(202);
  await range.pass(10_000);
  expect(await logOf('flaky', 'run')).toHaveLength(1);
  await send({ fail: true });
  await range.pass(50_000);
  expect(await logOf('flaky', 'run')).toHaveLength(2);
  await range.pass(60_000);
  expect(await logOf('flaky', 'run')).toHaveLength(3);
  await range.pass(300_000);
  expect(await logOf('flaky', 'run')).toHaveLength(4);
  const scope = { tx: range.store, account: range.account, region: 'us-west-2' };
  expect([...dropped.list(scope)].map(([, row]) => row)).toMatchObject([{ function: 'flaky', attempts: 3 }]);
  expect(range.clock.now()).toBe(before + 420_000);
});

test('an event of one function does not wait for those of another', async () => {
  const sleeping = (ms: number) =>
    `export const handler = async () => { await new Promise((r) => setTimeout(r, ${ms})); console.log("woke"); };`;
  await create('dozer', sleeping(300_000), { Timeout: 600 });
  await create('awake', sleeping(0));
  for (const FunctionName of ['dozer', 'awake']) {
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
  }
  await range.pass(60_000);
  expect(await logOf('awake', 'woke')).toHaveLength(1);
  await range.pass(300_000);
  expect(await logOf('dozer', 'woke')).toHaveLength(1);
});

test('a rule of EventBridge and a topic of SNS run a function once its policy lets them', async () => {
  const { FunctionArn = '' } = await create(
    'target',
    'export const handler = (input) => console.log(JSON.stringify(input));',
  );
  const events = new EventBridgeClient(range.as());
  const sns = new SNSClient(range.as());
  await events.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["shop"]}' }));
  await events.send(new PutTargetsCommand({ Rule: 'orders', Targets: [{ Id: 't', Arn: FunctionArn }] }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'orders' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: FunctionArn }));
  const both = async (text: string) => {
    const Entries = [{ Source: 'shop', DetailType: 'Order', Detail: JSON.stringify({ text: `${text} by event` }) }];
    await events.send(new PutEventsCommand({ Entries }));
    await sns.send(new PublishCommand({ TopicArn, Message: `${text} by topic` }));
    await range.pass(5_000);
  };
  await both('early');
  for (const service of ['events', 'sns']) {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: 'target',
        StatementId: service,
        Action: 'lambda:InvokeFunction',
        Principal: `${service}.amazonaws.com`,
        SourceAccount: range.account,
      }),
    );
  }
  await both('late');
  expect(await logOf('target', '"late by event"')).toHaveLength(1);
  expect(await logOf('target', '"late by topic"')).toHaveLength(1);
  expect(await logOf('target', '"early by event"')).toHaveLength(0);
});

test('a role without rights on logs leaves none, and the function runs all the same', async () => {
  const mute = await newRole('mute', 'lambda.amazonaws.com');
  await iam.send(new DeleteRolePolicyCommand({ RoleName: 'mute', PolicyName: 'logs' }));
  await create('mute', 'export const handler = async () => 1;', { Role: mute });
  expect((await invoke('mute')).answer).toBe(1);
  await expect(logOf('mute')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('new code and settings hold from the next run on', async () => {
  await create('changing', 'export const handler = async () => process.env.COLOUR ?? "none";');
  expect((await invoke('changing')).answer).toBe('none');
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'changing',
      Environment: { Variables: { COLOUR: 'red' } },
    }),
  );
  expect((await invoke('changing')).answer).toBe('red');
  const ZipFile = zipOf({ 'index.mjs': 'export const handler = async () => "new " + process.env.COLOUR;' });
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'changing', ZipFile }));
  expect((await invoke('changing')).answer).toBe('new red');
  const logs = new CloudWatchLogsClient(range.as());
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/changing' }));
  expect(logStreams).toHaveLength(3);
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'changing' }));
  expect(Configuration).toMatchObject({ State: 'Active', CodeSize: ZipFile.length, Timeout: 3, MemorySize: 128 });
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'changing', ReservedConcurrentExecutions: 0 }));
  await expect(invoke('changing')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  await lambda.send(new DeleteFunctionCommand({ FunctionName: 'changing' }));
  await expect(invoke('changing')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Function not found: arn:aws:lambda:us-west-2:${range.account}:function:changing`,
  });
});

test('a policy is made of statements and goes with the last of them', async () => {
  await create('shared', 'export const handler = async () => 1;');
  const input = {
    FunctionName: 'shared',
    StatementId: 'one',
    Action: 'lambda:InvokeFunction',
    Principal: '111122223333',
  };
  await lambda.send(new AddPermissionCommand(input));
  await expect(lambda.send(new AddPermissionCommand(input))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName: 'shared' }));
  expect(JSON.parse(Policy ?? '')).toMatchObject({
    Statement: [{ Sid: 'one', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
  });
  await lambda.send(new RemovePermissionCommand({ FunctionName: 'shared', StatementId: 'one' }));
  await expect(lambda.send(new GetPolicyCommand({ FunctionName: 'shared' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('who may pass no role creates no function, and nobody lets Lambda be what does not trust it', async () => {
  const stranger = await newRole('stranger', 'ec2.amazonaws.com');
  await expect(create('refused', '', { Role: stranger })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The role defined for the function cannot be assumed by Lambda.',
  });
  await iam.send(new CreateUserCommand({ UserName: 'nobody' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' }));
  const keys = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  const theirs = new LambdaClient(range.as(keys));
  await expect(theirs.send(new InvokeCommand({ FunctionName: 'who' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      `User: arn:aws:iam::${range.account}:user/nobody is not authorized to perform: lambda:InvokeFunction on resource: ` +
      `arn:aws:lambda:us-west-2:${range.account}:function:who because no identity-based policy allows the lambda:InvokeFunction action`,
  });
});

const big = 'x'.repeat(4096);
test.each<[Partial<CreateFunctionCommandInput>, string]>([
  [
    { Runtime: 'nodejs12.x' },
    'The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use the new runtime (nodejs22.x) while creating or updating functions.',
  ],
  [{ FunctionName: 'who' }, 'Function already exist: who'],
  [{ Environment: { Variables: { AWS_REGION: 'x' } } }, 'Reserved keys used in this request: AWS_REGION'],
  [{ Environment: { Variables: { BIG: big } } }, 'exceeded the 4KB limit. String measured: {"BIG":"x'],
  [{ Timeout: 901 }, 'Member must have value less than or equal to 900'],
  [{ MemorySize: 10_241 }, 'Member must have value less than or equal to 10240'],
  [
    { Handler: undefined },
    'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
  ],
  [{ Code: { ZipFile: Buffer.from('no zip at all, only a line of text') } }, 'Could not unzip uploaded file.'],
  [{ Runtime: 'java21' }, 'lambda: the runtime java21 (nodejs* and python3* are) is not built in this range yet.'],
  [{ Publish: true }, 'lambda: a function with Publish is not built in this range yet.'],
])('a function that cannot be is refused (%#)', async (more, message) => {
  await expect(create('refused', 'export const handler = 1;', more)).rejects.toThrow(message);
});

test('CloudTrail shows calls by their dated names, without code and environment', async () => {
  await create('traced', 'export const handler = 1;', {
    Environment: { Variables: { TOKEN: 'secret' } },
    Tags: { Team: 'a' },
  });
  const record = (await records('CreateFunction20150331')).find(
    ({ requestParameters: given }) => (given as { functionName?: string }).functionName === 'traced',
  );
  expect(record).toMatchObject({
    eventSource: 'lambda.amazonaws.com',
    requestParameters: { environment: {}, code: {}, tags: { Team: 'a' }, runtime: 'nodejs22.x' },
    responseElements: { environment: {}, functionName: 'traced' },
  });
  expect(JSON.stringify(record)).not.toContain('secret');
});
