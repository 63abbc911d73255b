import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ArchiveFindingsCommand,
  CreateDetectorCommand,
  CreateSampleFindingsCommand,
  DeleteDetectorCommand,
  GetFindingsCommand,
  GuardDutyClient,
  ListFindingsCommand,
  ListMembersCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UnarchiveFindingsCommand,
  UpdateDetectorCommand,
  UpdateFindingsFeedbackCommand,
} from '@aws-sdk/client-guardduty';
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { findings, publications } from '../../src/range/services/guardduty/tables.ts';
import { testRange } from '../support/range.ts';
import { attempt, found, stealth, watchedRange } from '../support/watched-range.ts';

const minutes = 60_000;

test('a call of a service without regions is worked on in every region where GuardDuty is on', async () => {
  const { range, guardduty, iam, DetectorId } = await watchedRange();
  const elsewhere = new GuardDutyClient(range.as(undefined, 'eu-west-1'));
  await attempt(iam);
  const there = await elsewhere.send(new CreateDetectorCommand({ Enable: true }));
  await attempt(iam);
  expect(await found(guardduty, DetectorId)).toEqual([`${stealth} x2`]);
  expect(await found(elsewhere, there.DetectorId!)).toEqual([`${stealth} x1`]);
});

test('a suspended detector looks at nothing, and nothing of that time later', async () => {
  const { guardduty, iam, DetectorId } = await watchedRange();
  await attempt(iam);
  await guardduty.send(new UpdateDetectorCommand({ DetectorId, Enable: false }));
  await attempt(iam);
  await guardduty.send(new UpdateDetectorCommand({ DetectorId, Enable: true }));
  await attempt(iam);
  expect(await found(guardduty, DetectorId)).toEqual([`${stealth} x2`]);
});

test('feedback is shown; what is taken out of the archive goes on as the same finding', async () => {
  const { guardduty, iam, DetectorId } = await watchedRange();
  await attempt(iam);
  const { FindingIds } = await guardduty.send(new ListFindingsCommand({ DetectorId }));
  await guardduty.send(new UpdateFindingsFeedbackCommand({ DetectorId, FindingIds, Feedback: 'USEFUL' }));
  const { Findings } = await guardduty.send(new GetFindingsCommand({ DetectorId, FindingIds }));
  expect(Findings?.[0]?.Service?.UserFeedback).toBe('USEFUL');
  await guardduty.send(new ArchiveFindingsCommand({ DetectorId, FindingIds }));
  await guardduty.send(new UnarchiveFindingsCommand({ DetectorId, FindingIds }));
  await attempt(iam);
  expect(await found(guardduty, DetectorId)).toEqual([`${stealth} x2`]);
  const unknown = new ArchiveFindingsCommand({ DetectorId, FindingIds: ['0'.repeat(32)] });
  await expect(guardduty.send(unknown)).rejects.toMatchObject({ name: 'BadRequestException' });
});

test('a finding that did not change for ninety days is gone when the next one comes', async () => {
  const { range, guardduty, iam, DetectorId } = await watchedRange();
  await attempt(iam);
  await range.pass(91 * 24 * 60 * minutes);
  await guardduty.send(new CreateSampleFindingsCommand({ DetectorId, FindingTypes: ['Trojan:EC2/DropPoint'] }));
  expect(await found(guardduty, DetectorId)).toEqual(['Trojan:EC2/DropPoint x1']);
});

test('an opened bucket is a finding with what its owner knows of it', async () => {
  const { range, guardduty, DetectorId } = await watchedRange();
  const s3 = new S3Client({ ...range.as(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'letters' }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'letters' }));
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::letters/*' }],
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'letters', Policy }));
  const { FindingIds } = await guardduty.send(
    new ListFindingsCommand({ DetectorId, SortCriteria: { AttributeName: 'severity', OrderBy: 'DESC' } }),
  );
  const { Findings } = await guardduty.send(new GetFindingsCommand({ DetectorId, FindingIds }));
  expect(
    Findings?.filter(({ Type }) => Type?.startsWith('Policy:')).map(({ Type, Severity, Resource }) => [
      Type,
      Severity,
      Resource?.S3BucketDetails?.[0],
    ]),
  ).toMatchObject([
    [
      'Policy:S3/BucketAnonymousAccessGranted',
      8,
      { Name: 'letters', CreatedAt: expect.any(Date), PublicAccess: { EffectivePermission: 'PUBLIC' } },
    ],
    [
      'Policy:S3/BucketBlockPublicAccessDisabled',
      2,
      { Name: 'letters', PublicAccess: { EffectivePermission: 'NOT_PUBLIC' } },
    ],
  ]);
});

test('findings, what detectors remember and what is still to be told survive the end of the process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-guardduty-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const first = await watchedRange({ folder });
  const { DetectorId } = first;
  await first.iam.send(new CreateUserCommand({ UserName: 'dave' }));
  for (let n = 0; n < 25; n++) await attempt(first.iam);
  await first.range.close();
  const range = await testRange({ folder, from: first.range.clock.now() + 1000 });
  onTestFinished(() => range.close());
  const [guardduty, iam] = [new GuardDutyClient(range.as()), new IAMClient(range.as())];
  expect(await found(guardduty, DetectorId)).toEqual([`${stealth} x25`]);
  await attempt(iam);
  expect(await found(guardduty, DetectorId)).toEqual([`${stealth} x26`]);
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachUserPolicyCommand({ UserName: 'dave', PolicyArn }));
  await iam.send(new CreateAccessKeyCommand({ UserName: 'dave' }));
  await range.pass(5 * minutes);
  const here = { tx: range.store, account: range.account, region: 'us-west-2' };
  const types = [...findings.list(here)].map(([id, { type }]) => [
    type,
    publications.get(here, id)?.last !== undefined,
  ]);
  expect(types).toEqual(
    expect.arrayContaining([
      ['Custom:IAMUser/NewUserMadeAdministrator', true],
      [stealth, true],
    ]),
  );
});

test('tags of a detector are set, read and part of its going', async () => {
  const { range, guardduty, DetectorId } = await watchedRange();
  const ResourceArn = `arn:aws:guardduty:us-west-2:${range.account}:detector/${DetectorId}`;
  await guardduty.send(new TagResourceCommand({ ResourceArn, Tags: { team: 'red' } }));
  const { Tags } = await guardduty.send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual({ team: 'red' });
  await guardduty.send(new DeleteDetectorCommand({ DetectorId }));
  await expect(guardduty.send(new ListTagsForResourceCommand({ ResourceArn }))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
});

test('what is not built says so instead of seeming to work', async () => {
  const { guardduty, DetectorId } = await watchedRange();
  const Features = [{ Name: 'RUNTIME_MONITORING', Status: 'ENABLED' } as const];
  await expect(guardduty.send(new UpdateDetectorCommand({ DetectorId, Features }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
  await expect(guardduty.send(new ListMembersCommand({ DetectorId }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
});
