import { expect, test } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { type Condition, meets, type SortBy, sorted } from './criteria.ts';

const finding = {
  type: 'Recon:EC2/Portscan',
  severity: 5,
  updatedAt: '2026-01-05T00:10:00.000Z',
  service: { archived: false, count: 3 },
  resource: { buckets: [{ name: 'a' }, { name: 'b' }] },
};
const updated = Date.parse(finding.updatedAt);

test.each<[string, Condition, boolean]>([
  ['type', { Equals: ['Recon:EC2/Portscan'] }, true],
  ['type', { eq: ['other', 'Recon:EC2/Portscan'] }, true],
  ['type', { NotEquals: ['Recon:EC2/Portscan'] }, false],
  ['type', { neq: 'other' }, true],
  ['type', { Matches: ['recon:*'] }, false],
  ['type', { Matches: ['Recon:*/Port????'] }, true],
  ['type', { NotMatches: ['Recon:*'] }, false],
  ['service.archived', { Equals: ['false'] }, true],
  ['service.archived', { Equals: ['true'] }, false],
  ['severity', { GreaterThan: 5 }, false],
  ['severity', { gt: 4 }, true],
  ['severity', { GreaterThanOrEqual: 5 }, true],
  ['severity', { gte: 6 }, false],
  ['severity', { LessThan: 5 }, false],
  ['severity', { lt: 10 }, true],
  ['severity', { LessThanOrEqual: 5 }, true],
  ['severity', { lte: 4 }, false],
  ['severity', { GreaterThan: 4, LessThan: 5 }, false],
  ['updatedAt', { GreaterThan: updated - 1 }, true],
  ['updatedAt', { LessThan: updated }, false],
  ['resource.buckets.name', { Equals: ['b'] }, true],
  ['resource.buckets.name', { Equals: ['c'] }, false],
  ['nowhere', { Equals: ['a'] }, false],
  ['nowhere', { NotEquals: ['a'] }, true],
  ['type', { Equals: [] }, true],
])('%s %j: %s', (path, condition, expected) => {
  expect(meets(finding, { [path]: condition })).toBe(expected);
});

test('every condition must hold, and an operator that is none is an error', () => {
  expect(meets(finding, { severity: { Equals: ['5'] }, type: { Equals: ['other'] } })).toBe(false);
  expect(() => meets(finding, { type: { Like: ['Recon'] } })).toThrow('"Like" is not an operator');
});

test('findings are in the order that is asked for, and by their ids where that is the same', () => {
  const rows = (['b', 'a', 'c'] as const).map((id) => ({
    finding: { id } as Finding,
    json: { severity: { a: 10, b: 2, c: 2 }[id], updatedAt: { a: 3, b: 1, c: 2 }[id] },
  }));
  const ids = (by?: SortBy) => sorted(rows, by).map((row) => row.finding.id);
  expect(ids()).toEqual(['b', 'c', 'a']);
  expect(ids({ attribute: 'severity', order: 'ASC' })).toEqual(['b', 'c', 'a']);
  expect(ids({ attribute: 'severity', order: 'DESC' })).toEqual(['a', 'b', 'c']);
});
