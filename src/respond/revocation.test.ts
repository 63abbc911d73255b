import { expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import { type Narrowing, RevocationPolicy, sidOf } from './revocation.ts';

const [early, late] = ['2026-01-05T01:00:00Z', '2026-01-05T02:00:00Z'];
const one: Narrowing = { StringEquals: { 'aws:userid': 'AROAEXAMPLE:i-0abc' } };
const deny = (Condition: Json, more: object = {}) => ({
  Effect: 'Deny',
  Action: ['*'],
  Resource: ['*'],
  Condition,
  ...more,
});
const older = (date: Json) => ({ DateLessThan: { 'aws:TokenIssueTime': date } });
const policy = (Statement: Json) => new RevocationPolicy(JSON.stringify({ Version: '2012-10-17', Statement }));

it.each<[string, Json, Narrowing, string]>([
  ['the latest date', [deny(older(late)), deny(older(early))], {}, late],
  ['one statement without a list around it', deny(older(early), { Action: '*', Resource: '*' }), {}, early],
  ['a date in a list', [deny(older([early]))], {}, early],
  ['the same session', [deny({ ...older(early), ...one })], one, early],
  ['nothing of a narrower statement', [deny({ ...older(early), ...one })], {}, ''],
  ['nothing of an Allow', [deny(older(early), { Effect: 'Allow' })], {}, ''],
  ['nothing of a Deny of one action', [deny(older(early), { Action: ['s3:*'] })], {}, ''],
  ['nothing of a Deny of one resource', [deny(older(early), { Resource: 'arn:aws:s3:::x' })], {}, ''],
  ['nothing of a date that is none', [deny(older('soon'))], {}, ''],
  [
    'nothing of a second key',
    [deny({ DateLessThan: { 'aws:TokenIssueTime': late, 'aws:CurrentTime': late } })],
    {},
    '',
  ],
])('knows %s as covered', (_name, statement, only, expected) => {
  expect(policy(statement).covered(only)).toBe(expected);
});

it('is empty without a document, and becomes so again', () => {
  const nothing = new RevocationPolicy('');
  expect(nothing.covered({})).toBe('');
  const written = new RevocationPolicy(nothing.with('YaguraA', early, one));
  expect(written.covered(one)).toBe(early);
  expect(written.without('YaguraA')).toBe('');
});

it('writes its own statement once', () => {
  const first = new RevocationPolicy(policy([deny(older(early))]).with('YaguraA', early, {}));
  const second = new RevocationPolicy(first.with('YaguraA', late, {}));
  expect(second.statements.map(({ Sid }) => Sid)).toEqual([undefined, 'YaguraA']);
  expect(second.covered({})).toBe(late);
});

it('makes a Sid of letters and digits', () => {
  expect(sidOf('0a-1b/2c')).toBe('Yagura0a1b2c');
});
