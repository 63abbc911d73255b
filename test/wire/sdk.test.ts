import { Readable } from 'node:stream';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, GetTrailStatusCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateDetectorCommand, GetFindingsCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import { CreateRoleCommand, GetUserCommand, IAMClient, ListUsersCommand, TagRoleCommand } from '@aws-sdk/client-iam';
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { bytesOf, echoServer } from './echo-server.ts';

const time = new Date('2026-01-05T01:02:03.000Z');
const policy = '{"Statement":[{"Effect":"Allow","Action":"*"}]}\r\n<&>';
const uploads: Buffer[] = [];

const server = await echoServer({
  'sts.GetCallerIdentity': () => ({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:root', UserId: 'x' }),
  'sts.AssumeRole': () => ({
    Credentials: { AccessKeyId: 'A', SecretAccessKey: 'S', SessionToken: 'T', Expiration: time },
    PackedPolicySize: 6,
  }),
  'iam.ListUsers': () => ({
    Users: ['a', 'b'].map((UserName) => ({ UserName, Path: '/', Arn: 'x', UserId: 'y', CreateDate: time })),
    IsTruncated: false,
  }),
  'iam.GetUser': () => {
    throw new AwsError('NoSuchEntityException', 'The user with name alice cannot be found.');
  },
  'cloudtrail.GetTrailStatus': () => ({ IsLogging: true, LatestDeliveryTime: time }),
  'cloudtrail.LookupEvents': () => {
    throw new AwsError('InvalidTimeRangeException', 'no');
  },
  'guardduty.GetFindings': () => ({
    Findings: [{ Id: 'f', Severity: 8, Service: { Count: 2, Archived: false } }],
  }),
  'guardduty.CreateDetector': () => {
    throw new AwsError('BadRequestException', 'The request is rejected.');
  },
  'lambda.Invoke': (input) => ({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: input['Payload'] }),
  'lambda.GetFunction': () => {
    throw new AwsError('ResourceNotFoundException', 'Function not found', { members: { Type: 'User' } });
  },
  'ec2.DescribeInstances': () => ({
    Reservations: [{ Instances: [{ InstanceId: 'i-1', LaunchTime: time, Tags: [{ Key: 'a', Value: 'b' }] }] }],
  }),
  'ec2.RunInstances': () => {
    throw new AwsError('InvalidAMIID.NotFound', 'The image id does not exist');
  },
  'cloudformation.DescribeStacks': () => ({
    Stacks: [{ StackName: 's', CreationTime: time, StackStatus: 'CREATE_COMPLETE', Outputs: [] }],
  }),
  's3.PutObject': async (input) => {
    uploads.push(await bytesOf(input['Body'] as AsyncIterable<Uint8Array>));
    return { ETag: '"e"' };
  },
  's3.GetObject': () => ({
    Body: Buffer.from('hello'),
    ContentLength: 5,
    ContentType: 'text/plain',
    LastModified: time,
    Metadata: { who: 'me' },
  }),
  's3.HeadObject': () => ({ ContentLength: 5, ETag: '"e"' }),
  's3.CopyObject': () => ({ CopyObjectResult: { ETag: '"e"', LastModified: time } }),
  's3.GetBucketLocation': () => ({ LocationConstraint: 'eu-west-1' }),
  's3.ListObjectsV2': () => ({ Contents: [{ Key: 'a b', Size: 1, LastModified: time }], KeyCount: 1, Name: 'bkt' }),
  's3.GetBucketAcl': () => ({
    Owner: { ID: 'o' },
    Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'o' }, Permission: 'FULL_CONTROL' }],
  }),
  's3.GetPublicAccessBlock': () => ({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
  's3.GetBucketPolicy': () => ({ Policy: policy }),
  's3.ListBuckets': () => {
    throw new AwsError('AccessDenied', 'Access Denied');
  },
  's3.HeadBucket': () => {
    throw new AwsError('NoSuchBucket', 'none', { members: { BucketName: 'bkt' } });
  },
});

const config = {
  endpoint: server.endpoint,
  region: 'us-west-2',
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
  maxAttempts: 1,
};
const bucket = new s3.S3Client({ ...config, forcePathStyle: true });

beforeAll(() => {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
});
afterAll(() => server.close());

interface Row {
  readonly call: string;
  send(): Promise<unknown>;
  /** What the handler must have seen. */
  readonly input?: object;
  readonly output?: object;
  readonly error?: object;
}

const rows: Row[] = [
  {
    call: 'sts.GetCallerIdentity',
    send: () => new STSClient(config).send(new GetCallerIdentityCommand({})),
    output: { Account: '111122223333' },
  },
  {
    call: 'sts.AssumeRole',
    send: () =>
      new STSClient(config).send(
        new AssumeRoleCommand({
          RoleArn: 'arn:aws:iam::111122223333:role/r',
          RoleSessionName: 'me',
          DurationSeconds: 900,
          Tags: [{ Key: 'k', Value: 'v w' }],
        }),
      ),
    input: { RoleSessionName: 'me', DurationSeconds: 900, Tags: [{ Key: 'k', Value: 'v w' }] },
    output: { Credentials: { Expiration: time }, PackedPolicySize: 6 },
  },
  {
    call: 'iam.ListUsers',
    send: () => new IAMClient(config).send(new ListUsersCommand({ MaxItems: 2 })),
    input: { MaxItems: 2 },
    output: { Users: [{ UserName: 'a', CreateDate: time }, { UserName: 'b' }], IsTruncated: false },
  },
  {
    call: 'iam.GetUser',
    send: () => new IAMClient(config).send(new GetUserCommand({ UserName: 'alice' })),
    error: { name: 'NoSuchEntityException', message: 'The user with name alice cannot be found.' },
  },
  {
    call: 'iam.CreateRole',
    send: () => new IAMClient(config).send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: policy })),
    input: { RoleName: 'r', AssumeRolePolicyDocument: policy },
  },
  {
    call: 'iam.TagRole',
    send: () => new IAMClient(config).send(new TagRoleCommand({ RoleName: 'r', Tags: [] })),
    input: { RoleName: 'r', Tags: [] },
  },
  {
    call: 'cloudtrail.GetTrailStatus',
    send: () => new CloudTrailClient(config).send(new GetTrailStatusCommand({ Name: 't' })),
    input: { Name: 't' },
    output: { IsLogging: true, LatestDeliveryTime: time },
  },
  {
    call: 'cloudtrail.LookupEvents',
    send: () => new CloudTrailClient(config).send(new LookupEventsCommand({ StartTime: time })),
    input: { StartTime: time },
    error: { name: 'InvalidTimeRangeException', message: 'no' },
  },
  {
    call: 'logs.PutLogEvents',
    send: () =>
      new CloudWatchLogsClient(config).send(
        new PutLogEventsCommand({
          logGroupName: 'g',
          logStreamName: 's',
          logEvents: [{ timestamp: 1, message: '\u3042' }],
        }),
      ),
    input: { logEvents: [{ timestamp: 1, message: '\u3042' }] },
  },
  {
    call: 'events.PutRule',
    send: () => new EventBridgeClient(config).send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["a"]}' })),
    input: { Name: 'r', EventPattern: '{"source":["a"]}' },
  },
  {
    call: 'events.PutTargets',
    send: () =>
      new EventBridgeClient(config).send(
        new PutTargetsCommand({
          Rule: 'r',
          Targets: [{ Id: '1', Arn: 'a', InputTransformer: { InputPathsMap: { x: '$.y' }, InputTemplate: 'z' } }],
        }),
      ),
    input: { Targets: [{ Id: '1', Arn: 'a', InputTransformer: { InputPathsMap: { x: '$.y' }, InputTemplate: 'z' } }] },
  },
  {
    call: 'sns.Publish',
    send: () =>
      new SNSClient(config).send(
        new PublishCommand({
          TopicArn: 't',
          Message: 'm',
          MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
        }),
      ),
    input: { TopicArn: 't', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } },
  },
  {
    call: 'sns.Subscribe',
    send: () =>
      new SNSClient(config).send(new SubscribeCommand({ TopicArn: 't', Protocol: 'email', Endpoint: 'a+b@c' })),
    input: { Endpoint: 'a+b@c' },
  },
  {
    call: 'guardduty.GetFindings',
    send: () => new GuardDutyClient(config).send(new GetFindingsCommand({ DetectorId: 'd', FindingIds: ['f'] })),
    input: { DetectorId: 'd', FindingIds: ['f'] },
    output: { Findings: [{ Id: 'f', Severity: 8, Service: { Count: 2, Archived: false } }] },
  },
  {
    call: 'guardduty.CreateDetector',
    send: () => new GuardDutyClient(config).send(new CreateDetectorCommand({ Enable: true })),
    error: { name: 'BadRequestException', message: 'The request is rejected.' },
  },
  {
    call: 'lambda.Invoke',
    send: () => new LambdaClient(config).send(new InvokeCommand({ FunctionName: 'f', Payload: '{"a":1}' })),
    input: { FunctionName: 'f', Payload: Buffer.from('{"a":1}') },
    output: { StatusCode: 200, ExecutedVersion: '$LATEST' },
  },
  {
    call: 'lambda.GetFunction',
    send: () =>
      new LambdaClient(config).send(
        new GetFunctionCommand({ FunctionName: 'arn:aws:lambda:us-west-2:111122223333:function:f' }),
      ),
    input: { FunctionName: 'arn:aws:lambda:us-west-2:111122223333:function:f' },
    error: { name: 'ResourceNotFoundException', message: 'Function not found' },
  },
  {
    call: 'ec2.DescribeInstances',
    send: () =>
      new EC2Client(config).send(
        new DescribeInstancesCommand({ Filters: [{ Name: 'tag:a', Values: ['b', 'c'] }], InstanceIds: ['i-1'] }),
      ),
    input: { Filters: [{ Name: 'tag:a', Values: ['b', 'c'] }], InstanceIds: ['i-1'] },
    output: {
      Reservations: [{ Instances: [{ InstanceId: 'i-1', LaunchTime: time, Tags: [{ Key: 'a', Value: 'b' }] }] }],
    },
  },
  {
    call: 'ec2.RunInstances',
    send: () => new EC2Client(config).send(new RunInstancesCommand({ ImageId: 'ami', MinCount: 1, MaxCount: 1 })),
    error: { name: 'InvalidAMIID.NotFound', message: 'The image id does not exist' },
  },
  {
    call: 'cloudformation.DescribeStacks',
    send: () => new CloudFormationClient(config).send(new DescribeStacksCommand({ StackName: 's' })),
    output: { Stacks: [{ StackName: 's', CreationTime: time, Outputs: [] }] },
  },
  {
    call: 'ssm.PutParameter',
    send: () => new SSMClient(config).send(new PutParameterCommand({ Name: 'p', Value: 'v', Type: 'String' })),
    input: { Name: 'p', Value: 'v' },
  },
  {
    call: 's3.ListBuckets',
    send: () => bucket.send(new s3.ListBucketsCommand({})),
    error: { name: 'AccessDenied', message: 'Access Denied' },
  },
  {
    call: 's3.HeadBucket',
    send: () => bucket.send(new s3.HeadBucketCommand({ Bucket: 'bkt' })),
    error: { name: 'NotFound' },
  },
  {
    call: 's3.CreateBucket',
    send: () =>
      bucket.send(
        new s3.CreateBucketCommand({ Bucket: 'bkt', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
      ),
    input: { Bucket: 'bkt', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } },
  },
  {
    call: 's3.PutObject',
    send: () =>
      bucket.send(
        new s3.PutObjectCommand({ Bucket: 'bkt', Key: 'a b/\u3042//+', Body: 'hello', Metadata: { who: 'me' } }),
      ),
    input: { Bucket: 'bkt', Key: 'a b/\u3042//+', Metadata: { who: 'me' } },
    output: { ETag: '"e"' },
  },
  {
    call: 's3.PutObject',
    send: () =>
      bucket.send(
        new s3.PutObjectCommand({
          Bucket: 'bkt',
          Key: 'stream',
          Body: Readable.from(['x'.repeat(9000), 'y']),
          ContentLength: 9001,
        }),
      ),
    output: { ETag: '"e"' },
  },
  {
    call: 's3.GetObject',
    send: () => bucket.send(new s3.GetObjectCommand({ Bucket: 'bkt', Key: '/a', Range: 'bytes=0-4' })),
    input: { Bucket: 'bkt', Key: '/a', Range: 'bytes=0-4' },
    output: { ContentLength: 5, ContentType: 'text/plain', LastModified: time, Metadata: { who: 'me' } },
  },
  {
    call: 's3.HeadObject',
    send: () => bucket.send(new s3.HeadObjectCommand({ Bucket: 'bkt', Key: 'a' })),
    output: { ContentLength: 5, ETag: '"e"' },
  },
  {
    call: 's3.CopyObject',
    send: () => bucket.send(new s3.CopyObjectCommand({ Bucket: 'bkt', Key: 'b', CopySource: 'bkt/a' })),
    input: { CopySource: 'bkt/a', Key: 'b' },
  },
  {
    call: 's3.UploadPart',
    send: () =>
      bucket.send(new s3.UploadPartCommand({ Bucket: 'bkt', Key: 'b', PartNumber: 2, UploadId: 'u', Body: 'z' })),
    input: { PartNumber: 2, UploadId: 'u' },
  },
  {
    call: 's3.GetBucketLocation',
    send: () => bucket.send(new s3.GetBucketLocationCommand({ Bucket: 'bkt' })),
    output: { LocationConstraint: 'eu-west-1' },
  },
  {
    call: 's3.ListObjectsV2',
    send: () => bucket.send(new s3.ListObjectsV2Command({ Bucket: 'bkt', Prefix: 'a b+', MaxKeys: 3 })),
    input: { Prefix: 'a b+', MaxKeys: 3 },
    output: { Contents: [{ Key: 'a b', Size: 1, LastModified: time }], Name: 'bkt' },
  },
  {
    call: 's3.GetBucketAcl',
    send: () => bucket.send(new s3.GetBucketAclCommand({ Bucket: 'bkt' })),
    output: { Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'o' }, Permission: 'FULL_CONTROL' }] },
  },
  {
    call: 's3.PutBucketAcl',
    send: () =>
      bucket.send(
        new s3.PutBucketAclCommand({
          Bucket: 'bkt',
          AccessControlPolicy: {
            Owner: { ID: 'o' },
            Grants: [
              {
                Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
                Permission: 'READ',
              },
            ],
          },
        }),
      ),
    input: {
      AccessControlPolicy: {
        Owner: { ID: 'o' },
        Grants: [
          { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' },
        ],
      },
    },
  },
  {
    call: 's3.GetPublicAccessBlock',
    send: () => bucket.send(new s3.GetPublicAccessBlockCommand({ Bucket: 'bkt' })),
    output: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
  },
  {
    call: 's3.PutPublicAccessBlock',
    send: () =>
      bucket.send(
        new s3.PutPublicAccessBlockCommand({
          Bucket: 'bkt',
          PublicAccessBlockConfiguration: { BlockPublicAcls: false },
        }),
      ),
    input: { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
  },
  {
    call: 's3.GetBucketPolicy',
    send: () => bucket.send(new s3.GetBucketPolicyCommand({ Bucket: 'bkt' })),
    output: { Policy: policy },
  },
  {
    call: 's3.PutBucketPolicy',
    send: () => bucket.send(new s3.PutBucketPolicyCommand({ Bucket: 'bkt', Policy: policy })),
    input: { Policy: policy },
  },
  {
    call: 's3.DeleteObjects',
    send: () =>
      bucket.send(new s3.DeleteObjectsCommand({ Bucket: 'bkt', Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } })),
    input: { Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } },
  },
  {
    call: 's3.PutBucketNotificationConfiguration',
    send: () =>
      bucket.send(
        new s3.PutBucketNotificationConfigurationCommand({
          Bucket: 'bkt',
          NotificationConfiguration: { EventBridgeConfiguration: {} },
        }),
      ),
    input: { NotificationConfiguration: { EventBridgeConfiguration: {} } },
  },
  {
    call: 's3.PutBucketLifecycleConfiguration',
    send: () =>
      bucket.send(
        new s3.PutBucketLifecycleConfigurationCommand({
          Bucket: 'bkt',
          LifecycleConfiguration: {
            Rules: [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 3 } }],
          },
        }),
      ),
    input: {
      LifecycleConfiguration: {
        Rules: [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 3 } }],
      },
    },
  },
];

test.each(rows)('the SDK understands $call', async ({ call, send, input, output, error }) => {
  const outcome = await send().then(
    (value) => ({ value: value as object }),
    (thrown: unknown) => ({ thrown: thrown as object }),
  );
  if (error === undefined && 'thrown' in outcome) throw outcome.thrown;
  const last = server.seen.at(-1);
  expect(last?.call).toBe(call);
  if (input !== undefined) expect(last?.input).toMatchObject(input);
  if (output !== undefined) expect(outcome).toMatchObject({ value: output });
  if (error !== undefined) expect(outcome).toMatchObject({ thrown: error });
});

test('bodies arrive whole, chunked or not', () => {
  expect(uploads.map(String)).toEqual(['hello', `${'x'.repeat(9000)}y`]);
});
