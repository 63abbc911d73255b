import { expect, test } from 'vitest';
import { complaintAbout, type DocumentKind } from './validate.ts';

const syntax = 'Syntax errors in policy.';
const old = 'Policy document must be version 2012-10-17 or greater.';
const fine = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const of = (Statement: unknown, more: object = {}) => ({ Version: '2012-10-17', Statement, ...more });

type Row = readonly [document: unknown, complaint: string | undefined];

test.each<Row>([
  [of(fine), undefined],
  [of([fine, { ...fine, Sid: 'a' }]), undefined],
  [of([]), undefined],
  [of({ ...fine, Action: '*', Resource: '*' }), undefined],
  [of({ ...fine, Condition: { StringEquals: { 'aws:username': ['a', 1, true] } } }), undefined],
  ['text', syntax],
  [{ Statement: fine }, old],
  [{ Version: '2008-10-17', Statement: fine }, old],
  [of(fine, { Version: '2013-10-17' }), syntax],
  [of(fine, { Extra: 1 }), syntax],
  [of(fine, { Id: {} }), syntax],
  [{ Version: '2012-10-17' }, syntax],
  [of('x'), syntax],
  [of({ ...fine, Effect: 'allow' }), syntax],
  [of({ ...fine, Sid: 'a_b' }), syntax],
  [of({ ...fine, NotAction: 's3:*' }), syntax],
  [of({ ...fine, Action: 5 }), syntax],
  [of({ ...fine, Condition: { Like: { a: 'b' } } }), syntax],
  [of({ ...fine, Condition: { StringEquals: 'a' } }), syntax],
  [of({ ...fine, Principal: '*' }), 'Policy document should not specify a principal.'],
  [of({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
  [of({ ...fine, Action: [] }), 'Policy statement must contain actions.'],
  [of({ Effect: 'Allow', Action: 's3:*' }), 'Policy statement must contain resources.'],
  [of({ ...fine, Action: 'Get' }), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
  [of({ ...fine, Action: 's3:a:b' }), 'Actions/Condition can contain only one colon.'],
  [of({ ...fine, Action: 'a a:b' }), 'Vendor a a is not valid'],
  [of({ ...fine, Resource: 'bucket' }), 'Resource bucket must be in ARN format or "*".'],
  [of({ ...fine, Resource: 'arn:red:s3:::b' }), 'Partition "red" is not valid for resource "arn:red:s3:::b".'],
  [of({ ...fine, Resource: 'arn:aws:s3' }), 'The policy failed legacy parsing'],
  [
    of({ ...fine, Resource: 'arn:aws:s3:us-east-1::b' }),
    'Resource arn:aws:s3:us-east-1::b can not contain region information.',
  ],
  [
    of([
      { ...fine, Sid: 'a' },
      { ...fine, Sid: 'a' },
    ]),
    'Statement IDs (SID) in a single policy must be unique.',
  ],
])('identity policy %j: %s', (document, complaint) => check(document, 'identity', complaint));

test.each<Row>([
  [of(trust), undefined],
  [{ Statement: trust }, undefined],
  [of({ ...trust, Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:root'] } }), undefined],
  [of({ ...trust, Resource: '*' }), 'Has prohibited field Resource'],
  [of({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'Missing required field Principal'],
  [of({ Effect: 'Allow', Principal: '*' }), 'Missing required field Action'],
  [of({ ...trust, Action: 's3:GetObject' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
  [
    of({ ...trust, Principal: { AWS: 'arn:aws:iam::1:user/x' } }),
    'Invalid principal in policy: "AWS":"arn:aws:iam::1:user/x"',
  ],
  [of({ ...trust, Principal: {} }), 'Invalid principal in policy.'],
])('trust policy %j: %s', (document, complaint) => check(document, 'trust', complaint));

test.each<Row>([
  [of({ ...fine, Principal: '*' }), undefined],
  [of(fine), 'Missing required field Principal'],
  [of({ ...fine, Principal: { Aws: '*' } }), 'Invalid principal in policy.'],
])('resource policy %j: %s', (document, complaint) => check(document, 'resource', complaint));

test('what is not JSON', () => {
  expect(complaintAbout('{', 'identity')).toBe(syntax);
  expect(complaintAbout('{', 'trust')).toBe('This policy contains invalid Json');
});

function check(document: unknown, kind: DocumentKind, complaint: string | undefined): void {
  expect(complaintAbout(JSON.stringify(document), kind)).toBe(complaint);
}
