import {
  CreateIPSetCommand,
  CreateThreatIntelSetCommand,
  DeleteThreatIntelSetCommand,
  GetThreatIntelSetCommand,
  GuardDutyClient,
  UpdateThreatIntelSetCommand,
} from '@aws-sdk/client-guardduty';
import { CreateAccessKeyCommand, CreateUserCommand, ListUsersCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { findings } from '../../src/range/services/guardduty/tables.ts';
import { attempt, found, listed, stealth, watchedRange } from '../support/watched-range.ts';

const minutes = 60_000;

test('a trusted address makes no findings, five minutes after its list', async () => {
  const { range, guardduty, iam, DetectorId } = await watchedRange();
  const Location = await listed(range);
  await guardduty.send(new CreateIPSetCommand({ DetectorId, Name: 'ours', Format: 'TXT', Location, Activate: true }));
  await attempt(iam);
  await range.pass(5 * minutes);
  await attempt(iam);
  expect(await found(guardduty, DetectorId)).toEqual([`${stealth} x1`]);
});

test('a list that is replaced or deactivated matches five minutes longer; a deleted one is gone', async () => {
  const { range, guardduty, iam, DetectorId } = await watchedRange();
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
  const { range, guardduty, iam, DetectorId } = await watchedRange();
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

test('a detector has one list of a name, six threat lists and one trusted list', async () => {
  const { range, guardduty, DetectorId } = await watchedRange();
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
