import {
  CloudFormationClient,
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListImportsCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  GetDetectorCommand,
  GetFilterCommand,
  GuardDutyClient,
  ListThreatIntelSetsCommand,
} from '@aws-sdk/client-guardduty';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let cloudformation: CloudFormationClient;
let iam: IAMClient;
let s3: S3Client;

beforeAll(async () => {
  range = await testRange();
  cloudformation = new CloudFormationClient(range.as());
  iam = new IAMClient(range.as());
  s3 = new S3Client({ ...range.as(), forcePathStyle: true });
});
afterAll(() => range.close());

const topic = 'Resources: { Topic: { Type: AWS::SNS::Topic, Properties: { DisplayName: made } } }';

test('what a stack exports another imports, and it stays as long as it is in use', async () => {
  const exporter = `${topic}\nOutputs: { Arn: { Value: !Ref Topic, Export: { Name: shared-topic } } }`;
  const importer = `
Resources: { Rule: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [a] }, Targets: [{ Id: t, Arn: !ImportValue shared-topic }] } } }`;
  await make({ StackName: 'exporter', TemplateBody: exporter });
  expect(await statusOf('exporter')).toBe('CREATE_COMPLETE');
  await make({ StackName: 'importer', TemplateBody: importer });
  expect(await statusOf('importer')).toBe('CREATE_COMPLETE');
  const { Imports } = await cloudformation.send(new ListImportsCommand({ ExportName: 'shared-topic' }));
  expect(Imports).toEqual(['importer']);
  await make({ StackName: 'rival', TemplateBody: exporter });
  expect(await reasonOf('rival', 'ROLLBACK_IN_PROGRESS')).toContain(
    'Export with name shared-topic is already exported by stack exporter. Rename the export and try again.',
  );
  await cloudformation.send(new DeleteStackCommand({ StackName: 'exporter' }));
  expect(await statusOf('exporter')).toBe('CREATE_COMPLETE');
  await cloudformation.send(new DeleteStackCommand({ StackName: 'importer' }));
  await range.pass(1_000);
  await cloudformation.send(new DeleteStackCommand({ StackName: 'exporter' }));
  await range.pass(1_000);
  await expect(statusOf('exporter')).rejects.toThrow('Stack with id exporter does not exist');
});

test('what is to be retained outlives its stack', async () => {
  const TemplateBody = topic
    .replace('{ Type', '{ DeletionPolicy: Retain, Type')
    .concat('\nOutputs: { Arn: { Value: !Ref Topic } }');
  await make({ StackName: 'retained', TemplateBody });
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'retained' }));
  const TopicArn = Stacks?.[0]?.Outputs?.[0]?.OutputValue;
  await cloudformation.send(new DeleteStackCommand({ StackName: 'retained' }));
  expect(await statusOf(Stacks?.[0]?.StackId)).toBe('DELETE_COMPLETE');
  const { Attributes } = await new SNSClient(range.as()).send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes?.['DisplayName']).toBe('made');
});

test('a user makes only what the user may make; a role of the stack makes what it may', async () => {
  const user = await userWith('deployer', ['cloudformation:*', 'iam:PassRole']);
  const asUser = new CloudFormationClient(range.as(user));
  await asUser.send(new CreateStackCommand({ StackName: 'refused', TemplateBody: topic }));
  expect(await statusOf('refused')).toBe('ROLLBACK_COMPLETE');
  expect(await reasonOf('refused', 'CREATE_FAILED')).toMatch(
    /^Resource handler returned message: "User: arn:aws:iam::\d+:user\/deployer is not authorized to perform: SNS:CreateTopic .+HandlerErrorCode: AccessDenied\)$/i,
  );
  const Statement = [
    { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'stacks', AssumeRolePolicyDocument }));
  await iam.send(
    new PutRolePolicyCommand({ RoleName: 'stacks', PolicyName: 'p', PolicyDocument: allowing(['sns:*']) }),
  );
  const RoleARN = Role?.Arn;
  await asUser.send(new CreateStackCommand({ StackName: 'by-role', TemplateBody: topic, RoleARN }));
  expect(await statusOf('by-role')).toBe('CREATE_COMPLETE');
  expect(await recordsOf('CreateTopic')).toContainEqual(
    expect.objectContaining({
      sourceIPAddress: 'cloudformation.amazonaws.com',
      userAgent: 'cloudformation.amazonaws.com',
      userIdentity: expect.objectContaining({
        type: 'AssumedRole',
        arn: expect.stringMatching(/assumed-role\/stacks\/AWSCloudFormation$/),
        invokedBy: 'cloudformation.amazonaws.com',
      }),
    }),
  );
  const nobody = new CloudFormationClient(range.as(await userWith('nobody', ['s3:ListAllMyBuckets'])));
  await expect(nobody.send(new CreateStackCommand({ StackName: 'x', TemplateBody: topic }))).rejects.toThrow(
    /is not authorized to perform: cloudformation:CreateStack/,
  );
});

test('a template is read from S3 as its caller, up to a megabyte', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'a.yaml', Body: topic }));
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'big', Body: `${topic}#${'x'.repeat(1_048_576)}` }));
  await make({ StackName: 'from-s3', TemplateURL: 'https://templates.s3.us-west-2.amazonaws.com/a.yaml' });
  expect(await statusOf('from-s3')).toBe('CREATE_COMPLETE');
  const big = make({ StackName: 'big', TemplateURL: 'https://s3.us-west-2.amazonaws.com/templates/big' });
  await expect(big).rejects.toThrow(/1048576|1 MB|exceed/);
  const user = new CloudFormationClient(range.as(await userWith('blind', ['cloudformation:*'])));
  const TemplateURL = 'https://templates.s3.us-west-2.amazonaws.com/a.yaml';
  await expect(user.send(new CreateStackCommand({ StackName: 'blind', TemplateURL }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

test('a parameter that is not to be echoed is seen nowhere', async () => {
  const TemplateBody = `
Parameters: { Secret: { Type: String, NoEcho: true } }
Conditions: { Right: !Equals [!Ref Secret, hunter2] }
Resources: { Topic: { Type: AWS::SNS::Topic, Condition: Right, Properties: { DisplayName: !Sub 'x-\${Secret}' } } }`;
  await make({
    StackName: 'secret',
    TemplateBody,
    Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'hunter2' }],
  });
  expect(await statusOf('secret')).toBe('CREATE_COMPLETE');
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: 'secret' }));
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'secret' }));
  expect(JSON.stringify([StackEvents, Stacks])).not.toContain('hunter2');
  expect(StackEvents?.find(({ LogicalResourceId }) => LogicalResourceId === 'Topic')?.ResourceProperties).toBe(
    '{"DisplayName":"x-****"}',
  );
  const [made] = await recordsOf('CreateStack');
  expect(made).toMatchObject({ requestParameters: { parameters: [{ parameterKey: 'Secret' }] } });
  expect(JSON.stringify(made).replace('Ref Secret, hunter2', '')).not.toContain('hunter2');
});

test('a stack turns GuardDuty on, with a list and a filter', async () => {
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'bad.txt', Body: '198.51.100.7\n' }));
  const TemplateBody = `
Resources:
  Detector: { Type: AWS::GuardDuty::Detector, Properties: { Enable: true, FindingPublishingFrequency: FIFTEEN_MINUTES, Features: [{ Name: S3_DATA_EVENTS, Status: ENABLED }] } }
  Threats: { Type: AWS::GuardDuty::ThreatIntelSet, Properties: { DetectorId: !Ref Detector, Format: TXT, Location: 'https://s3.amazonaws.com/templates/bad.txt', Activate: true, Name: bad } }
  Quiet: { Type: AWS::GuardDuty::Filter, Properties: { DetectorId: !Ref Detector, Name: quiet, Action: ARCHIVE, Rank: 1, Description: low, FindingCriteria: { Criterion: { severity: { Lt: 4 } } } } }
Outputs: { Detector: { Value: !Ref Detector } }`;
  await make({ StackName: 'guard', TemplateBody });
  expect(await statusOf('guard')).toBe('CREATE_COMPLETE');
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'guard' }));
  const DetectorId = Stacks?.[0]?.Outputs?.[0]?.OutputValue;
  const guardduty = new GuardDutyClient(range.as());
  const detector = await guardduty.send(new GetDetectorCommand({ DetectorId }));
  expect(detector).toMatchObject({ Status: 'ENABLED', FindingPublishingFrequency: 'FIFTEEN_MINUTES' });
  expect((await guardduty.send(new ListThreatIntelSetsCommand({ DetectorId }))).ThreatIntelSetIds).toHaveLength(1);
  const filter = await guardduty.send(new GetFilterCommand({ DetectorId, FilterName: 'quiet' }));
  expect(filter).toMatchObject({ Action: 'ARCHIVE', FindingCriteria: { Criterion: { severity: { Lt: 4 } } } });
  await cloudformation.send(new DeleteStackCommand({ StackName: 'guard' }));
  expect(await statusOf(Stacks?.[0]?.StackId)).toBe('DELETE_COMPLETE');
});

test('a call that is named happens once, and is forgotten with its step', async () => {
  const { account, clock, gateway, store } = range;
  const as = { kind: 'root', account, arn: `arn:aws:iam::${account}:root`, accessKeyId: '' } as const;
  const call = (once: string) =>
    clock.spawn('test', (task) => {
      const input = { UserName: 'once' };
      return gateway.invoke(task)({
        as,
        account,
        region: 'us-west-2',
        service: 'iam',
        operation: 'CreateUser',
        input,
        once,
      });
    });
  const calls = Promise.all([call('a'), call('b').catch((error: Error) => error.name + error.message), call('a')]);
  await range.pass(1);
  const [first, other, again] = await calls;
  expect(again).toEqual(JSON.parse(JSON.stringify(first)));
  expect(other).toContain('once already exists');
  const kept = [...store.range('state', { prefix: '~/answered/' })].map(([key]) => key);
  expect(kept).toEqual(['~/answered/a']);
});

test('a step that fails after its calls does not make them again', async () => {
  const { store } = range;
  const commit = store.commit.bind(store);
  let failures = 0;
  const kept = (tx: Parameters<Parameters<typeof commit>[0]>[0]) => [
    ...tx.range('state', { prefix: '~/answered/arn' }),
  ];
  store.commit = (step) =>
    commit((tx) => {
      const before = kept(tx).length;
      const result = step(tx);
      if (failures === 0 && before > 0 && kept(tx).length === 0) {
        failures++;
        throw new Error('the disk fails once, when the step of the stack is kept');
      }
      return result;
    });
  const TemplateBody = 'Resources: { User: { Type: AWS::IAM::User, Properties: { UserName: only-once } } }';
  await make({ StackName: 'crash', TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] });
  await range.pass(5_000);
  store.commit = commit;
  expect([failures, await statusOf('crash')]).toEqual([1, 'CREATE_COMPLETE']);
  const records = await recordsOf('CreateUser', 'us-east-1');
  expect(records.filter((each) => JSON.stringify(each).includes('only-once'))).toHaveLength(1);
});

async function make(input: CreateStackCommandInput) {
  await cloudformation.send(new CreateStackCommand(input));
}

async function statusOf(StackName: string | undefined) {
  await range.pass(1_000);
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
  return Stacks?.[0]?.StackStatus;
}

async function reasonOf(StackName: string, status: string) {
  await range.pass(1_000);
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents?.find(({ ResourceStatus }) => ResourceStatus === status)?.ResourceStatusReason;
}

function allowing(Action: readonly string[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
}

async function userWith(UserName: string, actions: readonly string[]) {
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: allowing(actions) }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

async function recordsOf(name: string, region = 'us-west-2'): Promise<readonly unknown[]> {
  const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: name }];
  const { Events } = await new CloudTrailClient(range.as(undefined, region)).send(
    new LookupEventsCommand({ LookupAttributes }),
  );
  return (Events ?? []).map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '{}') as unknown);
}
