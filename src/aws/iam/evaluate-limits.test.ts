import { test } from 'vitest';
import {
  account,
  allow,
  check,
  deny,
  federated,
  getObject,
  nothing,
  type Row,
  role,
  session,
  to,
  user,
} from './evaluate.contract.ts';

test.each<Row>([
  ['boundary allows', getObject({ identityPolicies: [allow], permissionBoundaries: [allow] }), 'allowed'],
  ['boundary does not', getObject({ identityPolicies: [allow], permissionBoundaries: [nothing] }), 'implicitDeny'],
  ['boundary alone gives nothing', getObject({ permissionBoundaries: [allow] }), 'implicitDeny'],
  ['boundary denies', getObject({ identityPolicies: [allow], permissionBoundaries: [allow, deny] }), 'explicitDeny'],
  ['an empty list allows nothing', getObject({ identityPolicies: [allow], permissionBoundaries: [] }), 'implicitDeny'],
  [
    'boundary does not limit a named user',
    getObject({ resourcePolicy: to({ AWS: user }), permissionBoundaries: [nothing] }),
    'allowed',
  ],
  [
    'boundary limits a named role',
    getObject({ principal: session, resourcePolicy: to({ AWS: role }), permissionBoundaries: [nothing] }),
    'implicitDeny',
  ],
  [
    'boundary does not limit a named session',
    getObject({ principal: session, resourcePolicy: to({ AWS: session }), permissionBoundaries: [nothing] }),
    'allowed',
  ],
  [
    'boundary does not limit what everyone may',
    getObject({ principal: session, resourcePolicy: to('*'), permissionBoundaries: [nothing] }),
    'allowed',
  ],
  [
    'session policy does not allow',
    getObject({ principal: session, identityPolicies: [allow], sessionPolicies: [nothing] }),
    'implicitDeny',
  ],
  [
    'session policy allows',
    getObject({ principal: session, identityPolicies: [allow], sessionPolicies: [nothing, allow] }),
    'allowed',
  ],
  ['session policy alone gives nothing', getObject({ principal: session, sessionPolicies: [allow] }), 'implicitDeny'],
  [
    'session policy limits a named role',
    getObject({ principal: session, resourcePolicy: to({ AWS: role }), sessionPolicies: [nothing] }),
    'implicitDeny',
  ],
  [
    'session policy does not limit a named session',
    getObject({ principal: session, resourcePolicy: to({ AWS: session }), sessionPolicies: [nothing] }),
    'allowed',
  ],
  [
    'session policy does not limit a named federated user',
    getObject({ principal: federated, resourcePolicy: to({ AWS: federated }), sessionPolicies: [nothing] }),
    'allowed',
  ],
  [
    'session policy denies',
    getObject({ principal: session, resourcePolicy: to({ AWS: session }), sessionPolicies: [deny] }),
    'explicitDeny',
  ],
])('limits: %s', check);

test.each<Row>([
  [
    'all levels allow',
    getObject({ identityPolicies: [allow], serviceControlPolicies: [[allow], [allow], [allow]] }),
    'allowed',
  ],
  [
    'one level does not',
    getObject({ identityPolicies: [allow], serviceControlPolicies: [[allow], [nothing], [allow]] }),
    'implicitDeny',
  ],
  ['an empty level', getObject({ identityPolicies: [allow], serviceControlPolicies: [[allow], []] }), 'implicitDeny'],
  [
    'one level denies',
    getObject({ identityPolicies: [allow], serviceControlPolicies: [[allow, deny]] }),
    'explicitDeny',
  ],
  ['they give nothing', getObject({ serviceControlPolicies: [[allow]] }), 'implicitDeny'],
  [
    'they bind those whom the resource names',
    getObject({ resourcePolicy: to({ AWS: user }), serviceControlPolicies: [[nothing]] }),
    'implicitDeny',
  ],
  [
    'services are not members',
    getObject({
      principal: { service: 'x.amazonaws.com' },
      resourcePolicy: to({ Service: 'x.amazonaws.com' }),
      serviceControlPolicies: [[deny]],
    }),
    'allowed',
  ],
  [
    'service-linked roles are spared',
    getObject({
      principal: `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`,
      identityPolicies: [allow],
      serviceControlPolicies: [[deny]],
      resourceControlPolicies: [[to('*', { Effect: 'Deny' })]],
    }),
    'allowed',
  ],
  [
    'resource control denies',
    getObject({ identityPolicies: [allow], resourceControlPolicies: [[to('*'), to('*', { Effect: 'Deny' })]] }),
    'explicitDeny',
  ],
  [
    'resource control allows',
    getObject({ identityPolicies: [allow], resourceControlPolicies: [[to('*')], [to('*')]] }),
    'allowed',
  ],
  [
    'resource control reaches services',
    getObject({
      principal: { service: 'x.amazonaws.com' },
      resourcePolicy: to({ Service: 'x.amazonaws.com' }),
      resourceControlPolicies: [[to('*'), to('*', { Effect: 'Deny' })]],
    }),
    'explicitDeny',
  ],
  ['the endpoint allows', getObject({ identityPolicies: [allow], endpointPolicies: [to('*')] }), 'allowed'],
  [
    'the endpoint does not',
    getObject({ identityPolicies: [allow], endpointPolicies: [to('*', { Action: 'sqs:*' })] }),
    'implicitDeny',
  ],
])('organisation and endpoint: %s', check);
