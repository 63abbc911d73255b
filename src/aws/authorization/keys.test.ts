import { expect, test } from 'vitest';
import type { Caller } from '../../range/caller.ts';
import type { CallerFacts } from './caller-facts.ts';
import { contextOf, type RequestFacts, resourceKeysOf } from './keys.ts';
import { serviceKeysOf } from './service-keys.ts';

const time = Date.parse('2026-01-05T00:10:00.500Z');
const issuedAt = Date.parse('2026-01-05T00:00:00Z');
const account = '111122223333';
const user: CallerFacts = {
  kind: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/dev/ann`,
  userId: 'AIDAEXAMPLE',
  userName: 'ann',
};
const role: CallerFacts = {
  kind: 'assumed-role',
  account,
  roleArn: `arn:aws:iam::${account}:role/app/web`,
  roleId: 'AROAEXAMPLE',
  sessionName: 'one',
  session: { issuedAt, mfa: false },
};

const always = {
  'aws:CurrentTime': '2026-01-05T00:10:00Z',
  'aws:EpochTime': '1767571800',
  'aws:RequestedRegion': 'us-west-2',
  'aws:SecureTransport': 'true',
  'aws:UserAgent': 'agent',
  'aws:ViaAWSService': 'false',
};
const direct = { ...always, 'aws:SourceIp': '198.51.100.7', 'aws:PrincipalIsAWSService': 'false' };
const ofUser = {
  'aws:PrincipalType': 'User',
  'aws:PrincipalAccount': account,
  'aws:userid': 'AIDAEXAMPLE',
  'aws:username': 'ann',
  'aws:PrincipalArn': `arn:aws:iam::${account}:user/dev/ann`,
};
const ofRole = {
  'aws:PrincipalType': 'AssumedRole',
  'aws:PrincipalAccount': account,
  'aws:userid': 'AROAEXAMPLE:one',
  'aws:PrincipalArn': `arn:aws:iam::${account}:role/app/web`,
  'aws:TokenIssueTime': '2026-01-05T00:00:00Z',
  'aws:MultiFactorAuthPresent': 'false',
};

const cases: readonly [name: string, facts: Partial<RequestFacts>, expected: Record<string, unknown>][] = [
  ['long-term keys have no session and no MFA key', { caller: user }, { ...direct, ...ofUser }],
  [
    'a session with MFA has its age',
    { caller: { ...user, session: { issuedAt, mfa: true } } },
    {
      ...direct,
      ...ofUser,
      'aws:TokenIssueTime': '2026-01-05T00:00:00Z',
      'aws:MultiFactorAuthPresent': 'true',
      'aws:MultiFactorAuthAge': '600',
    },
  ],
  ['a role session is its role, and has no user name', { caller: role }, { ...direct, ...ofRole }],
  [
    'tags of the principal',
    { caller: user, principalTags: { team: 'red' } },
    { ...direct, ...ofUser, 'aws:PrincipalTag/team': 'red' },
  ],
  [
    'a service that calls for somebody hides the address',
    { caller: role, via: ['cloudformation.amazonaws.com', 'lambda.amazonaws.com'] },
    {
      ...always,
      ...ofRole,
      'aws:PrincipalIsAWSService': 'false',
      'aws:ViaAWSService': 'true',
      'aws:CalledVia': ['cloudformation.amazonaws.com', 'lambda.amazonaws.com'],
      'aws:CalledViaFirst': 'cloudformation.amazonaws.com',
      'aws:CalledViaLast': 'lambda.amazonaws.com',
    },
  ],
  [
    'a service by itself names what it acts for',
    {
      caller: {
        kind: 'service',
        service: 'events.amazonaws.com',
        sourceArn: `arn:aws:events:us-west-2:${account}:rule/r`,
        sourceAccount: account,
      },
    },
    {
      ...always,
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': 'events.amazonaws.com',
      'aws:PrincipalServiceNamesList': ['events.amazonaws.com'],
      'aws:SourceArn': `arn:aws:events:us-west-2:${account}:rule/r`,
      'aws:SourceAccount': account,
    },
  ],
  [
    'an anonymous call has an address and no ARN',
    { caller: { kind: 'anonymous' } },
    {
      ...always,
      'aws:SourceIp': '198.51.100.7',
      'aws:PrincipalType': 'Anonymous',
      'aws:PrincipalAccount': 'anonymous',
      'aws:userid': 'anonymous',
    },
  ],
];

test.each(cases)('%s', (_name, facts, expected) => {
  const base = { caller: user, time, region: 'us-west-2', sourceIp: '198.51.100.7', userAgent: 'agent', secure: true };
  expect(contextOf({ ...base, ...facts })).toEqual(expected);
});

test('tags of a resource are also called as the service calls them', () => {
  expect(resourceKeysOf('ec2', account, { Name: 'web' })).toEqual({
    'aws:ResourceAccount': account,
    'aws:ResourceTag/Name': 'web',
    'ec2:ResourceTag/Name': 'web',
  });
});

test('how a request was signed is seen by S3, and by whom a key is used by KMS', () => {
  expect(
    serviceKeysOf('s3', () => ({ region: 'us-west-2', authType: 'REST-QUERY-STRING', signatureAgeMs: 1500 })),
  ).toEqual({
    's3:authType': 'REST-QUERY-STRING',
    's3:signatureAge': '1500',
  });
  expect(
    serviceKeysOf('kms', () => ({ region: 'us-west-2', callerAccount: account, via: 's3.amazonaws.com' })),
  ).toEqual({
    'kms:CallerAccount': account,
    'kms:ViaService': 's3.us-west-2.amazonaws.com',
  });
  expect(serviceKeysOf('sns', () => ({ region: 'us-west-2' }))).toEqual({});
});

test("the range's caller fits", () => {
  const fits = (caller: Caller): CallerFacts => caller;
  expect(fits({ kind: 'anonymous' })).toEqual({ kind: 'anonymous' });
});
