import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ArchiveFindingsCommand,
  CreateDetectorCommand,
  CreateFilterCommand,
  CreateIPSetCommand,
  CreateSampleFindingsCommand,
  CreateThreatIntelSetCommand,
  DeleteDetectorCommand,
  DeleteFilterCommand,
  DeleteThreatIntelSetCommand,
  GetFilterCommand,
  GetFindingsCommand,
  GetFindingsStatisticsCommand,
  GetThreatIntelSetCommand,
  GuardDutyClient,
  ListFiltersCommand,
  ListFindingsCommand,
  ListMembersCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UnarchiveFindingsCommand,
  UpdateDetectorCommand,
  UpdateFilterCommand,
  UpdateFindingsFeedbackCommand,
  UpdateThreatIntelSetCommand,
} from '@aws-sdk/client-guardduty';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccountPasswordPolicyCommand,
  IAMClient,
  ListUsersCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, expect, test } from 'vitest';
import { findings, publications } from '../../src/range/services/guardduty/tables.ts';
import type { LocalOptions } from '../../src/run/local.ts';
import { type TestRange, testRange } from '../support/range.ts';

const minutes = 60_000;
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function begin(options: Partial<LocalOptions> = {}) {
  const range = await testRange(options);
  open.push(() => range.close());
  return { range, guardduty: new GuardDutyClient(range.as()), iam: new IAMClient(range.as()) };
}

async function enabled(guardduty: GuardDutyClient): Promise<string> {
  const { DetectorId } = await guardduty.send(new CreateDetectorCommand({ Enable: true }));
  return DetectorId!;
}

/** What is found, by type and count. */
async function found(guardduty: GuardDutyClient, DetectorId: string, archived = 'false') {
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

const stealth = 'Stealth:IAMUser/PasswordPolicyChange';
const attempt = (iam: IAMClient) => iam.send(new DeleteAccountPasswordPolicyCommand({})).catch(() => undefined);

/** A list of the one outside address, in a bucket. */
async function listed(range: TestRange, Key = 'list.txt', Body = '203.0.113.10'): Promise<string> {
  const s3 = new S3Client({ ...range.as(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'lists' })).catch(() => undefined);
  await s3.send(new PutObjectCommand({ Bucket: 'lists', Key, Body }));
  return `s3://lists/${Key}`;
}

test('a call of a service without regions is worked on in every region where GuardDuty is on', async () => {
  const { range, guardduty, iam } = await begin();
  const elsewhere = new GuardDutyClient(range.as(undefined, 'eu-west-1'));
  const here = await enabled(guardduty);
  await attempt(iam);
  const there = await enabled(elsewhere);
  await attempt(iam);
  expect(await found(guardduty, here)).toEqual([`${stealth} x2`]);
  expect(await found(elsewhere, there)).toEqual([`${stealth} x1`]);
});

test('a suspended detector looks at nothing, and nothing of that time later', async () => {
  const { guardduty, iam } = await begin();
  const DetectorId = await enabled(guardduty);
  await attempt(iam);
  await guardduty.send(new UpdateDetectorCommand({ DetectorId, Enable: false }));
  await attempt(iam);
  await guardduty.send(new UpdateDetectorCommand({ DetectorId, Enable: true }));
  await attempt(iam);
  expect(await found(guardduty, DetectorId)).toEqual([`${stealth} x2`]);
});

test('a filter that archives suppresses what comes after it, and keeps it one finding', async () => {
  const { guardduty, iam } = await begin();
  const DetectorId = await enabled(guardduty);
  const FindingCriteria = { Criterion: { type: { Equals: [stealth] } } };
  await guardduty.send(new CreateFilterCommand({ DetectorId, Name: 'known', Action: 'ARCHIVE', FindingCriteria }));
  await attempt(iam);
  await attempt(iam);
  expect(await found(guardduty, DetectorId)).toEqual([]);
  expect(await found(guardduty, DetectorId, 'true')).toEqual([`${stealth} x2`]);
});

test('feedback is shown; what is taken out of the archive goes on as the same finding', async () => {
  const { guardduty, iam } = await begin();
  const DetectorId = await enabled(guardduty);
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

test('a filter is read, changed, listed and deleted', async () => {
  const { guardduty } = await begin();
  const DetectorId = await enabled(guardduty);
  const FindingCriteria = { Criterion: { severity: { GreaterThanOrEqual: 4 }, type: { NotEquals: ['a:b/c'] } } };
  await guardduty.send(new CreateFilterCommand({ DetectorId, Name: 'grave', FindingCriteria }));
  const FilterName = 'grave';
  const read = () => guardduty.send(new GetFilterCommand({ DetectorId, FilterName }));
  expect(await read()).toMatchObject({ Name: 'grave', Action: 'NOOP', Rank: 1, FindingCriteria });
  await guardduty.send(new UpdateFilterCommand({ DetectorId, FilterName, Action: 'ARCHIVE', Description: 'why' }));
  expect(await read()).toMatchObject({ Action: 'ARCHIVE', Description: 'why', FindingCriteria });
  await expect(
    guardduty.send(new CreateFilterCommand({ DetectorId, Name: 'grave', FindingCriteria })),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
  await guardduty.send(new CreateFilterCommand({ DetectorId, Name: 'other', FindingCriteria }));
  const page = await guardduty.send(new ListFiltersCommand({ DetectorId, MaxResults: 1 }));
  const rest = await guardduty.send(new ListFiltersCommand({ DetectorId, NextToken: page.NextToken }));
  expect([page.FilterNames, rest.FilterNames]).toEqual([['grave'], ['other']]);
  await guardduty.send(new DeleteFilterCommand({ DetectorId, FilterName }));
  await expect(read()).rejects.toMatchObject({ name: 'BadRequestException' });
});

test('what is not built says so instead of seeming to work', async () => {
  const { guardduty } = await begin();
  const DetectorId = await enabled(guardduty);
  const Features = [{ Name: 'RUNTIME_MONITORING', Status: 'ENABLED' } as const];
  await expect(guardduty.send(new UpdateDetectorCommand({ DetectorId, Features }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
  await expect(guardduty.send(new ListMembersCommand({ DetectorId }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
});

test('a finding that did not change for ninety days is gone when the next one comes', async () => {
  const { range, guardduty, iam } = await begin();
  const DetectorId = await enabled(guardduty);
  await attempt(iam);
  await range.pass(91 * 24 * 60 * minutes);
  await guardduty.send(new CreateSampleFindingsCommand({ DetectorId, FindingTypes: ['Trojan:EC2/DropPoint'] }));
  expect(await found(guardduty, DetectorId)).toEqual(['Trojan:EC2/DropPoint x1']);
});

test('a trusted address makes no findings, five minutes after its list', async () => {
  const { range, guardduty, iam } = await begin();
  const DetectorId = await enabled(guardduty);
  const Location = await listed(range);
  await guardduty.send(new CreateIPSetCommand({ DetectorId, Name: 'ours', Format: 'TXT', Location, Activate: true }));
  await attempt(iam);
  await range.pass(5 * minutes);
  await attempt(iam);
  expect(await found(guardduty, DetectorId)).toEqual([`${stealth} x1`]);
});

test('a list that is replaced or deactivated matches five minutes longer; a deleted one is gone', async () => {
  const { range, guardduty, iam } = await begin();
  const DetectorId = await enabled(guardduty);
  const { ThreatIntelSetId } = await guardduty.send(
    new CreateThreatIntelSetCommand({
      DetectorId,
      Name: 'bad',
      Format: 'TXT',
      Location: await listed(range),
      Activate: false,
    }),
  );
  const status = async () =>
    (await guardduty.send(new GetThreatIntelSetCommand({ DetectorId, ThreatIntelSetId }))).Status;
  // Read from the state itself: asking by the API would be a call from the listed address, too.
  const recons = () =>
    [...findings.list({ tx: range.store, account: range.account, region: 'us-west-2' })]
      .filter(([, { type }]) => type.startsWith('Recon:'))
      .reduce((sum, [, { count }]) => sum + count, 0);
  const matches = async () => {
    const before = recons();
    await iam.send(new ListUsersCommand({}));
    return recons() > before;
  };
  const change = (input: object) =>
    guardduty.send(new UpdateThreatIntelSetCommand({ DetectorId, ThreatIntelSetId, ...input }));
  await range.pass(5 * minutes);
  expect([await status(), await matches()]).toEqual(['INACTIVE', false]);
  await change({ Activate: true });
  expect([await status(), await matches()]).toEqual(['ACTIVATING', false]);
  await range.pass(5 * minutes);
  expect([await status(), await matches()]).toEqual(['ACTIVE', true]);
  await change({ Location: await listed(range, 'other.txt', '198.51.100.7') });
  expect(await matches()).toBe(true);
  await range.pass(5 * minutes);
  expect(await matches()).toBe(false);
  await change({ Activate: false });
  expect(await status()).toBe('DEACTIVATING');
  await range.pass(5 * minutes);
  expect(await status()).toBe('INACTIVE');
  await guardduty.send(new DeleteThreatIntelSetCommand({ DetectorId, ThreatIntelSetId }));
  await expect(status()).rejects.toMatchObject({ name: 'BadRequestException' });
});

test('a list needs the right to change the role that reads it; what the role may not read is refused', async () => {
  const { range, guardduty, iam } = await begin();
  const DetectorId = await enabled(guardduty);
  await iam.send(new CreateUserCommand({ UserName: 'carol' }));
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'guardduty:*', Resource: '*' }],
  });
  await iam.send(new PutUserPolicyCommand({ UserName: 'carol', PolicyName: 'p', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'carol' }));
  const keys = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const carol = new GuardDutyClient(range.as(keys));
  const list = (Location: string) =>
    new CreateThreatIntelSetCommand({ DetectorId, Name: 'bad', Format: 'TXT', Location, Activate: true });
  await expect(carol.send(list(await listed(range)))).rejects.toThrow(/iam:PutRolePolicy/);
  await expect(guardduty.send(list('s3://lists/missing.txt'))).rejects.toMatchObject({ name: 'BadRequestException' });
  const foreign = new CreateThreatIntelSetCommand({
    ...list(await listed(range)).input,
    ExpectedBucketOwner: '111122223333',
  });
  await expect(guardduty.send(foreign)).rejects.toThrow('expectedBucketOwner');
  await expect(guardduty.send(list('ftp://lists'))).rejects.toThrow('the parameter location has an invalid value.');
});

test('a criterion that no finding can meet is refused, where an empty list would read as all well', async () => {
  const { guardduty } = await begin();
  const DetectorId = await enabled(guardduty);
  const said = (parameter: string) =>
    `The request is rejected because the parameter ${parameter} has an invalid value.`;
  const wrong = { Criterion: { severtiy: { Equals: ['8'] } } };
  const illTyped = { Criterion: { severity: { Equals: ['high'] } } };
  for (const FindingCriteria of [wrong, illTyped]) {
    for (const command of [
      new ListFindingsCommand({ DetectorId, FindingCriteria }),
      new GetFindingsStatisticsCommand({ DetectorId, FindingCriteria, GroupBy: 'SEVERITY' }),
      new CreateFilterCommand({ DetectorId, Name: 'none', FindingCriteria }),
    ]) {
      await expect(guardduty.send(command as ListFindingsCommand)).rejects.toMatchObject({
        name: 'BadRequestException',
        message: said('findingCriteria'),
      });
    }
  }
  await expect(
    guardduty.send(new ListFindingsCommand({ DetectorId, SortCriteria: { AttributeName: 'colour' } })),
  ).rejects.toThrow(said('sortCriteria'));
});

test('a detector has one list of a name, six threat lists and one trusted list', async () => {
  const { range, guardduty } = await begin();
  const DetectorId = await enabled(guardduty);
  const s3 = new S3Client({ ...range.as(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'sheets' }));
  await s3.send(new PutObjectCommand({ Bucket: 'sheets', Key: 'a.txt', Body: '203.0.113.10\n' }));
  const list = (Name: string) =>
    ({ DetectorId, Name, Format: 'TXT', Location: 's3://sheets/a.txt', Activate: true }) as const;
  const threat = (name: string) => guardduty.send(new CreateThreatIntelSetCommand(list(name)));
  const trusted = (name: string) => guardduty.send(new CreateIPSetCommand(list(name)));
  await threat('one');
  await expect(threat('one')).rejects.toThrow('a threatIntelSet with the given name already exists.');
  await expect(threat('one/two')).rejects.toThrow('the parameter name has an invalid value.');
  const { ThreatIntelSetId } = await threat('two');
  const rename = (Name: string) =>
    guardduty.send(new UpdateThreatIntelSetCommand({ DetectorId, ThreatIntelSetId, Name }));
  await expect(rename('one')).rejects.toThrow('a threatIntelSet with the given name already exists.');
  await rename('two');
  await trusted('one');
  await expect(trusted('another')).rejects.toThrow('ipSet limit has exceeded.');
  for (const name of ['three', 'four', 'five', 'six']) await threat(name);
  await expect(threat('seven')).rejects.toThrow('threatIntelSet limit has exceeded.');
});

test('tags of a detector are set, read and part of its going', async () => {
  const { range, guardduty } = await begin();
  const DetectorId = await enabled(guardduty);
  const ResourceArn = `arn:aws:guardduty:us-west-2:${range.account}:detector/${DetectorId}`;
  await guardduty.send(new TagResourceCommand({ ResourceArn, Tags: { team: 'red' } }));
  const { Tags } = await guardduty.send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual({ team: 'red' });
  await guardduty.send(new DeleteDetectorCommand({ DetectorId }));
  await expect(guardduty.send(new ListTagsForResourceCommand({ ResourceArn }))).rejects.toThrow();
});

test('an opened bucket is a finding with what its owner knows of it', async () => {
  const { range, guardduty } = await begin();
  const DetectorId = await enabled(guardduty);
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
  open.push(async () => rmSync(folder, { recursive: true }));
  const first = await begin({ folder });
  const DetectorId = await enabled(first.guardduty);
  await first.iam.send(new CreateUserCommand({ UserName: 'dave' }));
  for (let n = 0; n < 25; n++) await attempt(first.iam);
  await open.pop()!();
  const second = await begin({ folder, from: first.range.clock.now() + 1000 });
  expect(await found(second.guardduty, DetectorId)).toEqual([`${stealth} x25`]);
  await attempt(second.iam);
  expect(await found(second.guardduty, DetectorId)).toEqual([`${stealth} x26`]);
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await second.iam.send(new AttachUserPolicyCommand({ UserName: 'dave', PolicyArn }));
  await second.iam.send(new CreateAccessKeyCommand({ UserName: 'dave' }));
  await second.range.pass(5 * minutes);
  const here = { tx: second.range.store, account: second.range.account, region: 'us-west-2' };
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
