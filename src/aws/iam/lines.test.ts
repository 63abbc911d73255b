import { expect, test } from 'vitest';
import { answerLine } from './lines.ts';

const good = { principal: 'arn:aws:iam::111122223333:user/a', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };

test.each([
  ['as expected', { ...good, expect: 'implicitDeny' }],
  ['as expected', { ...good, id: 7, note: 'of the writer’s own' }],
  ['as expected', { ...good, identityPolicies: null }],
  ['differs', { ...good, expect: 'allowed' }],
  ['bad', []],
  ['bad', { ...good, principal: 'alice' }],
  ['bad', { ...good, principal: { service: 5 } }],
  ['bad', { ...good, action: 'GetObject' }],
  ['bad', { ...good, action: undefined }],
  ['bad', { ...good, resource: 'bucket' }],
  ['bad', { ...good, resourceAccount: 111122223333 }],
  ['bad', { ...good, expect: 'denied' }],
  ['bad', { ...good, identityPolicys: [] }],
  ['bad', { ...good, identityPolicies: {} }],
  ['bad', { ...good, identityPolicies: ['{}'] }],
  ['bad', { ...good, serviceControlPolicies: [{}] }],
  ['bad', { ...good, context: { a: null } }],
  ['bad', { ...good, context: { a: [[]] } }],
])('%s: %j', (verdict, question) => {
  expect(answerLine(JSON.stringify(question), 3)?.verdict).toBe(verdict);
});

test('a bad line says what was wrong and where', () => {
  expect(answerLine(JSON.stringify({ ...good, action: 5 }), 3)?.answer).toEqual({
    error: 'action is 5; expected one action, as in "s3:GetObject"',
    line: 3,
  });
  expect(answerLine('{', 9)?.answer).toMatchObject({ error: expect.stringContaining('not JSON'), line: 9 });
});

test('a blank line asks nothing', () => {
  expect(answerLine('  ', 1)).toBeUndefined();
});

test('reasons name the policy, the statement and why', () => {
  const document = {
    Version: '2012-10-17',
    Id: 'guard',
    Statement: { Sid: 'No', Effect: 'Deny', Action: '*', Resource: '*' },
  };
  expect(answerLine(JSON.stringify({ ...good, identityPolicies: [document] }), 1)?.answer).toEqual({
    decision: 'explicitDeny',
    because: [
      {
        kind: 'identity',
        policy: 'guard',
        statement: 'No',
        effect: 'Deny',
        why: 'the statement denies s3:GetObject on arn:aws:s3:::b/k',
      },
    ],
  });
});
