import { expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import type { Clock } from '../range/clock.ts';
import { findings, places } from '../range/services/guardduty/tables.ts';
import { memoryStore } from '../range/store/memory.ts';
import { createDefence } from './defence.ts';

const account = '111122223333';
const start = Date.UTC(2026, 0, 5);

/** A range of nothing but a store in which GuardDuty is on in the regions given. */
async function fed(regions: Readonly<Record<string, { readonly since?: number; readonly s3Data: boolean }>>) {
  const store = memoryStore();
  await store.commit((tx) => {
    for (const [region, place] of Object.entries(regions))
      places.put({ tx, account, region }, region, { detector: 'd', ...place });
  });
  const failures: unknown[] = [];
  const told: unknown[] = [];
  const defence = createDefence({
    store,
    clock: { now: () => start } as Clock,
    globalSources: new Set(['iam.amazonaws.com']),
    scope: (tx, of, region) => ({
      tx,
      account: of,
      region,
      later: (_topic, payload) => told.push(payload),
      ids: {} as never,
      inRegion: (other) => ({ tx, account: of, region: other }),
    }),
    failed: (error) => failures.push(error),
  });
  const found = (region: string) =>
    [...findings.list({ tx: store, account, region })].map(([, { type, region: where, count }]) => [
      type,
      where,
      count,
    ]);
  return { defence, found, failures, told };
}

const call = (eventName: string, more: JsonObject = {}): JsonObject => ({
  eventVersion: '1.11',
  userIdentity: { type: 'IAMUser', principalId: 'AIDA1', arn: `arn:aws:iam::${account}:user/u`, accountId: account },
  eventTime: '2026-01-05T00:00:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName,
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.10',
  eventID: `id of ${eventName}`,
  eventType: 'AwsApiCall',
  managementEvent: true,
  eventCategory: 'Management',
  recipientAccountId: account,
  ...more,
});

const guess = (n: number): JsonObject => ({
  version: 2,
  'account-id': account,
  'interface-id': 'eni-1',
  srcaddr: '10.0.0.15',
  dstaddr: '10.0.0.5',
  srcport: 40_000 + n,
  dstport: 22,
  protocol: 6,
  packets: 12,
  bytes: 2_400,
  start: start / 1000 + n,
  end: start / 1000 + n + 1,
  action: 'ACCEPT',
  'log-status': 'OK',
});

test('flows make findings in the region that fed them, and only where GuardDuty works', async () => {
  const { defence, found, failures } = await fed({ 'us-west-2': { since: start, s3Data: true } });
  for (let n = 0; n < 40; n++) {
    defence.record(account, 'us-west-2', 'flow', guess(n));
    defence.record(account, 'eu-west-1', 'flow', guess(n));
  }
  expect(found('us-west-2').map(([type, where]) => [type, where])).toEqual([
    ['UnauthorizedAccess:EC2/SSHBruteForce', 'us-west-2'],
  ]);
  expect(found('eu-west-1')).toEqual([]);
  expect(failures).toEqual([]);
});

test('a record of a service without regions is seen everywhere, once', async () => {
  const on = { since: start, s3Data: true };
  const { defence, found, told } = await fed({ 'us-west-2': on, 'eu-west-1': on, 'us-east-1': { s3Data: true } });
  for (let n = 0; n < 2; n++) defence.record(account, 'us-east-1', 'cloudtrail', call('DeleteAccountPasswordPolicy'));
  for (const region of ['us-west-2', 'eu-west-1'])
    expect(found(region)).toEqual([['Stealth:IAMUser/PasswordPolicyChange', region, 1]]);
  // Suspended there.
  expect(found('us-east-1')).toEqual([]);
  expect(told).toHaveLength(2);
});

test('what cannot be read is said and stops nothing', async () => {
  const { defence, found, failures } = await fed({ 'us-east-1': { since: start, s3Data: true } });
  defence.record(account, 'us-east-1', 'cloudtrail', { eventSource: 'iam.amazonaws.com' });
  defence.record(account, 'us-east-1', 'cloudtrail', call('DeleteAccountPasswordPolicy'));
  expect(failures).toHaveLength(1);
  expect(found('us-east-1')).toHaveLength(1);
});
