import {
  CreateDetectorCommand,
  GetFindingsCommand,
  GuardDutyClient,
  ListFindingsCommand,
} from '@aws-sdk/client-guardduty';
import { DeleteAccountPasswordPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { type TestRange, testRange } from './range.ts';

/** A range with GuardDuty on, which ends with the test unless the test ends it. */
export async function watchedRange(options?: Parameters<typeof testRange>[0]) {
  const range = await testRange(options);
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= range.close());
  onTestFinished(close);
  const guardduty = new GuardDutyClient(range.as());
  const iam = new IAMClient(range.as());
  const { DetectorId } = await guardduty.send(new CreateDetectorCommand({ Enable: true }));
  return { range: { ...range, close }, guardduty, iam, DetectorId: DetectorId! };
}

/** What is found, by type and count. */
export async function found(guardduty: GuardDutyClient, DetectorId: string, archived = 'false') {
  const { FindingIds } = await guardduty.send(
    new ListFindingsCommand({
      DetectorId,
      FindingCriteria: { Criterion: { 'service.archived': { Equals: [archived] } } },
      SortCriteria: { AttributeName: 'type', OrderBy: 'ASC' },
    }),
  );
  const { Findings } = await guardduty.send(new GetFindingsCommand({ DetectorId, FindingIds }));
  const counted = (Findings ?? []).map(({ Type, Service }) => `${Type} x${Service?.Count}`);
  return counted.sort();
}

/** What `attempt` is found as. */
export const stealth = 'Stealth:IAMUser/PasswordPolicyChange';

/** Weakening the password policy is tried and refused: there is none. */
export const attempt = (iam: IAMClient) => iam.send(new DeleteAccountPasswordPolicyCommand({})).catch(() => undefined);

/** A list in a bucket: of the one outside address, unless another is given. */
export async function listed(range: TestRange, Key = 'list.txt', Body = '203.0.113.10'): Promise<string> {
  const s3 = new S3Client({ ...range.as(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'lists' })).catch(() => undefined);
  await s3.send(new PutObjectCommand({ Bucket: 'lists', Key, Body }));
  return `s3://lists/${Key}`;
}
