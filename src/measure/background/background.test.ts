import { expect, test } from 'vitest';
import type { JsonObject } from '../../model/json.ts';
import { Sources } from '../../sources/open.ts';
import { background } from './background.ts';
import { flows } from './flows.ts';
import { objects } from './objects/objects.ts';
import { queries } from './queries.ts';
import { acls, balancers, distributions } from './web/doors.ts';

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

function take<T>(all: Iterable<T>, count: number): readonly T[] {
  const taken: T[] = [];
  for (const each of all) if (taken.push(each) === count) break;
  return taken;
}

test('flows and queries are the same for one seed, and in the order of time', () => {
  const lines = take(flows(1), 5_000);
  expect(take(flows(1), 5_000)).toEqual(lines);
  const starts = lines.slice(1).map((line) => Number(line.split(' ')[10]));
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  const asked = take(queries(1), 5_000);
  expect(take(queries(1), 5_000)).toEqual(asked);
  const times = asked.map((record) => String(record['query_timestamp']));
  expect(times).toEqual([...times].sort());
});

test('who took a role calls by the name that was given for it', () => {
  const names = new Map<unknown, unknown>();
  const strangers: unknown[] = [];
  for (const record of first(100_000)) {
    const { accessKeyId, arn } = record['userIdentity'] as JsonObject;
    const name = names.get(accessKeyId);
    if (name !== undefined && !String(arn).endsWith(`/${name}`)) strangers.push([name, arn]);
    const request = record['requestParameters'] as JsonObject | null;
    const response = record['responseElements'] as { readonly credentials?: JsonObject } | null;
    const made = response?.credentials?.['accessKeyId'];
    if (made !== undefined && request?.['roleSessionName'] !== undefined) names.set(made, request['roleSessionName']);
  }
  expect(names.size).toBeGreaterThan(1_000);
  expect(strangers).toEqual([]);
});

test('a refusal names the action, not the call as CloudTrail dates it', () => {
  const refused = records.flatMap(({ errorMessage }) => /to perform: (\S+)/.exec(String(errorMessage))?.[1] ?? []);
  expect(refused.length).toBeGreaterThan(100);
  expect(refused.filter((action) => /20\d{6}|^monitoring:/.test(action))).toEqual([]);
});

test.each<[string, (seed: number) => Iterable<string>, number]>([
  ['balancers', balancers, 20],
  ['distributions', distributions, 20],
  ['acls', (seed) => [...take(acls(seed), 4_000)].map((record) => JSON.stringify(record)), 0],
  ['objects', objects, 20],
])('%s are the same for one seed, read whole, in the order of time, and some of it fails', (_, made, fewest) => {
  const lines = take(made(1), 4_000);
  expect(take(made(1), 4_000)).toEqual(lines);
  expect(take(made(2), 4_000)).not.toEqual(lines);
  const { rows, problems } = read(`${lines.join('\n')}\n`);
  expect(problems).toEqual([]);
  const times = rows.map(({ time }) => time);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const failed = rows.filter(({ error }) => error !== '').length;
  expect(failed).toBeGreaterThanOrEqual(fewest);
  expect(failed).toBeLessThan(rows.length / 4);
});

function read(text: string) {
  const batch = new Sources([]).open(0).read(Buffer.from(text), true);
  return { rows: Array.from({ length: batch.size }, (_, index) => batch.at(index)), problems: batch.problems };
}
