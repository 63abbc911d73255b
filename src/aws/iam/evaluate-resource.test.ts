import { test } from 'vitest';
import {
  account,
  allow,
  check,
  type Document,
  federated,
  getObject,
  of,
  type Row,
  role,
  root,
  session,
  statement,
  to,
  user,
} from './evaluate.contract.ts';

const key = `arn:aws:kms:us-west-2:${account}:key/k1`;
const notTo = (NotPrincipal: unknown, Effect = 'Deny'): Document => of(statement({ NotPrincipal, Effect }));
const decrypt = (more: Document) => ({ principal: user, action: 'kms:Decrypt', resource: key, ...more });

test.each<Row>([
  ['the user is named', getObject({ resourcePolicy: to({ AWS: user }) }), 'allowed'],
  ['another user is named', getObject({ resourcePolicy: to({ AWS: `${user}2` }) }), 'implicitDeny'],
  ['everyone is named', getObject({ resourcePolicy: to('*') }), 'allowed'],
  ['everyone is named under AWS', getObject({ resourcePolicy: to({ AWS: ['*'] }) }), 'allowed'],
  ['the own account only delegates', getObject({ resourcePolicy: to({ AWS: root }) }), 'implicitDeny'],
  [
    'the account by id, with an identity policy',
    getObject({ resourcePolicy: to({ AWS: account }), identityPolicies: [allow] }),
    'allowed',
  ],
  [
    'a Deny to the account',
    getObject({ identityPolicies: [allow], resourcePolicy: to({ AWS: root }, { Effect: 'Deny' }) }),
    'explicitDeny',
  ],
  [
    'a Deny to a role reaches its sessions',
    getObject({ principal: session, identityPolicies: [allow], resourcePolicy: to({ AWS: role }, { Effect: 'Deny' }) }),
    'explicitDeny',
  ],
  [
    'the role is named for its session',
    getObject({ principal: session, resourcePolicy: to({ AWS: role }) }),
    'allowed',
  ],
  [
    'the role of that name with another path is not it',
    getObject({
      principal: session,
      context: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/worker` },
      resourcePolicy: to({ AWS: role }),
    }),
    'implicitDeny',
  ],
  ['the session is named', getObject({ principal: session, resourcePolicy: to({ AWS: session }) }), 'allowed'],
  [
    'the federated user is named',
    getObject({ principal: federated, resourcePolicy: to({ AWS: federated }) }),
    'allowed',
  ],
  ['a resource policy without principal is refused', getObject({ resourcePolicy: allow }), 'implicitDeny'],
  ['an identity policy with principal is refused', getObject({ identityPolicies: [to('*')] }), 'implicitDeny'],
])('on the resource: %s', check);

test.each<Row>([
  ['public object', getObject({ principal: '*', resourcePolicy: to('*') }), 'allowed'],
  ['private object', getObject({ principal: '*', resourcePolicy: to({ AWS: root }) }), 'implicitDeny'],
  ['no policy', getObject({ principal: '*' }), 'implicitDeny'],
  [
    'NotPrincipal spares user and account',
    getObject({ identityPolicies: [allow], resourcePolicy: notTo({ AWS: [user, root] }) }),
    'allowed',
  ],
  [
    'NotPrincipal needs the account',
    getObject({ identityPolicies: [allow], resourcePolicy: notTo({ AWS: user }) }),
    'explicitDeny',
  ],
  [
    'NotPrincipal with the account alone',
    getObject({ identityPolicies: [allow], resourcePolicy: notTo({ AWS: root }) }),
    'explicitDeny',
  ],
  [
    'NotPrincipal spares session, role and account',
    getObject({ principal: session, identityPolicies: [allow], resourcePolicy: notTo({ AWS: [session, role, root] }) }),
    'allowed',
  ],
  [
    'NotPrincipal and another session',
    getObject({
      principal: session.replace('s1', 's2'),
      identityPolicies: [allow],
      resourcePolicy: notTo({ AWS: [session, role, root] }),
    }),
    'explicitDeny',
  ],
  [
    'NotPrincipal always denies where there is a boundary',
    getObject({
      identityPolicies: [allow],
      permissionBoundaries: [allow],
      resourcePolicy: notTo({ AWS: [user, root] }),
    }),
    'explicitDeny',
  ],
  [
    'NotPrincipal spares a service',
    getObject({
      principal: { service: 'x.amazonaws.com' },
      resourcePolicy: of(
        statement({ Principal: { Service: 'x.amazonaws.com' } }),
        statement({ Effect: 'Deny', NotPrincipal: { Service: 'x.amazonaws.com' } }),
      ),
    }),
    'allowed',
  ],
  ['NotPrincipal with Allow', getObject({ principal: '*', resourcePolicy: notTo({ AWS: user }, 'Allow') }), 'allowed'],
  ['NotPrincipal with Allow, named', getObject({ resourcePolicy: notTo({ AWS: user }, 'Allow') }), 'implicitDeny'],
  [
    'the bucket’s root repairs its policy',
    getObject({
      principal: root,
      action: 's3:DeleteBucketPolicy',
      resource: 'arn:aws:s3:::bucket',
      resourcePolicy: to('*', { Effect: 'Deny' }),
    }),
    'allowed',
  ],
  [
    'root is denied anything else',
    getObject({ principal: root, resourcePolicy: to('*', { Effect: 'Deny' }) }),
    'explicitDeny',
  ],
])('principals: %s', check);

test.each<Row>([
  ['identity alone', decrypt({ identityPolicies: [allow] }), 'implicitDeny'],
  [
    'the key enables the account’s policies',
    decrypt({ identityPolicies: [allow], resourcePolicy: to({ AWS: root }) }),
    'allowed',
  ],
  ['that alone gives nothing', decrypt({ resourcePolicy: to({ AWS: root }) }), 'implicitDeny'],
  ['the key names the user', decrypt({ resourcePolicy: to({ AWS: user }) }), 'allowed'],
  [
    'the key names another',
    decrypt({ identityPolicies: [allow], resourcePolicy: to({ AWS: `${user}2` }) }),
    'implicitDeny',
  ],
  ['root needs the key too', decrypt({ principal: root, resourcePolicy: to({ AWS: user }) }), 'implicitDeny'],
  ['root that the key names', decrypt({ principal: root, resourcePolicy: to({ AWS: root }) }), 'allowed'],
  [
    'an action without a key',
    decrypt({ action: 'kms:CreateKey', resource: '*', identityPolicies: [allow] }),
    'allowed',
  ],
])('key: %s', check);
