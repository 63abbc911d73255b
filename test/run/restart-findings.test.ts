import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { CreateDetectorCommand, CreateThreatIntelSetCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccountPasswordPolicyCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, DeletePublicAccessBlockCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rangeFindings } from '../../src/run/range-findings.ts';
import { type TestRange, testRange } from '../support/range.ts';

// A range that ends and begins again finds what it would have found without: detectors remember by the stored records.

const folder = mkdtempSync(join(tmpdir(), 'yagura-restart-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Keys = NonNullable<Parameters<TestRange['as']>[0]>;

/** What somebody does with stolen keys, step by step. */
const steps: readonly ((range: TestRange, thief: Keys) => Promise<unknown>)[] = [
  (range, thief) =>
    new S3Client({ ...range.as(thief), forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'data' })),
  (range, thief) => new CloudTrailClient(range.as(thief)).send(new DescribeTrailsCommand({})),
  (range, thief) =>
    new IAMClient(range.as(thief)).send(new DeleteAccountPasswordPolicyCommand({})).catch(() => undefined),
  (range, thief) => new IAMClient(range.as(thief)).send(new ListUsersCommand({})),
  (range, thief) => new IAMClient(range.as(thief)).send(new CreateUserCommand({ UserName: 'second' })),
  (range, thief) => new IAMClient(range.as(thief)).send(new CreateAccessKeyCommand({ UserName: 'second' })),
  (range, thief) =>
    new S3Client({ ...range.as(thief), forcePathStyle: true }).send(
      new DeletePublicAccessBlockCommand({ Bucket: 'data' }),
    ),
];

/** What is found when the range ends and begins again before this step. */
async function found(restartBefore: number) {
  const within = join(folder, String(restartBefore));
  let range = await testRange({ folder: within });
  const s3 = new S3Client({ ...range.as(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'the-logs' }));
  await s3.send(new PutObjectCommand({ Bucket: 'the-logs', Key: 'bad.txt', Body: '203.0.113.10' }));
  const iam = new IAMClient(range.as());
  await iam.send(new CreateUserCommand({ UserName: 'ada' }));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }));
  const thief = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const guardduty = new GuardDutyClient(range.as());
  const { DetectorId } = await guardduty.send(new CreateDetectorCommand({ Enable: true }));
  const Location = 's3://the-logs/bad.txt';
  const list = { DetectorId, Name: 'bad', Format: 'TXT', Location, Activate: true } as const;
  await guardduty.send(new CreateThreatIntelSetCommand(list));
  await range.pass(5 * 60_000);
  await new STSClient(range.as()).send(new GetCallerIdentityCommand({}));
  for (const [index, step] of steps.entries()) {
    if (index === restartBefore) {
      await range.close();
      range = await testRange({ folder: within });
    }
    // A range goes on from its last record.
    await range.pass(60_000);
    await step(range, thief as Keys);
  }
  const told = rangeFindings(range.store).findings.map(({ finding }) => {
    const { id, type, severity, count, firstSeen, lastSeen, story } = finding;
    return { id, type, severity, count, firstSeen, lastSeen, story: story?.id };
  });
  await range.close();
  return told;
}

let unbroken: Awaited<ReturnType<typeof found>>;
beforeAll(async () => {
  unbroken = await found(-1);
});

test('finds a story of several kinds', () => {
  expect(unbroken.map(({ type }) => type)).toContain('AttackSequence:IAM/CompromisedCredentials');
  expect(unbroken.length).toBeGreaterThan(4);
});

test.each([...steps.keys()])('begun again before step %i', async (step) => {
  expect(await found(step)).toEqual(unbroken);
});
