import { describe, expect, it } from 'vitest';
import { flow } from '../../detect/examples.ts';
import type { JsonObject } from '../../model/json.ts';
import { activityOf, isProblem } from '../activity-of.ts';
import { Addresses } from '../addresses.ts';
import type { Row } from '../batch.ts';
import { Interner } from '../interner.ts';
import { flowTools } from './flow-batch.ts';
import { defaultFields } from './format.ts';
import { FlowReader } from './reader.ts';

const records = [flow({ at: 1 }), flow({ at: 2, from: '2001:db8::1', to: '2001:db8::2', action: 'REJECT' })];
const line = (record: JsonObject, fields: readonly string[] = defaultFields) =>
  fields.map((field) => String(record[field] ?? '-')).join(' ');
const noData = '2 111122223333 eni-0123456789abcdef0 - - - - - - - 1767571200 1767571260 - NODATA';
const skipData = noData.replace('NODATA', 'SKIPDATA');

describe('flow logs are read', () => {
  const some = ['start', 'action', 'srcaddr', 'vpc-id', 'dstaddr', 'end'];
  it.each<[string, string]>([
    ['without a header', records.map((record) => line(record)).join('\n')],
    ['with one', [defaultFields.join(' '), ...records.map((record) => line(record))].join('\n')],
    [
      'with names as Athena has them',
      [defaultFields.join(' ').replaceAll('-', '_'), ...records.map((record) => line(record))].join('\r\n'),
    ],
    [
      'in another order, with other fields',
      [some.join(' '), ...records.map((record) => line(record, some))].join('\n'),
    ],
    [
      'with empty lines and a repeated header',
      `${some.join(' ')}\n${line(records[0]!, some)}\n\n${some.join(' ')}\n${line(records[1]!, some)}\n\n`,
    ],
  ])('%s', (_, file) => {
    const { rows, problems } = read(file);
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      ['ACCEPT', '192.0.2.10', '10.0.1.15'],
      ['REJECT', '2001:db8::1', '2001:db8::2'],
    ]);
  });

  it('cut into pieces anywhere, as if they were whole', () => {
    const file = records.map((record) => line(record)).join('\n');
    for (let cut = 0; cut <= file.length; cut++) expect(read(file.slice(0, cut), file.slice(cut))).toEqual(read(file));
  });

  it('as the same record given as JSON', () => {
    const one = activityOf(records[0]!);
    if (isProblem(one)) throw new Error(one.reason);
    const batch = reader().read(Buffer.from(line(records[0]!)), true);
    const place = batch.at(0).place;
    expect({ ...batch.at(0).keep() }).toEqual({ ...one.keep(), place });
    expect(batch.at(0).fingerprint).toBe(one.fingerprint);
  });

  it('whose header is repeated, as files put one after another have it, and after lines that are blank', () => {
    const lines = 'start action\n1767571200 ACCEPT\n';
    expect(read(`\n\n${lines}\r\n`, lines, '\n', lines)).toMatchObject({ rows: { length: 3 }, problems: [] });
  });

  it('counting rows without data by kind', () => {
    expect(read([noData, skipData, line(records[0]!)].join('\n'))).toMatchObject({
      passed: { NODATA: 1, SKIPDATA: 1 },
    });
  });
});

describe('a problem is', () => {
  it.each([
    ['a first line that is neither', 'hello world\nfoo', ['file-unknown'], 0],
    ['thirteen fields without a header', line(records[0]!).replace('6 10', '6'), ['file-unknown'], 0],
    ['a header without a time', 'srcaddr dstaddr action\n1.1.1.1 2.2.2.2 ACCEPT', ['file-unknown'], 0],
    ['a line with another number of fields', `${line(records[0]!)}\nx y z\n${line(records[1]!)}`, ['flow-fields'], 2],
    ['a time that is none', `${line(records[0]!)}\n${line({ ...records[1]!, start: 'noon' })}`, ['flow-incomplete'], 1],
    [
      'a header of the same fields in another order, after which nothing is read',
      `start srcaddr dstaddr\n1767571200 1.1.1.1 2.2.2.2\nx y\nstart dstaddr srcaddr\n1767571201 2.2.2.2 1.1.1.1\nx y`,
      ['flow-fields', 'flow-header'],
      1,
    ],
    [
      'a header of more fields, after which nothing is read',
      `start colour\n1767571200 red\nstart colour action\n${'1767571201 red ACCEPT\n'.repeat(9)}`,
      ['flow-field-unknown', 'flow-header'],
      1,
    ],
    [
      'a header whose fields are apart by tabs',
      `start\tsrcaddr\n${'1767571200\t1.1.1.1\n'.repeat(9)}`,
      ['file-unknown'],
      0,
    ],
    [
      'a field that nobody knows, once',
      `start action colour\n1767571200 ACCEPT red\n1767571201 ACCEPT red`,
      ['flow-field-unknown'],
      2,
    ],
  ])('%s', (_, file, problems, count) => {
    const seen = read(file);
    expect([seen.problems, seen.rows.length]).toEqual([problems, count]);
  });
});

function reader() {
  return new FlowReader(flowTools(new Interner(), new Addresses()), 0);
}

function read(...pieces: string[]) {
  const one = reader();
  const batches = pieces.map((piece, index) => one.read(Buffer.from(piece), index === pieces.length - 1));
  const shown = (row: Row) => [row.name, row.address?.text, row.text('dstaddr')];
  return {
    rows: batches.flatMap((batch) => Array.from({ length: batch.size }, (_, index) => shown(batch.at(index)))),
    problems: batches.flatMap((batch) => batch.problems.map((problem) => problem.code)),
    passed: Object.assign({}, ...batches.map((batch) => batch.passed)),
  };
}

// Arrays that served one file serve the next, whatever their lengths; shorter lines than usual need more of them.
it('loses no line of short ones, in whatever memory was left by other files', () => {
  const tools = flowTools(new Interner(), new Addresses());
  for (const count of [1_001, 300, 777, 250, 1_501, 450, 103, 31]) {
    const lines = Array.from({ length: count }, (_, index) => `10.0.0.${index % 250} ${1_767_571_200 + index}`);
    const batch = new FlowReader(tools, 0).read(Buffer.from(['srcaddr start', ...lines, ''].join('\n')), true);
    const found = Array.from({ length: batch.size }, (_, index) => batch.at(index).text('srcaddr'));
    expect(found).toEqual(lines.map((each) => each.slice(0, each.indexOf(' '))));
    batch.done?.();
  }
});
