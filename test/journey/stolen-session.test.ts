import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { CreateDetectorCommand, CreateThreatIntelSetCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import {
  CreateRoleCommand,
  DeleteAccountPasswordPolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { rangeFindings } from '../../src/run/range-findings.ts';
import { type TestRange, testRange } from '../support/range.ts';

const open: TestRange[] = [];
afterEach(async () => {
  for (const range of open.splice(0)) await range.close();
});

/** A session of a role with little permission is used from a listed address, as soon as the list matches. */
async function journey(): Promise<readonly JsonObject[]> {
  const range = await testRange();
  open.push(range);
  const s3 = new S3Client({ ...range.as(), forcePathStyle: true });
  for (const Bucket of ['the-logs', 'the-data']) await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket: 'the-data', Key: 'config.py', Body: 'secret' }));
  await s3.send(new PutObjectCommand({ Bucket: 'the-logs', Key: 'bad.txt', Body: '203.0.113.10' }));
  const session = await stolen(range);
  const guardduty = new GuardDutyClient(range.as());
  const { DetectorId } = await guardduty.send(new CreateDetectorCommand({ Enable: true }));
  const Location = 's3://the-logs/bad.txt';
  const list = { DetectorId, Name: 'bad', Format: 'TXT', Location, Activate: true } as const;
  await guardduty.send(new CreateThreatIntelSetCommand(list));
  await range.pass(5 * 60_000);
  const thief = new S3Client({ ...range.as(session), forcePathStyle: true });
  const Bucket = 'the-data';
  await thief.send(new ListBucketsCommand({}));
  await new CloudTrailClient(range.as(session)).send(new DescribeTrailsCommand({}));
  await thief.send(new GetObjectCommand({ Bucket, Key: 'config.py' }));
  await expect(thief.send(new DeleteBucketCommand({ Bucket: 'the-logs' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(new IAMClient(range.as(session)).send(new DeleteAccountPasswordPolicyCommand({}))).rejects.toMatchObject(
    { name: 'AccessDenied' },
  );
  await thief.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] };
  await thief.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  await thief.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
  return rangeFindings(range.store).findings.map(({ json }) => json);
}

async function stolen(range: TestRange) {
  const iam = new IAMClient(range.as());
  const trust = { Effect: 'Allow', Principal: { AWS: range.account }, Action: 'sts:AssumeRole' };
  const little = {
    Effect: 'Allow',
    Action: [
      ...['s3:ListAllMyBuckets', 's3:GetObject', 's3:PutBucketPublicAccessBlock'],
      ...['s3:PutBucketOwnershipControls', 's3:PutBucketAcl', 'cloudtrail:DescribeTrails'],
    ],
    Resource: '*',
  };
  const document = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
  const RoleName = 'worker';
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'little', PolicyDocument: document(little) }));
  const sts = new STSClient(range.as());
  const assumed = await sts.send(new AssumeRoleCommand({ RoleArn: Role!.Arn, RoleSessionName: 'i-1' }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials!;
  return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
}

test('a stolen session leaves six findings about its key and the story that they make, and no other', async () => {
  const findings = await journey();
  const told = findings.map(({ type, severity, resource }) => {
    const { resourceType, accessKeyDetails, s3BucketDetails } = resource as Record<string, JsonObject>;
    const [bucket] = (s3BucketDetails ?? []) as unknown as readonly JsonObject[];
    return [type, severity, resourceType, accessKeyDetails?.['userName'], bucket?.['name']];
  });
  expect(told.sort()).toEqual([
    ['AttackSequence:IAM/CompromisedCredentials', 9, 'AttackSequence', 'worker', undefined],
    ['Policy:S3/BucketAnonymousAccessGranted', 8, 'AccessKey', 'worker', 'the-data'],
    ['Policy:S3/BucketBlockPublicAccessDisabled', 2, 'AccessKey', 'worker', 'the-data'],
    ['Recon:IAMUser/MaliciousIPCaller.Custom', 5, 'AccessKey', 'worker', undefined],
    ['Stealth:IAMUser/PasswordPolicyChange', 2, 'AccessKey', 'worker', undefined],
    ['UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom', 5, 'AccessKey', 'worker', undefined],
  ]);
});

test('the same seed finds the same to the byte', async () => {
  const [first, second] = [await journey(), await journey()];
  expect(JSON.stringify(first)).toBe(JSON.stringify(second));
});
