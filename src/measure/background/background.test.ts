import { expect, test } from 'vitest';
import type { JsonObject } from '../../model/json.ts';
import { background } from './background.ts';

function first(count: number, seed = 1): readonly JsonObject[] {
  const records: JsonObject[] = [];
  for (const record of background(seed)) {
    records.push(record);
    if (records.length === count) break;
  }
  return records;
}

const records = first(30_000);

test('one seed gives one background, another seed another', () => {
  expect(first(2_000)).toEqual(records.slice(0, 2_000));
  expect(first(2_000, 2)).not.toEqual(records.slice(0, 2_000));
});

test('the records are in the order of time, and each is one of its own', () => {
  const times = records.map((record) => String(record['eventTime']));
  expect(times).toEqual([...times].sort());
  expect(new Set(records.map((record) => record['eventID'])).size).toBe(records.length);
});

test('every record has what AWS writes in each', () => {
  const always = [
    'eventVersion',
    'userIdentity',
    'eventTime',
    'eventSource',
    'eventName',
    'awsRegion',
    'sourceIPAddress',
  ];
  for (const record of records) {
    expect(Object.keys(record)).toEqual(
      expect.arrayContaining([...always, 'requestParameters', 'eventID', 'eventType']),
    );
    expect(record['recipientAccountId']).toMatch(/^\d{12}$/);
  }
});

test('a company is in it: services, people, pipelines, vendors, and things that fail', () => {
  const kinds = new Set(records.map((record) => (record['userIdentity'] as JsonObject)['type']));
  expect([...kinds].sort()).toEqual([
    'AWSAccount',
    'AWSService',
    'AssumedRole',
    'IAMUser',
    'IdentityCenterUser',
    'SAMLUser',
    'WebIdentityUser',
  ]);
  expect(records.filter((record) => record['errorCode'] !== undefined).length).toBeGreaterThan(100);
});
