import { expect, test } from 'vitest';
import { contextOf, givenKeys } from '../context.ts';
import type { RequestContext } from '../request.ts';
import { conditionsOf } from './condition.ts';

type Given = RequestContext[string] | undefined;
type Row = readonly [operator: string, policy: unknown, request: Given, holds: boolean | 'unknown'];

const absent = undefined;

test.each<Row>([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', ['x', 'a'], 'a', true],
  ['StringEquals', 'a*', 'abc', false],
  ['StringEquals', 'a', absent, false],
  ['StringEquals', 5, '5', true],
  ['StringEquals', true, 'true', true],
  ['StringEquals', 'true', true, true],
  ['StringEquals', [], 'a', false],
  ['StringEquals', 'two', ['one', 'two'], true],
  ['StringNotEquals', 'a', 'b', true],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', 'a', absent, true],
  ['StringNotEquals', 'a', [], true],
  ['StringEqualsIgnoreCase', 'ABC', 'abc', true],
  ['StringNotEqualsIgnoreCase', 'ABC', 'abc', false],
  ['StringLike', 'a*c', 'abbc', true],
  ['StringLike', 'a?c', 'abbc', false],
  ['StringLike', 'A*', 'abc', false],
  ['StringNotLike', 'a*', 'abc', false],
  ['StringNotLike', 'a*', absent, true],
  ['StringEqualsIfExists', 'a', absent, true],
  ['StringEqualsIfExists', 'a', 'b', false],
  ['StringNotEqualsIfExists', 'a', absent, true],
  ['StringLike', '${aws:username}-*', 'alice-1', true],
  ['StringEquals', "${aws:PrincipalTag/none, 'x'}", 'x', true],
  ['StringNotEquals', '${aws:PrincipalTag/none}', 'x', true],
])('%s %j with %j: %s', check);

test.each<Row>([
  ['NumericEquals', '10', '10.0', true],
  ['NumericEquals', 10, 10, true],
  ['NumericNotEquals', 10, 11, true],
  ['NumericNotEquals', 10, absent, true],
  ['NumericLessThan', 10, 9.5, true],
  ['NumericLessThan', 10, 10, false],
  ['NumericLessThanEquals', 10, 10, true],
  ['NumericGreaterThan', 10, 10, false],
  ['NumericGreaterThan', '9', '10', true],
  ['NumericGreaterThanEquals', 10, 10, true],
  ['NumericGreaterThan', -1, 0, true],
  ['NumericLessThanIfExists', 10, absent, true],
  ['NumericLessThan', 10, absent, false],
  ['NumericEquals', 'ten', 10, 'unknown'],
  ['NumericEquals', ['ten', 10], 10, true],
  ['NumericNotEquals', 10, 'ten', 'unknown'],
])('%s %j with %j: %s', check);

test.each<Row>([
  ['DateEquals', '2026-01-05T00:00:00Z', '2026-01-05T01:00:00+01:00', true],
  ['DateEquals', '2026-01-05', '2026-01-05T00:00:00Z', true],
  ['DateEquals', 1767571200, '2026-01-05T00:00:00Z', true],
  ['DateEquals', '1767571200', '2026-01-05', true],
  ['DateEquals', '2026', '2026-01-01T00:00:00Z', true],
  ['DateEquals', '2026-01-05T10:00', '2026-01-05T10:00:00.000Z', true],
  ['DateEquals', '2026-01-05T10:00:00+0900', '2026-01-05T01:00:00Z', true],
  ['DateNotEquals', '2026-01-05', '2026-01-06', true],
  ['DateNotEquals', '2026-01-05', absent, true],
  ['DateLessThan', '2026-01-05T00:00:00Z', '2026-01-04T23:59:59Z', true],
  ['DateLessThan', '2026-01-05T00:00:00Z', '2026-01-05T00:00:00Z', false],
  ['DateLessThanEquals', '2026-01-05T00:00:00Z', '2026-01-05T00:00:00Z', true],
  ['DateGreaterThan', '2026-01-05T00:00:00.500Z', '2026-01-05T00:00:00.501Z', true],
  ['DateGreaterThanEquals', '2026-01-05', '2026-01-05', true],
  ['DateLessThan', '2026-01-05', absent, false],
  ['DateLessThan', 'tomorrow', '2026-01-05', 'unknown'],
])('%s %j with %j: %s', check);

test.each<Row>([
  ['Bool', 'true', 'true', true],
  ['Bool', true, 'TRUE', true],
  ['Bool', 'false', true, false],
  ['Bool', 'true', absent, false],
  ['Bool', 'false', absent, false],
  ['BoolIfExists', 'false', absent, true],
  ['Bool', 'yes', 'true', 'unknown'],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'QQ==', 'QQ', true],
  ['BinaryEquals', 'QQ==', 'Qg==', false],
  ['Null', 'true', absent, true],
  ['Null', 'true', 'x', false],
  ['Null', 'false', 'x', true],
  ['Null', false, absent, false],
  ['Null', true, [], true],
  ['Null', true, '', true],
  ['NullIfExists', 'true', absent, 'unknown'],
  ['StringMatches', 'a', 'a', 'unknown'],
  ['ForSomeValues:StringEquals', 'a', 'a', 'unknown'],
  ['StringEquals', { a: 1 }, 'a', 'unknown'],
])('%s %j with %j: %s', check);

test.each<Row>([
  ['IpAddress', '203.0.113.0/24', '203.0.113.9', true],
  ['IpAddress', '203.0.113.77/24', '203.0.113.9', true],
  ['IpAddress', '203.0.113.0/24', '203.0.114.9', false],
  ['IpAddress', '203.0.113.9', '203.0.113.9', true],
  ['IpAddress', '0.0.0.0/0', '8.8.8.8', true],
  ['IpAddress', ['10.0.0.0/8', '192.0.2.0/24'], '192.0.2.1', true],
  ['IpAddress', '2001:db8::/32', '2001:DB8:1::1', true],
  ['IpAddress', '2001:db8::/32', '2001:db9::1', false],
  ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
  ['IpAddress', '10.0.0.0/8', absent, false],
  ['NotIpAddress', '10.0.0.0/8', '10.1.2.3', false],
  ['NotIpAddress', '10.0.0.0/8', '192.0.2.1', true],
  ['NotIpAddress', '10.0.0.0/8', absent, true],
  ['IpAddressIfExists', '10.0.0.0/8', absent, true],
  ['IpAddress', '10.0.0.0/33', '10.0.0.1', 'unknown'],
  ['NotIpAddress', '10.0.0.0/8', 'cloudformation.amazonaws.com', 'unknown'],
])('%s %j with %j: %s', check);

test.each<Row>([
  ['ArnEquals', 'arn:aws:sns:*:123456789012:t', 'arn:aws:sns:us-east-1:123456789012:t', true],
  ['ArnLike', 'arn:aws:iam::123456789012:role/*', 'arn:aws:iam::123456789012:role/a/b', true],
  ['ArnLike', 'arn:aws:iam::*:role/a', 'arn:aws:iam::123456789012:role/b', false],
  // A wildcard stays within its part.
  ['ArnLike', 'arn:aws:s*:::x', 'arn:aws:sns:us-east-1:1:x', false],
  ['ArnLike', 'arn:aws:logs:*:1:log-group:*', 'arn:aws:logs:r:1:log-group:g:log-stream:s', true],
  ['ArnLike', 'arn:aws:iam::123456789012:user/${aws:username}', 'arn:aws:iam::123456789012:user/alice', true],
  ['ArnLike', '*', 'arn:aws:s3:::b', true],
  ['ArnLike', 'arn:aws:s3', 'arn:aws:s3:::b', true],
  ['ArnLike', 'arn:aws:dynamodb:*:table/a', 'arn:aws:dynamodb:us-east-1:1:table/a', false],
  ['ArnLike', 'arn:aws:s3:::b', 'not-an-arn', 'unknown'],
  ['ArnNotLike', 'arn:aws:s3:::b', 'not-an-arn', 'unknown'],
  ['ArnEquals', '123456789012', 'arn:aws:s3:::b', 'unknown'],
  ['ArnNotEquals', 'my-bucket', 'arn:aws:s3:::b', 'unknown'],
  ['ArnLike', ['my-bucket', 'arn:aws:s3:::b'], 'arn:aws:s3:::b', true],
  ['ArnLike', '${aws:username}', 'arn:aws:s3:::b', false],
  ['ArnLike', '*:aws:s3:::b', 'arn:aws:s3:::b', true],
  ['ArnNotLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::bb', false],
  ['ArnNotEquals', 'arn:aws:s3:::b', absent, true],
  ['ArnLike', 'arn:aws:s3:::b', absent, false],
  ['ArnLikeIfExists', 'arn:aws:s3:::b', absent, true],
])('%s %j with %j: %s', check);

test.each<Row>([
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', ['a'], absent, true],
  ['ForAllValues:StringEquals', ['a'], [], true],
  ['ForAllValues:StringEquals', ['a'], '', true],
  ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
  ['ForAllValues:StringNotEquals', ['a'], ['a', 'c'], false],
  ['ForAllValues:StringNotEquals', ['a'], absent, true],
  ['ForAllValues:StringLike', 'x*', ['x1', 'x2'], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
  ['ForAnyValue:StringEquals', ['a'], ['c'], false],
  ['ForAnyValue:StringEquals', ['a'], absent, false],
  ['ForAnyValue:StringEquals', ['a'], [], false],
  ['ForAnyValue:StringEqualsIfExists', ['a'], absent, true],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'c'], true],
  ['ForAnyValue:StringNotEquals', ['a'], ['a'], false],
  ['ForAnyValue:StringNotEquals', ['a'], absent, false],
  ['forAnyValue:stringLike', 'a*', ['b', 'ab'], true],
  ['ForAllValues:NumericLessThan', 10, [1, 2], true],
  ['ForAnyValue:IpAddress', '10.0.0.0/8', ['8.8.8.8', '10.0.0.1'], true],
  ['ForAllValues:Null', 'true', ['a'], 'unknown'],
])('%s %j with %j: %s', check);

function check(operator: string, policy: unknown, request: Given, expected: boolean | 'unknown'): void {
  const given = { 'aws:username': 'alice', ...(request === undefined ? {} : { 'app:Key': request }) };
  const context = contextOf(givenKeys(given), { kind: 'anonymous' }, '');
  const [condition] = conditionsOf({ [operator]: { 'APP:key': policy } }, true);
  const holds = condition?.holds(context);
  expect(typeof holds === 'object' ? 'unknown' : holds).toBe(expected);
}
