import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import type { Problem } from '../model/problem.ts';
import { activityOf } from './activity-of.ts';
import type { Row } from './batch.ts';
import { Sources } from './open.ts';
import { parquetBatches } from './parquet.ts';

type Columns = Parameters<typeof parquetWriteBuffer>[0]['columnData'];

const { flows } = new Sources([]);

async function read(bytes: ArrayBuffer) {
  const rows: Row[] = [];
  const problems: Problem[] = [];
  const passed: Record<string, number> = {};
  for await (const batch of parquetBatches(bytes, 3, flows)) {
    for (let index = 0; index < batch.size; index++) rows.push(batch.at(index));
    problems.push(...batch.problems);
    Object.assign(passed, batch.passed);
  }
  return { rows, problems, passed };
}

const written = (columnData: Columns) => parquetWriteBuffer({ columnData });

const flow: JsonObject = {
  version: 2,
  'account-id': '111122223333',
  'interface-id': 'eni-1',
  srcaddr: '203.0.113.9',
  dstaddr: '10.0.0.5',
  srcport: 40_000,
  dstport: 22,
  protocol: 6,
  packets: 12,
  bytes: 2_400,
  start: 1_767_571_200,
  end: 1_767_571_260,
  action: 'ACCEPT',
  'log-status': 'OK',
};

const flowColumns: Columns = Object.entries(flow).map(([name, value]) => {
  // AWS writes seconds and counts with 64 bits.
  const wide = typeof value === 'number' && value > 1e6 ? BigInt(value) : value;
  return { name: name.replaceAll('-', '_'), data: [wide, name === 'log-status' ? 'NODATA' : wide] };
});

const call: JsonObject = {
  eventVersion: '1.11',
  userIdentity: {
    type: 'IAMUser',
    principalId: 'AIDA1',
    arn: 'arn:aws:iam::111122223333:user/u',
    accountId: '111122223333',
  },
  eventTime: '2026-01-05T00:00:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.10',
  eventID: 'e-1',
  requestParameters: { userName: 'new', CamelCase: { kept: 1 } },
  recipientAccountId: '111122223333',
};

const callColumns = (shape: (name: string, value: unknown) => unknown): Columns =>
  Object.entries(call).map(([name, value]) => {
    const data = [shape(name, value)];
    return data[0] instanceof Date
      ? { name: name.toLowerCase(), data, type: 'TIMESTAMP' }
      : { name: name.toLowerCase(), data, ...(typeof data[0] === 'object' ? { type: 'JSON' as const } : {}) };
  });

describe('CloudTrail in Parquet is the same activity', () => {
  test.each([
    ['as JSON in strings', (_: string, value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))],
    ['with JSON columns', (_: string, value: unknown) => value],
    [
      'with times that have no zone',
      (name: string, value: unknown) =>
        name === 'eventTime' ? new Date(String(value)) : typeof value === 'string' ? value : JSON.stringify(value),
    ],
  ])('%s', async (_name, shape) => {
    const { rows, problems } = await read(written(callColumns(shape)));
    expect(problems).toEqual([]);
    const expected = activityOf(call) as Row;
    expect(rows).toHaveLength(1);
    const { id, time, principal, fingerprint, account } = expected;
    expect(rows[0]).toMatchObject({ id, time, principal, fingerprint, account, place: { file: 3, offset: 0 } });
    expect(rows[0]!.json('requestParameters')).toEqual(call['requestParameters']);
  });
});

test('flow logs in Parquet are the same activities as their lines; rows without data are counted', async () => {
  const { rows, problems, passed } = await read(written(flowColumns));
  const { id, time, fingerprint } = activityOf(flow) as Row;
  expect(problems).toEqual([]);
  expect(rows.map((row) => [row.id, row.time, row.fingerprint])).toEqual([[id, time, fingerprint]]);
  expect(passed).toEqual({ NODATA: 1 });
});

test('columns of something else are said problems', async () => {
  const { rows, problems } = await read(written([{ name: 'colour', data: ['red'] }]));
  expect([rows.length, problems[0]?.code]).toEqual([0, 'parquet-unknown']);
});

test('a damaged file costs problems and nothing more', async () => {
  const whole = new Uint8Array(written(flowColumns));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, isCut) => {
      const bytes = isCut ? whole.slice(0, at) : Uint8Array.from(whole, (old, index) => (index === at ? byte : old));
      await read(bytes.buffer);
    }),
    { numRuns: 200 },
  );
});

test('whatever the directory of a damaged file says, reading it ends', async () => {
  const whole = new Uint8Array(written(flowColumns));
  const length = new DataView(whole.buffer).getUint32(whole.length - 8, true);
  for (let at = whole.length - 8 - length; at < whole.length - 8; at++) {
    // The first one makes a field that is there to a number of children below nothing.
    for (const byte of [0x25, 0x7f, 0xff]) {
      await read(Uint8Array.from(whole, (old, index) => (index === at ? byte : old)).buffer);
    }
  }
});

test('flows are told by any of their columns that tell when', async () => {
  const few = flowColumns.filter(({ name }) => ['srcaddr', 'dstaddr', 'dstport', 'start', 'action'].includes(name));
  const { rows, problems } = await read(written(few));
  expect([rows.map(({ kind, name }) => [kind, name]), problems]).toEqual([
    [
      ['network-flow', 'ACCEPT'],
      ['network-flow', 'ACCEPT'],
    ],
    [],
  ]);
});

test('columns of nothing known are one problem, however many rows there are', async () => {
  const { rows, problems } = await read(written([{ name: 'a', data: [1, 2, 3], type: 'INT32' }]));
  expect([rows, problems]).toMatchObject([
    [],
    [{ code: 'parquet-unknown', place: { file: 3, offset: 0, isRow: true } }],
  ]);
});

test('rows of many windows keep their numbers, those of groups that begin within one too', async () => {
  const count = 150_000;
  const of = <T>(make: (row: number) => T) => Array.from({ length: count }, (_, row) => make(row));
  const bytes = parquetWriteBuffer({
    rowGroupSize: 100_000,
    columnData: [
      { name: 'start', data: of((row) => BigInt(1_767_571_200 + (row % 7))) },
      { name: 'srcaddr', data: of((row) => (row % 11 === 0 ? null : '192.0.2.1')) },
      { name: 'bytes', data: of((row) => BigInt(row)) },
    ],
  });
  const [rows, times]: [Set<number>, number[]] = [new Set(), []];
  for await (const batch of parquetBatches(bytes, 3, flows)) {
    for (let index = 0; index < batch.size; index++) {
      const row = batch.at(index);
      const { offset } = row.place;
      expect([row.flow?.bytes, row.time]).toEqual([offset, (1_767_571_200 + (offset % 7)) * 1_000]);
      expect(row.text('srcaddr')).toBe(offset % 11 === 0 ? undefined : '192.0.2.1');
      rows.add(offset);
    }
    times.push(batch.size);
  }
  expect([rows.size, times.length > 1]).toEqual([count, true]);
});
