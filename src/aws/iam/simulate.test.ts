import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

const principal = {
  kind: 'assumed-role',
  account: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/r/s',
  roleName: 'r',
  sessionName: 's',
} as const;
const allow = {
  id: 'allow',
  type: 'IAM Policy',
  text: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
};
const revoke = {
  id: 'revoke',
  type: 'IAM Policy',
  text: `{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"},
    {"Effect": "Deny", "Action": "*", "Resource": "*",
     "Condition": {"DateLessThan": {"aws:TokenIssueTime": "2026-01-05T00:00:00Z"}}}
  ]
}`,
};
const ask = { principal, actions: ['s3:GetObject'], identityPolicies: [allow, revoke] };

test('an old session is denied, and the revoking statement is told by its place', () => {
  const [result] = simulate({ ...ask, context: { 'aws:TokenIssueTime': '2026-01-04T23:00:00Z' } });
  expect(result).toEqual({
    EvalActionName: 's3:GetObject',
    EvalResourceName: '*',
    EvalDecision: 'explicitDeny',
    MatchedStatements: [
      {
        SourcePolicyId: 'revoke',
        SourcePolicyType: 'IAM Policy',
        StartPosition: { Line: 5, Column: 5 },
        EndPosition: { Line: 6, Column: 84 },
      },
    ],
    MissingContextValues: [],
  });
});

test('a new session is not', () => {
  const [result] = simulate({ ...ask, context: { 'aws:TokenIssueTime': '2026-01-05T01:00:00Z' } });
  expect(result).toMatchObject({ EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyId: 'allow' }] });
});

test('what the policies read and the request lacks is told', () => {
  expect(simulate(ask)[0]?.MissingContextValues).toEqual(['aws:TokenIssueTime']);
});

test('each action on each resource, and the limits by name', () => {
  const results = simulate({
    ...ask,
    actions: ['s3:A', 's3:B'],
    resources: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
    permissionBoundaries: [],
  });
  expect(results.map((each) => [each.EvalActionName, each.EvalResourceName])).toEqual([
    ['s3:A', 'arn:aws:s3:::a'],
    ['s3:A', 'arn:aws:s3:::b'],
    ['s3:B', 'arn:aws:s3:::a'],
    ['s3:B', 'arn:aws:s3:::b'],
  ]);
  expect(results[0]).toMatchObject({
    EvalDecision: 'implicitDeny',
    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
  });
});
