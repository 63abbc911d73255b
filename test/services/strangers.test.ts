import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateTagsCommand,
  CreateVpcCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateDetectorCommand, GuardDutyClient, ListFindingsCommand } from '@aws-sdk/client-guardduty';
import {
  CreateRoleCommand,
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetCredentialReportCommand,
  GetPolicyCommand,
  IAMClient,
  ListEntitiesForPolicyCommand,
  TagUserCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allow, newUser, refusal, trust } from '../support/identities.ts';
import { type TestRange, testRange } from '../support/range.ts';

// What somebody who knows AWS tries first, wrong inputs above all: an answer that only looks right would mislead.
let range: TestRange;
let ec2: EC2Client;
let iam: IAMClient;
beforeAll(async () => {
  range = await testRange();
  ec2 = new EC2Client(range.as());
  iam = new IAMClient(range.as());
});
afterAll(() => range.close());

test('who may look at policies may look at those of AWS', async () => {
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  expect(Policy?.Arn).toBe(PolicyArn);
  const { PolicyUsers } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(PolicyUsers?.map(({ UserName }) => UserName)).toEqual(['admin']);
  const nobody = await newUser(range, 'looker');
  expect(await refusal(new IAMClient(range.as(nobody.keys)).send(new GetPolicyCommand({ PolicyArn })))).toContain(
    `iam:GetPolicy on resource: policy ${PolicyArn} because no identity-based policy allows`,
  );
});

test('strangers are told which buckets there are, and nothing else of them', async () => {
  const s3 = (keys?: Parameters<TestRange['as']>[0]) => new S3Client({ ...range.as(keys), forcePathStyle: true });
  await s3().send(new CreateBucketCommand({ Bucket: 'taken' }));
  const { keys } = await newUser(range, 'stranger');
  const list = (Bucket: string) => refusal(s3(keys).send(new ListObjectsV2Command({ Bucket })));
  expect(await list('free-name')).toBe('NoSuchBucket: The specified bucket does not exist');
  expect(await list('taken')).toContain('AccessDenied');
  await expect(s3(keys).send(new HeadBucketCommand({ Bucket: 'free-name' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
  const anonymous = async (bucket: string) => (await fetch(`${range.endpoint}/${bucket}/`)).status;
  expect([await anonymous('free-name'), await anonymous('taken')]).toEqual([404, 403]);
});

test('a trail wants a bucket that is there, and a name of three letters', async () => {
  const cloudtrail = new CloudTrailClient(range.as());
  const create = (Name: string) =>
    refusal(cloudtrail.send(new CreateTrailCommand({ Name, S3BucketName: 'free-name' })));
  expect(await create('trail')).toBe('S3BucketDoesNotExistException: S3 bucket free-name does not exist!');
  expect(await create('t')).toContain('InvalidTrailNameException: Trail name too short.');
});

test('EC2 tells what is no id and no value from what is not there', async () => {
  const instance = (id: string) => refusal(ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] })));
  expect(await instance('nonsense')).toBe('InvalidInstanceID.Malformed: Invalid id: "nonsense"');
  expect(await instance('i-0123456789abcdef0')).toContain('InvalidInstanceID.NotFound');
  const run = { ImageId: 'ami-00000000', InstanceType: 'z9.nope', MinCount: 1, MaxCount: 1 } as const;
  // The client's types know no such type, which is the point.
  expect(await refusal(ec2.send(new RunInstancesCommand(run as never)))).toBe(
    "InvalidParameterValue: Invalid value 'z9.nope' for InstanceType.",
  );
  const groups = new DescribeSecurityGroupsCommand({ GroupNames: ['none'] });
  expect(await refusal(ec2.send(groups))).toContain('InvalidGroup.NotFound');
  const rules = new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: ['sgr-0123456789abcdef0'] });
  expect(await refusal(ec2.send(rules))).toContain('InvalidSecurityGroupRuleId.NotFound');
});

test('SNS tells what is no ARN', async () => {
  const sns = new SNSClient(range.as());
  expect(await refusal(sns.send(new GetTopicAttributesCommand({ TopicArn: 'nonsense' })))).toBe(
    'InvalidParameterException: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
  );
  expect(await refusal(sns.send(new PublishCommand({ Message: 'x' })))).toContain('TopicArn or TargetArn Reason');
});

test('nobody tags in the name of AWS, and S3 knows its storage classes', async () => {
  const Tags = [{ Key: 'aws:x', Value: '1' }];
  expect(await refusal(iam.send(new TagUserCommand({ UserName: 'admin', Tags })))).toContain('InvalidInput');
  for (const Key of ['aws:x', 'aws:cloudformation:stack-name']) {
    const TagSpecifications = [{ ResourceType: 'vpc' as const, Tags: [{ Key, Value: '1' }] }];
    expect(await refusal(ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications })))).toBe(
      `InvalidParameterValue: Value ( ${Key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
    );
  }
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const tagged = ec2.send(new CreateTagsCommand({ Resources: [Vpc?.VpcId ?? ''], Tags }));
  expect(await refusal(tagged)).toContain('reserved for internal use');
  const put = new PutObjectCommand({ Bucket: 'taken', Key: 'k', Body: 'x', StorageClass: 'NOPE' as 'STANDARD' });
  const s3 = new S3Client({ ...range.as(), forcePathStyle: true });
  expect(await refusal(s3.send(put))).toBe('InvalidStorageClass: The storage class you specified is not valid');
});

test('a region that AWS has not is no empty one', async () => {
  const topics = new SNSClient(range.as(undefined, 'us-wset-2')).send(new ListTopicsCommand({}));
  expect(await refusal(topics)).toBe('SignatureDoesNotMatch: Credential should be scoped to a valid region. ');
  const list = new ListObjectsV2Command({ Bucket: 'taken' });
  const s3 = new S3Client({ ...range.as(undefined, 'constructor'), forcePathStyle: true });
  expect(await refusal(s3.send(list))).toContain("the region 'constructor' is wrong; expecting 'us-east-1'");
});

test('a token that nobody gave is not the beginning', async () => {
  const guardduty = new GuardDutyClient(range.as());
  const { DetectorId } = await guardduty.send(new CreateDetectorCommand({ Enable: true }));
  const list = guardduty.send(new ListFindingsCommand({ DetectorId, NextToken: 'nonsense' }));
  expect(await refusal(list)).toContain('the parameter nextToken has an invalid value.');
});

test('a trust policy names nobody of this account who is not there', async () => {
  const user = await newUser(range, 'trusted');
  const gone = `arn:aws:iam::${range.account}:user/gone`;
  const create = (RoleName: string, AWS: string) =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust({ AWS }) }));
  const refused = `MalformedPolicyDocument: Invalid principal in policy: "AWS":"${gone}"`;
  expect(await refusal(create('for-nobody', gone))).toContain(refused.slice('MalformedPolicyDocument: '.length));
  await create('for-somebody', user.arn);
  await create('for-outside', 'arn:aws:iam::999988887777:role/theirs');
  await create('for-all', `arn:aws:iam::${range.account}:root`);
  const update = new UpdateAssumeRolePolicyCommand({ RoleName: 'for-all', PolicyDocument: trust({ AWS: gone }) });
  expect(await refusal(iam.send(update))).toContain(`"AWS":"${gone}"`);
});

test('an investigator sees when and where a key was last used, one by one and in the report', async () => {
  const leaked = await newUser(range, 'leaked', allow('sns:*', '*'));
  const lastUsed = async () => {
    const answer = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: leaked.keys.accessKeyId }));
    return answer.AccessKeyLastUsed;
  };
  expect(await lastUsed()).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
  await new SNSClient(range.as(leaked.keys, 'us-west-2')).send(new ListTopicsCommand({}));
  await range.pass(60_000);
  const at = new Date(range.clock.now());
  await new SNSClient(range.as(leaked.keys, 'eu-west-1')).send(new ListTopicsCommand({}));
  expect(await lastUsed()).toEqual({ LastUsedDate: at, ServiceName: 'sns', Region: 'eu-west-1' });
  const unknown = iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }));
  expect(await refusal(unknown)).toContain('cannot be found');
  expect(await refusal(iam.send(new GetCredentialReportCommand({})))).toContain('ReportNotPresent');
  expect((await iam.send(new GenerateCredentialReportCommand({}))).State).toBe('STARTED');
  expect((await iam.send(new GenerateCredentialReportCommand({}))).State).toBe('COMPLETE');
  const { Content, ReportFormat } = await iam.send(new GetCredentialReportCommand({}));
  expect(ReportFormat).toBe('text/csv');
  const [head = '', ...rows] = Buffer.from(Content ?? [])
    .toString()
    .split('\n')
    .map((line) => line.split(','));
  expect(rows.every((row) => row.length === head.length)).toBe(true);
  const row = Object.fromEntries((rows.find(([user]) => user === 'leaked') ?? []).map((cell, n) => [head[n], cell]));
  expect(row).toMatchObject({
    arn: leaked.arn,
    password_enabled: 'false',
    access_key_1_active: 'true',
    access_key_1_last_used_date: at.toISOString().replace('.000Z', '+00:00'),
    access_key_1_last_used_region: 'eu-west-1',
    access_key_1_last_used_service: 'sns',
    access_key_2_active: 'false',
  });
});
