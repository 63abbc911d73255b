import { CloudWatchLogsClient, DescribeLogStreamsCommand } from '@aws-sdk/client-cloudwatch-logs';
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
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zipOf } from '../functions/zip-of.ts';
import { type FunctionsOfRange, functionsOfRange } from '../support/functions-of-range.ts';
import { allow, newUser } from '../support/identities.ts';

let our: FunctionsOfRange;

beforeAll(async () => {
  our = await functionsOfRange();
});
afterAll(() => our.range.close());

test('code comes from S3 with the rights of who creates the function', async () => {
  const s3 = new S3Client({ ...our.range.as(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'code-of-functions' }));
  const Body = zipOf({ 'index.mjs': 'export const handler = async () => "from S3";' });
  await s3.send(new PutObjectCommand({ Bucket: 'code-of-functions', Key: 'f.zip', Body }));
  await our.create('f', '', { Code: { S3Bucket: 'code-of-functions', S3Key: 'f.zip' } });
  expect((await our.invoke('f')).answer).toBe('from S3');
  await expect(our.create('g', '', { Code: { S3Bucket: 'code-of-functions', S3Key: 'none' } })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  });
});

test('new code and settings hold from the next run on', async () => {
  await our.create('changing', 'export const handler = async () => process.env.COLOUR ?? "none";');
  expect((await our.invoke('changing')).answer).toBe('none');
  await our.lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'changing',
      Environment: { Variables: { COLOUR: 'red' } },
    }),
  );
  expect((await our.invoke('changing')).answer).toBe('red');
  const ZipFile = zipOf({ 'index.mjs': 'export const handler = async () => "new " + process.env.COLOUR;' });
  await our.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'changing', ZipFile }));
  expect((await our.invoke('changing')).answer).toBe('new red');
  const logs = new CloudWatchLogsClient(our.range.as());
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/changing' }));
  expect(logStreams).toHaveLength(3);
  const { Configuration } = await our.lambda.send(new GetFunctionCommand({ FunctionName: 'changing' }));
  expect(Configuration).toMatchObject({ State: 'Active', CodeSize: ZipFile.length, Timeout: 3, MemorySize: 128 });
  await our.lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'changing', ReservedConcurrentExecutions: 0 }),
  );
  await expect(our.invoke('changing')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  await our.lambda.send(new DeleteFunctionCommand({ FunctionName: 'changing' }));
  await expect(our.invoke('changing')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Function not found: arn:aws:lambda:us-west-2:${our.range.account}:function:changing`,
  });
});

test('a policy is made of statements and goes with the last of them', async () => {
  await our.create('shared', 'export const handler = async () => 1;');
  const input = {
    FunctionName: 'shared',
    StatementId: 'one',
    Action: 'lambda:InvokeFunction',
    Principal: '111122223333',
  };
  await our.lambda.send(new AddPermissionCommand(input));
  await expect(our.lambda.send(new AddPermissionCommand(input))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  const { Policy } = await our.lambda.send(new GetPolicyCommand({ FunctionName: 'shared' }));
  expect(JSON.parse(Policy ?? '')).toMatchObject({
    Statement: [{ Sid: 'one', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
  });
  await our.lambda.send(new RemovePermissionCommand({ FunctionName: 'shared', StatementId: 'one' }));
  await expect(our.lambda.send(new GetPolicyCommand({ FunctionName: 'shared' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('a function is given a role that Lambda may assume, by somebody who may pass it', async () => {
  const stranger = await our.newRole('stranger', 'ec2.amazonaws.com');
  await expect(our.create('refused', '', { Role: stranger })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The role defined for the function cannot be assumed by Lambda.',
  });
  const { keys } = await newUser(our.range, 'maker', allow('lambda:*', '*'));
  const theirs = new LambdaClient(our.range.as(keys));
  const { input } = new CreateFunctionCommand({
    FunctionName: 'refused',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: await our.newRole('passed', 'lambda.amazonaws.com'),
    Code: { ZipFile: zipOf({ 'index.mjs': '' }) },
  });
  await expect(theirs.send(new CreateFunctionCommand(input))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      `User: arn:aws:iam::${our.range.account}:user/maker is not authorized to perform: iam:PassRole on resource: ` +
      `${input.Role} because no identity-based policy allows the iam:PassRole action`,
  });
});

test('who is allowed nothing runs nothing', async () => {
  await our.create('closed', 'export const handler = async () => 1;');
  const { keys } = await newUser(our.range, 'nobody');
  const theirs = new LambdaClient(our.range.as(keys));
  await expect(theirs.send(new InvokeCommand({ FunctionName: 'closed' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      `User: arn:aws:iam::${our.range.account}:user/nobody is not authorized to perform: lambda:InvokeFunction on resource: ` +
      `arn:aws:lambda:us-west-2:${our.range.account}:function:closed because no identity-based policy allows the lambda:InvokeFunction action`,
  });
});

const big = 'x'.repeat(4096);
test.each<[Partial<CreateFunctionCommandInput>, string]>([
  [
    { Runtime: 'nodejs12.x' },
    'The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use the new runtime (nodejs22.x) while creating or updating functions.',
  ],
  [{ FunctionName: 'shared' }, 'Function already exist: shared'],
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
  await expect(our.create('refused', 'export const handler = 1;', more)).rejects.toThrow(message);
});

test('CloudTrail shows calls by their dated names, without code and environment', async () => {
  await our.create('traced', 'export const handler = 1;', {
    Environment: { Variables: { TOKEN: 'secret' } },
    Tags: { Team: 'a' },
  });
  const record = (await our.records('CreateFunction20150331')).find(
    ({ requestParameters: given }) => (given as { functionName?: string }).functionName === 'traced',
  );
  expect(record).toMatchObject({
    eventSource: 'lambda.amazonaws.com',
    requestParameters: { environment: {}, code: {}, tags: { Team: 'a' }, runtime: 'nodejs22.x' },
    responseElements: { environment: {}, functionName: 'traced' },
  });
  expect(JSON.stringify(record)).not.toContain('secret');
});
