import { expect, test } from 'vitest';
import type { Finding } from '../../../model/finding.ts';
import { type Grouping, grouped } from './statistics.ts';

const day = Date.UTC(2026, 0, 5);
const hour = 3_600_000;

function finding(type: string, severity: number, updatedAt: number, userName = 'ada'): Finding {
  const accessKey = { accessKeyId: `key of ${userName}`, principalId: '', userName, userType: 'IAMUser' };
  return { account: '1', type, severity, updatedAt, resource: { type: 'AccessKey', accessKey } } as Finding;
}

const findings = [
  finding('b', 5, day),
  finding('a', 2, day + hour),
  finding('b', 5, day + 2 * hour),
  finding('c', 8, day + 25 * hour, 'bob'),
];
const of = (by: Grouping['by'], more: Partial<Grouping> = {}) =>
  Object.values(grouped(findings, { by, order: 'DESC', max: 10, ...more })).flat();

test('the most come first, or last where that is asked; the same number is in the order of names', () => {
  const counts = (more: Partial<Grouping>) =>
    of('FINDING_TYPE', more).map((each) => {
      const { FindingType, TotalFindings } = each as Record<string, unknown>;
      return `${FindingType} ${TotalFindings}`;
    });
  expect(counts({})).toEqual(['b 2', 'a 1', 'c 1']);
  expect(counts({ order: 'ASC' })).toEqual(['a 1', 'c 1', 'b 2']);
  expect(counts({ max: 1 })).toEqual(['b 2']);
});

test.each<[Grouping['by'], object]>([
  ['ACCOUNT', { AccountId: '1', TotalFindings: 4, LastGeneratedAt: new Date(day + 25 * hour) }],
  ['DATE', { Date: new Date(day), Severity: 5, TotalFindings: 2, LastGeneratedAt: new Date(day + 2 * hour) }],
  ['RESOURCE', { AccountId: '1', ResourceId: 'key of ada', ResourceType: 'AccessKey', TotalFindings: 3 }],
  ['SEVERITY', { Severity: 5, TotalFindings: 2 }],
])('findings by %s', (by, first) => {
  expect(of(by)[0]).toMatchObject(first);
});
