import { test } from 'vitest';
import {
  account,
  allow,
  check,
  type Document,
  getObject,
  nothing,
  of,
  other,
  type Row,
  role,
  root,
  session,
  to,
  user,
} from './evaluate.contract.ts';

const trust = (Principal: unknown): Document => of({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal });
const assume = (more: Document) => ({ principal: user, action: 'sts:AssumeRole', resource: role, ...more });

test.each<Row>([
  ['only the identity side', getObject({ resourceAccount: other, identityPolicies: [allow] }), 'implicitDeny'],
  ['only the resource side', getObject({ resourceAccount: other, resourcePolicy: to({ AWS: user }) }), 'implicitDeny'],
  [
    'both sides',
    getObject({ resourceAccount: other, identityPolicies: [allow], resourcePolicy: to({ AWS: user }) }),
    'allowed',
  ],
  [
    'the account is trusted',
    getObject({ resourceAccount: other, identityPolicies: [allow], resourcePolicy: to({ AWS: root }) }),
    'allowed',
  ],
  ['everyone, but no identity policy', getObject({ resourceAccount: other, resourcePolicy: to('*') }), 'implicitDeny'],
  [
    'boundary limits here',
    getObject({
      resourceAccount: other,
      identityPolicies: [allow],
      permissionBoundaries: [nothing],
      resourcePolicy: to({ AWS: user }),
    }),
    'implicitDeny',
  ],
  [
    'a session is named but has no permission',
    getObject({ principal: session, resourceAccount: other, resourcePolicy: to({ AWS: session }) }),
    'implicitDeny',
  ],
  [
    'root of the other account',
    getObject({ principal: root, resourceAccount: other, resourcePolicy: to({ AWS: account }) }),
    'allowed',
  ],
  [
    'the ARN tells the account',
    getObject({ action: 'sqs:SendMessage', resource: `arn:aws:sqs:us-west-2:${other}:q`, identityPolicies: [allow] }),
    'implicitDeny',
  ],
  [
    'an AWS managed policy is nobody else’s',
    getObject({
      action: 'iam:GetPolicy',
      resource: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      identityPolicies: [allow],
    }),
    'allowed',
  ],
])('two accounts: %s', check);

test.each<Row>([
  ['trusted user of the account', assume({ resourcePolicy: trust({ AWS: user }) }), 'allowed'],
  [
    'trusted account and permission',
    assume({ resourcePolicy: trust({ AWS: root }), identityPolicies: [allow] }),
    'allowed',
  ],
  ['trusted account without permission', assume({ resourcePolicy: trust({ AWS: root }) }), 'implicitDeny'],
  [
    'permission without trust',
    assume({ identityPolicies: [allow], resourcePolicy: trust({ AWS: other }) }),
    'implicitDeny',
  ],
  ['permission and no trust policy', assume({ identityPolicies: [allow] }), 'implicitDeny'],
  [
    'another account, both sides',
    assume({
      principal: `arn:aws:iam::${other}:user/x`,
      resourcePolicy: trust({ AWS: other }),
      identityPolicies: [allow],
    }),
    'allowed',
  ],
  [
    'another account, trust alone',
    assume({
      principal: `arn:aws:iam::${other}:user/x`,
      resourcePolicy: trust({ AWS: `arn:aws:iam::${other}:user/x` }),
    }),
    'implicitDeny',
  ],
  [
    'a service',
    assume({
      principal: { service: 'ec2.amazonaws.com' },
      resourcePolicy: trust({ Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] }),
    }),
    'allowed',
  ],
  [
    'another service',
    assume({ principal: { service: 'ec2.amazonaws.com' }, resourcePolicy: trust({ Service: 'lambda.amazonaws.com' }) }),
    'implicitDeny',
  ],
  ['root may not', assume({ principal: root, resourcePolicy: trust({ AWS: root }) }), 'implicitDeny'],
  [
    'a provider',
    {
      principal: `arn:aws:iam::${account}:saml-provider/idp`,
      action: 'sts:AssumeRoleWithSAML',
      resource: role,
      resourcePolicy: of({
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithSAML',
        Principal: { Federated: `arn:aws:iam::${account}:saml-provider/idp` },
      }),
    },
    'allowed',
  ],
])('trust: %s', check);
