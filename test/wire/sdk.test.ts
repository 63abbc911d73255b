import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, GetTrailStatusCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateDetectorCommand, GetFindingsCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import { CreateRoleCommand, GetUserCommand, IAMClient, ListUsersCommand, TagRoleCommand } from '@aws-sdk/client-iam';
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { clientConfig, expectCall, type Row } from './client-row.ts';
import { echoServer } from './echo-server.ts';

const time = new Date('2026-01-05T01:02:03.000Z');
const policy = '{"Statement":[{"Effect":"Allow","Action":"*"}]}\r\n<&>';

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
});

const config = clientConfig(server.endpoint);

afterAll(() => server.close());

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
];

test.each(rows)('the SDK understands $call', (row) => expectCall(server.seen, row));
