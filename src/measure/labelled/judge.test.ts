import { expect, test } from 'vitest';
import { type Case, caseOf, type Expect } from './case.ts';
import { judge, type Seen } from './judge.ts';

const of = (wanted: Expect, found: readonly string[], isRead = true): Seen => {
  const made: Case = { name: 'a case', group: 'g', expect: wanted, records: [] };
  return { case: made, found, isRead };
};

const judged: Readonly<Record<string, { seen: Seen; whole: readonly [number, number, number] }>> = {
  'the expected type': { seen: of(['A:B/C'], ['A:B/C']), whole: [1, 0, 0] },
  'one signal of the expected type': { seen: of(['A:B/C'], ['A:B/C#Signal']), whole: [1, 0, 0] },
  'another signal than the expected one': { seen: of(['A:B/C#One'], ['A:B/C#Two']), whole: [0, 1, 1] },
  'a type whose name begins the same': { seen: of(['A:B/C'], ['A:B/Cd']), whole: [0, 1, 1] },
  'a type too many': { seen: of(['A:B/C'], ['A:B/C', 'D:E/F']), whole: [1, 0, 1] },
  'anything, and something': { seen: of('any', ['D:E/F']), whole: [1, 0, 0] },
  'anything, and nothing': { seen: of('any', []), whole: [0, 1, 0] },
  'nothing, and nothing': { seen: of('none', []), whole: [0, 0, 0] },
  'nothing, and something': { seen: of('none', ['D:E/F']), whole: [0, 0, 1] },
  'nothing that could be read': { seen: of('any', [], false), whole: [0, 0, 0] },
};

test.each(Object.entries(judged))('expected: %s', (_name, { seen, whole }) => {
  const { whole: told } = judge([seen]);
  expect([told.hits, told.missed, told.spurious]).toEqual(whole);
});

test('says precision and recall of each detector, and what came out otherwise', () => {
  const { detectors, missed, spurious } = judge([of(['A:B/C'], ['A:B/C']), of(['A:B/C'], []), of('none', ['A:B/C'])]);
  expect(detectors).toEqual([{ name: 'A:B/C', hits: 1, missed: 1, spurious: 1, precision: 0.5, recall: 0.5 }]);
  expect([missed, spurious]).toEqual([
    [{ group: 'g', name: 'a case', types: ['A:B/C'] }],
    [{ group: 'g', name: 'a case', types: ['A:B/C'] }],
  ]);
});

const lines: Readonly<Record<string, { line: unknown; told: unknown }>> = {
  'our form': {
    line: { name: 'n', expect: ['A:B/C'], records: [{ a: 1 }] },
    told: { name: 'n', group: '', expect: ['A:B/C'], records: [{ a: 1 }] },
  },
  'nothing expected': {
    line: { name: 'n', expect: 'none', records: ['2 1 eni'] },
    told: { name: 'n', group: '', expect: 'none', records: ['2 1 eni'] },
  },
  'the form of one record': {
    line: { rule: 'R', name: 'n', expect: true, logTypes: ['x'], log: { a: 1 } },
    told: { name: 'n', group: 'R', expect: 'any', records: [{ a: 1 }] },
  },
  'no expectation': {
    line: { name: 'n', records: [{}] },
    told: { problem: 'has "expect" undefined; expected a list of types, "none", true or false' },
  },
  'no name': { line: { expect: true, records: [{}] }, told: { problem: 'has no "name", a text' } },
  'no records': {
    line: { name: 'n', expect: true, records: [] },
    told: { problem: 'has no "records", a list of records, nor "log", one of them' },
  },
};

test.each(Object.entries(lines))('a line: %s', (_name, { line, told }) => {
  expect(caseOf(JSON.stringify(line))).toEqual(told);
});

test('a line that is no JSON', () => {
  expect(caseOf('{"name": ')).toEqual({ problem: 'is no JSON object' });
});
