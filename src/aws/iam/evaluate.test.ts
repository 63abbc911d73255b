// A table: requests, and what AWS decides about them.
import { expect, test } from 'vitest';
import { answerLine } from './lines.ts';

const account = '111122223333';
const other = '444455556666';
const user = `arn:aws:iam::${account}:user/alice`;
const role = `arn:aws:iam::${account}:role/app/worker`;
const session = `arn:aws:sts::${account}:assumed-role/worker/s1`;
const federated = `arn:aws:sts::${account}:federated-user/bob`;
const root = `arn:aws:iam::${account}:root`;
const object = 'arn:aws:s3:::bucket/key';
const key = `arn:aws:kms:us-west-2:${account}:key/k1`;

type Document = Record<string, unknown>;
const of = (...Statement: Document[]): Document => ({ Version: '2012-10-17', Statement });
const statement = (more: Document = {}): Document => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const allow = of(statement());
const deny = of(statement({ Effect: 'Deny' }));
const nothing = of(statement({ Action: 'sqs:*' }));
const to = (Principal: unknown, more: Document = {}): Document => of(statement({ Principal, ...more }));
const notTo = (NotPrincipal: unknown, Effect = 'Deny'): Document => of(statement({ NotPrincipal, Effect }));
const trust = (Principal: unknown): Document => of({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal });

type Row = readonly [name: string, question: Document, decision: string];

const getObject = (more: Document) => ({ principal: user, action: 's3:GetObject', resource: object, ...more });
const assume = (more: Document) => ({ principal: user, action: 'sts:AssumeRole', resource: role, ...more });
const decrypt = (more: Document) => ({ principal: user, action: 'kms:Decrypt', resource: key, ...more });

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

function check(_name: string, question: Document, decision: string): void {
  expect(answerLine(JSON.stringify(question), 1)?.answer).toMatchObject({ decision });
}
