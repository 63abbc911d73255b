import { describe, expect, test } from 'vitest';
import { readDamaged } from '../../test/fakes/noise.ts';
import { activityIn, readText } from '../../test/fakes/read-text.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { structOf } from './struct-text.ts';

const call: JsonObject = {
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROA1:a=b,c@d',
    arn: 'arn:aws:sts::111122223333:assumed-role/Ops/a=b,c@d',
    accountId: '111122223333',
    accessKeyId: 'ASIA1',
    sessionContext: {
      attributes: { mfaAuthenticated: 'false', creationDate: '2026-01-05T00:00:00Z' },
      sessionIssuer: { type: 'Role', principalId: 'AROA1', arn: 'arn:aws:iam::111122223333:role/Ops', userName: 'Ops' },
    },
  },
  eventTime: '2026-01-05T00:00:38Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.10',
  userAgent: 'aws-cli/2, "odd"',
  errorCode: 'AccessDenied',
  errorMessage: 'not\nallowed',
  requestParameters: { userName: 'new', policy: 'a\nb' },
  eventID: 'e-1',
  recipientAccountId: '111122223333',
};

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
const csv = (...rows: readonly (readonly string[])[]) => rows.map((row) => row.map(quoted).join(',')).join('\n');

/** As Athena prints a value of a table. */
function printed(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name.toLowerCase()}=${printed(inner)}`)
    .join(', ')}}`;
}

const names = [...Object.keys(call), 'responseElements'];
const columns = names.map((name) => name.toLowerCase());
const values = (identity: (value: Json) => string) =>
  names.map((name) => {
    const value = call[name] ?? 'null';
    if (name === 'userIdentity') return identity(value);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });

describe('a table of CloudTrail as CSV holds the same records:', () => {
  const shapes: Readonly<Record<string, string>> = {
    'rows as Athena prints them': csv(columns, values(printed)),
    'rows as JSON': csv(columns, values(JSON.stringify)),
    'rows of Lake, by the names of records': csv(names, values(printed)),
    'a column with the whole record': csv(['eventtime', 'eventjson'], ['2026-01-05', JSON.stringify(call)]),
    'a column without a name': csv(['_col0'], [JSON.stringify(call)]),
  };
  test.each(Object.entries(shapes))('%s', (_name, text) => {
    const { id, time, principal, fingerprint, account, region, error, address } = activityIn(call);
    for (const cut of [text.length, 0, 60, text.length - 20]) {
      const { rows, problems } = readText(`${text}\r\n`, cut);
      expect([cut, problems]).toEqual([cut, []]);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ id, time, principal, fingerprint, account, region, error, address });
      expect(rows[0]?.place.offset).toBe(text.indexOf('\n') + 1);
      expect(rows[0]?.json('requestParameters')).toEqual(call['requestParameters']);
      expect(rows[0]?.text('userAgent')).toBe('aws-cli/2, "odd"');
      expect(rows[0]?.json('userIdentity.sessionContext')).toEqual(
        (call['userIdentity'] as { sessionContext: Json }).sessionContext,
      );
    }
  });
});

test.each([
  ['{a=1, b=x y, c=null}', { a: '1', b: 'x y', c: null }],
  ['{a={b={c=1}}, d=2}', { a: { b: { c: '1' } }, d: '2' }],
  [
    '[{arn=a, type=b}, {arn=c, type=null}]',
    [
      { arn: 'a', type: 'b' },
      { arn: 'c', type: null },
    ],
  ],
  ['{name=a=b, c}d, next=1}', { name: 'a=b, c}d', next: '1' }],
  ['{a=, b=1}', { a: '', b: '1' }],
  ['{a=1', undefined],
  ['{"a":1}', undefined],
  ['plain', undefined],
])('%s', (text, expected) => {
  expect(structOf(text)).toEqual(expected);
});

test('what is made to cost much costs little: quotes that never close, brackets without end, rows within rows', () => {
  const odd = [`"${'a'.repeat(50_000)}`, `{a=${'}'.repeat(50_000)}x`, '{a='.repeat(50_000), '['.repeat(50_000)];
  const head = csv(columns);
  for (const value of odd) {
    const row = values(() => value);
    const { rows, problems } = readText(`${head}\n${csv(row)}\n${row.join(',').slice(0, 60_000)}`);
    expect([rows.length <= 1, problems.length >= 1]).toEqual([true, true]);
  }
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  expect(readText(`${head}\n${csv(values(() => deep))}\n`).rows).toHaveLength(1);
});

test('whatever is written over a table, reading does not fail', () => {
  readDamaged(csv(columns, values(printed)), '');
});

describe('columns that make no whole record are one problem:', () => {
  const few = csv(['eventtime', 'eventsource', 'eventname'], ['2026-01-05T00:00:38Z', 'iam.amazonaws.com', 'X']);
  const history = csv(['Event name', 'Event time', 'User name'], ['X', '2026-01-05', 'u']);
  test.each([
    ['the console’s event history', history, 'csv-history', 'saved as JSON'],
    ['calls without their caller', few, 'csv-columns', 'userIdentity'],
  ])('%s', (_name, text, code, told) => {
    const { rows, problems } = readText(`${text}\n${text.split('\n')[1]}\n`);
    expect([rows, problems]).toMatchObject([[], [{ code, place: { offset: 0 } }]]);
    expect(problems[0]?.reason).toContain(told);
  });
});

test('columns that lack what detectors ask for are read, and said once', () => {
  const kept = ['eventTime', 'eventSource', 'eventName', 'userIdentity', 'eventID'];
  const row = kept.map((name) => printed(call[name]!));
  const { rows, problems } = readText(`${csv(kept, row)}\n`);
  expect([rows.length, problems]).toMatchObject([1, [{ code: 'csv-columns' }]]);
  expect(problems[0]?.reason).toContain('requestParameters');
});

test('a bad row costs a problem with its place, and no other row', () => {
  const head = csv(columns);
  const good = csv(values(printed));
  const text = `${head}\n${good}\n"a","b"\n${csv(values(() => 'alice'))}\n${good}\n`;
  const { rows, problems } = readText(text);
  const second = head.length + good.length + 2;
  expect(rows).toHaveLength(2);
  expect(problems).toMatchObject([{ code: 'csv-row', place: { offset: second } }, { code: 'csv-row' }]);
});

test('tables over other logs are the same activities as the logs', () => {
  const line = '2 111122223333 eni-1 203.0.113.9 10.0.0.5 40000 22 6 12 2400 1767571238 1767571298 ACCEPT OK';
  const fields =
    'version account_id interface_id srcaddr dstaddr srcport dstport protocol packets bytes start end action log_status';
  const table = [fields, line, line.replace('OK', 'NODATA')].map((row) => csv(row.split(' '))).join('\n');
  const flows = readText(`${table}\n`);
  expect(flows.rows.map(({ id, kind }) => [id, kind])).toEqual(
    readText(`${line}\n`).rows.map(({ id, kind }) => [id, kind]),
  );
  expect([flows.problems, flows.passed]).toEqual([[], [['NODATA', 1]]]);
  const query = {
    query_timestamp: '2026-01-05T00:00:38Z',
    query_name: 'bad.example.',
    srcaddr: '10.0.0.5',
    vpc_id: 'v',
  };
  const queries = readText(csv(Object.keys(query), Object.values(query)));
  expect(queries.rows.map(({ id }) => id)).toEqual([activityIn(query).id]);
});
