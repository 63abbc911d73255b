import { expect, test } from 'vitest';
import { readModel } from '../../../run/adapters/wire/read-models.ts';
import { createWire } from '../../wire/create.ts';
import { checkedCriteria, findingFields } from './criteria.ts';

const fieldOf = findingFields(createWire(readModel));

test.each([
  ['type', 'text'],
  ['severity', 'number'],
  ['updatedAt', 'time'],
  ['service.eventLastSeen', 'time'],
  ['service.archived', 'flag'],
  ['service.action.networkConnectionAction.localPortDetails.port', 'number'],
  ['resource.instanceDetails.networkInterfaces.privateIpAddresses.privateIpAddress', 'text'],
  ['resource.instanceDetails.tags.key', 'text'],
  ['service.additionalInfo.threatListName', 'text'],
  ['resource', undefined],
  ['resource.instanceDetails', undefined],
  ['severtiy', undefined],
  ['type.name', undefined],
  ['Type', undefined],
] as const)('%s is %s', (path, kind) => {
  expect(fieldOf(path)).toBe(kind);
});

const check =
  (path: string, condition: object, patterns = false) =>
  () =>
    checkedCriteria({ Criterion: { [path]: { ...condition } } }, fieldOf, { patterns });
const refusal = 'The request is rejected because the parameter findingCriteria has an invalid value.';

test.each([
  ['severity', { GreaterThanOrEqual: 4 }],
  ['severity', { Equals: ['7', '8'] }],
  ['severity', { Gte: 4, Lt: 7 }],
  ['updatedAt', { GreaterThan: 1486685375000 }],
  ['service.archived', { Eq: ['false'] }],
  ['type', { NotEquals: ['a:b/c'] }],
])('%s %j can be asked', (path, condition) => {
  expect(check(path, condition)()).toEqual({ [path]: condition });
});

test.each([
  ['nothing.like.this', { Equals: ['x'] }],
  ['severity', { Equals: ['high'] }],
  ['service.archived', { Equals: ['no'] }],
  ['type', { GreaterThan: 4 }],
  ['service.archived', { LessThan: 1 }],
  ['updatedAt', { Equals: ['yesterday'] }],
  ['type', { Matches: ['*EC2*'] }],
  ['type', { Equals: Array.from({ length: 51 }, String) }],
])('%s %j cannot', (path, condition) => {
  expect(check(path, condition)).toThrow(refusal);
});

test('a pattern is for filters, and for texts', () => {
  expect(check('type', { Matches: ['*EC2*'] }, true)()).toBeDefined();
  expect(check('severity', { Matches: ['7'] }, true)).toThrow(refusal);
});
