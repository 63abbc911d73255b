import { test } from 'vitest';
import {
  account,
  allow,
  check,
  deny,
  getObject,
  nothing,
  of,
  other,
  type Row,
  root,
  session,
  statement,
  to,
  user,
} from './evaluate.contract.ts';

test.each<Row>([
  ['nothing allows', getObject({}), 'implicitDeny'],
  ['an identity policy allows', getObject({ identityPolicies: [allow] }), 'allowed'],
  ['a group allows', getObject({ groupPolicies: [allow] }), 'allowed'],
  ['a Deny wins', getObject({ identityPolicies: [allow, deny] }), 'explicitDeny'],
  ['a group denies', getObject({ identityPolicies: [allow], groupPolicies: [deny] }), 'explicitDeny'],
  ['another action', getObject({ identityPolicies: [nothing] }), 'implicitDeny'],
  ['case of an action', getObject({ identityPolicies: [of(statement({ Action: 'S3:getobj*' }))] }), 'allowed'],
  [
    'NotAction',
    getObject({ identityPolicies: [of({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })] }),
    'allowed',
  ],
  [
    'NotAction that names it',
    getObject({ identityPolicies: [of({ Effect: 'Allow', NotAction: ['iam:*', 's3:*'], Resource: '*' })] }),
    'implicitDeny',
  ],
  [
    'NotResource',
    getObject({ identityPolicies: [of({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::other/*' })] }),
    'allowed',
  ],
  [
    'NotResource that names it',
    getObject({ identityPolicies: [of({ Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::bucket/*' }), allow] }),
    'allowed',
  ],
  [
    'a resource in another case',
    getObject({ identityPolicies: [of(statement({ Resource: 'arn:aws:s3:::Bucket/*' }))] }),
    'implicitDeny',
  ],
  ['an incomplete ARN', getObject({ identityPolicies: [of(statement({ Resource: 'arn:aws:s3' }))] }), 'allowed'],
  ['an open ARN', getObject({ identityPolicies: [of(statement({ Resource: 'arn:aws:s3:*' }))] }), 'allowed'],
  [
    'an ARN of another service',
    getObject({ identityPolicies: [of(statement({ Resource: 'arn:aws:sqs' }))] }),
    'implicitDeny',
  ],
  [
    'an action without resources needs *',
    getObject({ resource: '*', identityPolicies: [of(statement({ Resource: 'arn:aws:s3:::*' }))] }),
    'implicitDeny',
  ],
  [
    'who asks who it is, is told, denied or not',
    { principal: user, action: 'sts:GetCallerIdentity', resource: '*', identityPolicies: [deny] },
    'allowed',
  ],
  ['root may all', getObject({ principal: root }), 'allowed'],
  [
    'root is bound by its organisation',
    getObject({ principal: root, serviceControlPolicies: [[deny]] }),
    'explicitDeny',
  ],
  [
    'a single statement needs no list',
    getObject({ identityPolicies: [{ Version: '2012-10-17', Statement: statement() }] }),
    'allowed',
  ],
])('%s', check);

test.each<Row>([
  [
    'aws:PrincipalArn of a session is the role',
    getObject({
      principal: session,
      identityPolicies: [
        of(statement({ Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/worker` } } })),
      ],
    }),
    'allowed',
  ],
  [
    'aws:username of a user',
    getObject({ identityPolicies: [of(statement({ Condition: { StringEquals: { 'aws:username': 'alice' } } }))] }),
    'allowed',
  ],
  [
    'aws:username of a session',
    getObject({
      principal: session,
      identityPolicies: [of(statement({ Condition: { Null: { 'aws:username': 'true' } } }))],
    }),
    'allowed',
  ],
  [
    'aws:PrincipalAccount',
    getObject({
      identityPolicies: [of(statement({ Condition: { StringEquals: { 'aws:principalaccount': account } } }))],
    }),
    'allowed',
  ],
  [
    'what is given wins',
    getObject({
      context: { 'aws:PrincipalAccount': other },
      identityPolicies: [of(statement({ Condition: { StringEquals: { 'aws:PrincipalAccount': account } } }))],
    }),
    'implicitDeny',
  ],
  [
    'aws:PrincipalIsAWSService',
    getObject({
      principal: { service: 'x.amazonaws.com' },
      resourcePolicy: to('*', { Condition: { Bool: { 'aws:PrincipalIsAWSService': true } } }),
    }),
    'allowed',
  ],
  [
    'aws:ResourceAccount',
    getObject({
      resourceAccount: account,
      identityPolicies: [
        of(statement({ Condition: { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } } })),
      ],
    }),
    'allowed',
  ],
  [
    'variables in a resource',
    getObject({
      resource: 'arn:aws:s3:::bucket/alice/x',
      identityPolicies: [of(statement({ Resource: 'arn:aws:s3:::bucket/${aws:username}/*' }))],
    }),
    'allowed',
  ],
  [
    'no variables before 2012',
    getObject({
      resource: 'arn:aws:s3:::bucket/alice/x',
      identityPolicies: [{ Statement: statement({ Resource: 'arn:aws:s3:::bucket/${aws:username}/*' }) }],
    }),
    'implicitDeny',
  ],
])('context: %s', check);

test.each<Row>([
  [
    'an unknown operator in a Deny',
    getObject({ identityPolicies: [allow, of(statement({ Effect: 'Deny', Condition: { Like: { a: 'b' } } }))] }),
    'implicitDeny',
  ],
  [
    'that does not apply anyhow',
    getObject({
      identityPolicies: [allow, of(statement({ Effect: 'Deny', Action: 'sqs:*', Condition: { Like: { a: 'b' } } }))],
    }),
    'allowed',
  ],
  [
    'that another condition stops',
    getObject({
      identityPolicies: [
        allow,
        of(statement({ Effect: 'Deny', Condition: { Like: { a: 'b' }, StringEquals: { c: 'd' } } })),
      ],
    }),
    'allowed',
  ],
  [
    'an unknown operator in an Allow',
    getObject({ identityPolicies: [allow, of(statement({ Condition: { Like: { a: 'b' } } }))] }),
    'allowed',
  ],
  [
    'an unknown operator in the only Allow',
    getObject({ identityPolicies: [of(statement({ Condition: { Like: { a: 'b' } } }))] }),
    'implicitDeny',
  ],
  ['an unknown effect', getObject({ identityPolicies: [allow, of(statement({ Effect: 'deny' }))] }), 'implicitDeny'],
  ['an unknown version', getObject({ identityPolicies: [allow, { ...allow, Version: '2020-01-01' }] }), 'implicitDeny'],
  ['no statement', getObject({ identityPolicies: [allow, { Version: '2012-10-17' }] }), 'implicitDeny'],
  [
    'a misspelt element of a Deny',
    getObject({ identityPolicies: [allow, of({ Effect: 'Deny', Actions: '*', Resource: '*' })] }),
    'implicitDeny',
  ],
  [
    'an Allow without Resource',
    getObject({ identityPolicies: [of({ Effect: 'Allow', Action: '*' })] }),
    'implicitDeny',
  ],
  [
    'a Deny without Resource',
    getObject({ identityPolicies: [allow, of({ Effect: 'Deny', Action: '*' })] }),
    'implicitDeny',
  ],
  [
    'a Deny of no action',
    getObject({ identityPolicies: [allow, of({ Effect: 'Deny', Action: [], Resource: '*' })] }),
    'implicitDeny',
  ],
  [
    'a wildcard within a principal of a Deny',
    getObject({
      identityPolicies: [allow],
      resourcePolicy: to({ AWS: `arn:aws:iam::${account}:user/*` }, { Effect: 'Deny' }),
    }),
    'implicitDeny',
  ],
  [
    'a Deny on an ARN that is none',
    getObject({
      identityPolicies: [
        allow,
        of(statement({ Effect: 'Deny', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'alice' } } })),
      ],
    }),
    'implicitDeny',
  ],
  [
    'a Deny of what is no ARN',
    getObject({ identityPolicies: [allow, of({ Effect: 'Deny', Action: '*', Resource: 'reports/*' })] }),
    'implicitDeny',
  ],
])('cannot be evaluated: %s', check);
