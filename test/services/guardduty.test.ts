import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  ArchiveFindingsCommand,
  CreateDetectorCommand,
  CreateSampleFindingsCommand,
  CreateThreatIntelSetCommand,
  GetDetectorCommand,
  GetFindingsCommand,
  GetFindingsStatisticsCommand,
  GetThreatIntelSetCommand,
  GuardDutyClient,
  ListDetectorsCommand,
  ListFindingsCommand,
} from '@aws-sdk/client-guardduty';
import { DeleteAccountPasswordPolicyCommand, GetRoleCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mails } from '../../src/range/mailbox.ts';
import { type TestRange, testRange } from '../support/range.ts';

const minutes = 60_000;

let range: TestRange;
let guardduty: GuardDutyClient;
let iam: IAMClient;
let DetectorId: string;

beforeAll(async () => {
  range = await testRange();
  guardduty = new GuardDutyClient(range.as());
  iam = new IAMClient(range.as());
  await mailed();
  const made = await guardduty.send(
    new CreateDetectorCommand({ Enable: true, FindingPublishingFrequency: 'FIFTEEN_MINUTES' }),
  );
  DetectorId = made.DetectorId!;
});
afterAll(() => range.close());

/** A rule on findings that mails their count and severity. */
async function mailed(): Promise<void> {
  const sns = new SNSClient(range.as());
  const events = new EventBridgeClient(range.as());
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'findings' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
  await fetch(/http\S+/.exec([...mails(range.store)].at(-1)?.[1].body ?? '')?.[0] ?? '');
  const Statement = [
    { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: TopicArn },
  ];
  const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
  const EventPattern = JSON.stringify({ source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'] });
  await events.send(new PutRuleCommand({ Name: 'findings', EventPattern }));
  const InputTransformer = {
    InputPathsMap: { type: '$.detail.type', count: '$.detail.service.count', severity: '$.detail.severity' },
    InputTemplate: '"<type> <severity> x<count>"',
  };
  await events.send(
    new PutTargetsCommand({ Rule: 'findings', Targets: [{ Id: 't', Arn: TopicArn, InputTransformer }] }),
  );
}

const told = () => [...mails(range.store)].map(([, mail]) => mail.body).filter((body) => !body.includes('http'));

/** Weakening the password policy is tried and refused: there is none. */
const attempt = () => iam.send(new DeleteAccountPasswordPolicyCommand({})).catch(() => undefined);

const findings = async () => {
  const { FindingIds } = await guardduty.send(new ListFindingsCommand({ DetectorId }));
  const { Findings } = await guardduty.send(new GetFindingsCommand({ DetectorId, FindingIds }));
  return Findings ?? [];
};

test('a region has one detector, which works by a role of its own', async () => {
  expect((await guardduty.send(new ListDetectorsCommand({}))).DetectorIds).toEqual([DetectorId]);
  const detector = await guardduty.send(new GetDetectorCommand({ DetectorId }));
  expect(detector).toMatchObject({ Status: 'ENABLED', FindingPublishingFrequency: 'FIFTEEN_MINUTES' });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForAmazonGuardDuty' }));
  expect(Role?.Arn).toBe(detector.ServiceRole);
  await expect(guardduty.send(new CreateDetectorCommand({ Enable: true }))).rejects.toMatchObject({
    name: 'BadRequestException',
    message: 'The request is rejected because a detector already exists for the current account.',
  });
  await expect(guardduty.send(new GetDetectorCommand({ DetectorId: '0'.repeat(32) }))).rejects.toMatchObject({
    message: 'The request is rejected because the input detectorId is not owned by the current account.',
  });
});

test('a refused attempt is a finding, told after five minutes with what recurred, then at the frequency', async () => {
  await attempt();
  await attempt();
  const [finding] = await findings();
  expect(finding).toMatchObject({
    Type: 'Stealth:IAMUser/PasswordPolicyChange',
    Severity: 2,
    Region: 'us-west-2',
    Resource: { ResourceType: 'AccessKey', AccessKeyDetails: { UserName: 'admin', UserType: 'IAMUser' } },
    Service: {
      DetectorId,
      Count: 2,
      Archived: false,
      Action: {
        AwsApiCallAction: { Api: 'DeleteAccountPasswordPolicy', RemoteIpDetails: { IpAddressV4: '203.0.113.10' } },
      },
    },
  });
  await range.pass(5 * minutes - 1);
  expect(told()).toEqual([]);
  await range.pass(1);
  expect(told()).toEqual(['"Stealth:IAMUser/PasswordPolicyChange 2 x2"']);
  await range.pass(minutes);
  await attempt();
  await range.pass(14 * minutes - 1);
  expect(told()).toHaveLength(1);
  await range.pass(1);
  expect(told().slice(1)).toEqual(['"Stealth:IAMUser/PasswordPolicyChange 2 x3"']);
  const { FindingStatistics } = await guardduty.send(
    new GetFindingsStatisticsCommand({ DetectorId, FindingStatisticTypes: ['COUNT_BY_SEVERITY'] }),
  );
  expect(FindingStatistics?.CountBySeverity).toEqual({ '2.0': 1 });
});

test('what recurs after an archive is a new finding', async () => {
  const [before] = await findings();
  await guardduty.send(new ArchiveFindingsCommand({ DetectorId, FindingIds: [before!.Id!] }));
  await attempt();
  const active = await guardduty.send(
    new ListFindingsCommand({
      DetectorId,
      FindingCriteria: { Criterion: { 'service.archived': { Equals: ['false'] } } },
    }),
  );
  expect(active.FindingIds).toHaveLength(1);
  expect(active.FindingIds).not.toContain(before!.Id);
});

test('calls from an address on the threat list are findings from five minutes after its activation', async () => {
  const s3 = new S3Client({ ...range.as(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'lists' }));
  await s3.send(new PutObjectCommand({ Bucket: 'lists', Key: 'bad.txt', Body: '198.51.100.0/24\n203.0.113.10\n' }));
  const { ThreatIntelSetId } = await guardduty.send(
    new CreateThreatIntelSetCommand({
      DetectorId,
      Name: 'mine',
      Format: 'TXT',
      Location: 's3://lists/bad.txt',
      Activate: true,
    }),
  );
  const status = async () =>
    (await guardduty.send(new GetThreatIntelSetCommand({ DetectorId, ThreatIntelSetId }))).Status;
  expect(await status()).toBe('ACTIVATING');
  await range.pass(5 * minutes - 1000);
  await iam.send(new ListUsersCommand({}));
  const listed = async () => (await findings()).filter(({ Type }) => Type?.endsWith('MaliciousIPCaller.Custom'));
  expect(await listed()).toEqual([]);
  await range.pass(1000);
  expect(await status()).toBe('ACTIVE');
  await iam.send(new ListUsersCommand({}));
  await attempt();
  expect((await listed()).map(({ Type, Service }) => [Type, Service?.AdditionalInfo?.Value]).sort()).toEqual([
    ['Recon:IAMUser/MaliciousIPCaller.Custom', '{"threatListName":"mine","threatName":"203.0.113.10"}'],
    ['UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom', '{"threatListName":"mine","threatName":"203.0.113.10"}'],
  ]);
});

test('sample findings are marked, told like others, and hidden from nobody', async () => {
  const FindingTypes = ['UnauthorizedAccess:EC2/SSHBruteForce', 'Policy:S3/BucketAnonymousAccessGranted'];
  await guardduty.send(new CreateSampleFindingsCommand({ DetectorId, FindingTypes }));
  const samples = (await findings()).filter(({ Title }) => Title?.startsWith('[SAMPLE]'));
  expect(samples.map(({ Type }) => Type).sort()).toEqual([...FindingTypes].sort());
  const byType = new GetFindingsCommand({
    DetectorId,
    FindingIds: samples.map(({ Id }) => Id!),
    SortCriteria: { AttributeName: 'type', OrderBy: 'DESC' },
  });
  const { Findings: sorted } = await guardduty.send(byType);
  expect(sorted?.map(({ Type }) => Type)).toEqual([...FindingTypes].sort().reverse());
  expect(samples.map(({ Service }) => Service?.AdditionalInfo?.Value)).toEqual(['{"sample":true}', '{"sample":true}']);
  const forced = samples.find(({ Type }) => Type === 'UnauthorizedAccess:EC2/SSHBruteForce');
  expect(forced?.Description).toBe(
    'An instance takes part in password guessing over SSH. The instance is i-99999999, the remote address 198.51.100.0.',
  );
  await range.pass(5 * minutes);
  for (const type of FindingTypes) expect(told().some((body) => body.includes(type))).toBe(true);
  await expect(
    guardduty.send(new CreateSampleFindingsCommand({ DetectorId, FindingTypes: ['Made:Up/Type'] })),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
  await guardduty.send(new CreateSampleFindingsCommand({ DetectorId }));
  const { FindingStatistics } = await guardduty.send(
    new GetFindingsStatisticsCommand({ DetectorId, GroupBy: 'FINDING_TYPE', OrderBy: 'DESC', MaxResults: 2 }),
  );
  expect(FindingStatistics?.GroupedByFindingType?.map(({ TotalFindings }) => TotalFindings)).toHaveLength(2);
});
