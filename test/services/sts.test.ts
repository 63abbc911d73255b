import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateRoleCommand,
  IAMClient,
  ListRolesCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allow, newUser, refusal, trust } from '../support/identities.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let user: Awaited<ReturnType<typeof newUser>>;
const RoleName = 'operator';

beforeAll(async () => {
  range = await testRange();
  user = await newUser(range, 'caller', allow('sts:*', '*'));
  const iam = new IAMClient(range.as());
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust({ AWS: user.arn }) }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'list', PolicyDocument: allow('iam:List*', '*') }));
});
afterAll(() => range.close());

const arn = () => `arn:aws:iam::${range.account}:role/${RoleName}`;

async function assume(keys: Parameters<TestRange['as']>[0], input: Partial<AssumeRoleCommandInput> = {}) {
  const sts = new STSClient(range.as(keys));
  const answer = await sts.send(new AssumeRoleCommand({ RoleArn: arn(), RoleSessionName: 'work', ...input }));
  return { answer, keys: keysOf(answer.Credentials) };
}

function keysOf(
  credentials:
    | { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined; SessionToken?: string | undefined }
    | undefined,
) {
  return {
    accessKeyId: credentials?.AccessKeyId ?? '',
    secretAccessKey: credentials?.SecretAccessKey ?? '',
    sessionToken: credentials?.SessionToken ?? '',
  };
}

const identity = (keys: Parameters<TestRange['as']>[0]) =>
  new STSClient(range.as(keys)).send(new GetCallerIdentityCommand({}));

test('a session is who it is, may do what its role may, and ends', async () => {
  const { answer, keys } = await assume(user.keys);
  expect(answer.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${range.account}:assumed-role/${RoleName}/work`);
  expect(answer.Credentials?.Expiration).toEqual(new Date(range.clock.now() + 3_600_000));
  expect(await identity(keys)).toMatchObject({
    Account: range.account,
    Arn: answer.AssumedRoleUser?.Arn,
    UserId: answer.AssumedRoleUser?.AssumedRoleId,
  });
  await new IAMClient(range.as(keys)).send(new ListUsersCommand({}));
  await range.pass(3_600_001);
  expect(await refusal(identity(keys))).toContain('ExpiredToken');
});

test('a session without its token, or with a wrong secret, is nobody', async () => {
  const { keys } = await assume(user.keys);
  const { sessionToken: _, ...without } = keys;
  expect(await refusal(identity(without))).toContain('InvalidClientTokenId');
  expect(await refusal(identity({ ...keys, secretAccessKey: 'wrong' }))).toContain('SignatureDoesNotMatch');
});

test('who may assume a role is said by its trust policy and, at once, by its change', async () => {
  const stranger = await newUser(range, 'stranger', allow('sts:AssumeRole', '*'));
  const denied = `AccessDenied: User: ${stranger.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn()} because no role trust policy allows the sts:AssumeRole action`;
  const iam = new IAMClient(range.as());
  expect(await refusal(assume(stranger.keys))).toBe(denied);
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust({ AWS: [user.arn, stranger.arn] }) }),
  );
  await assume(stranger.keys);
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust({ AWS: user.arn }) }));
  expect(await refusal(assume(stranger.keys))).toBe(denied);
});

test('a trust policy may ask for an external id', async () => {
  const iam = new IAMClient(range.as());
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'partner',
      AssumeRolePolicyDocument: trust({ AWS: user.arn }, { StringEquals: { 'sts:ExternalId': 'x7' } }),
    }),
  );
  const RoleArn = `arn:aws:iam::${range.account}:role/partner`;
  expect(await refusal(assume(user.keys, { RoleArn }))).toContain('is not authorized to perform: sts:AssumeRole');
  await assume(user.keys, { RoleArn, ExternalId: 'x7' });
});

test('a session policy narrows a session and never widens it', async () => {
  const { keys } = await assume(user.keys, { Policy: allow(['iam:ListUsers', 'iam:CreateUser'], '*') });
  const iam = new IAMClient(range.as(keys));
  await iam.send(new ListUsersCommand({}));
  expect(await refusal(iam.send(new ListRolesCommand({})))).toContain(
    'because no session policy allows the iam:ListRoles action',
  );
});

describe('refuses', () => {
  test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    [
      'a role that does not exist',
      { RoleArn: 'arn:aws:iam::111122223333:role/none' },
      'is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/none',
    ],
    [
      'a session longer than the role allows',
      { DurationSeconds: 7200 },
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ],
    ['a session shorter than 15 minutes', { DurationSeconds: 1 }, 'ValidationError'],
    ['a session name with a space', { RoleSessionName: 'a b' }, 'ValidationError'],
    ['a session policy that is no JSON', { Policy: '{' }, 'MalformedPolicyDocument'],
  ])('%s', async (_what, input, said) => {
    expect(await refusal(assume(user.keys, input))).toContain(said);
  });
});

test('session tokens and federated users', async () => {
  const sts = new STSClient(range.as(user.keys));
  const session = keysOf((await sts.send(new GetSessionTokenCommand({}))).Credentials);
  expect((await identity(session)).Arn).toBe(user.arn);
  expect(await refusal(new STSClient(range.as(session)).send(new GetSessionTokenCommand({})))).toContain(
    'Cannot call GetSessionToken with session credentials',
  );
  const federated = await sts.send(new GetFederationTokenCommand({ Name: 'guest', Policy: allow('sts:*', '*') }));
  expect((await identity(keysOf(federated.Credentials))).Arn).toBe(
    `arn:aws:sts::${range.account}:federated-user/guest`,
  );
});

test('the record shows session and issuer, and never the secret', async () => {
  const { keys } = await assume(user.keys, { RoleSessionName: 'seen' });
  await new IAMClient(range.as(keys)).send(new ListUsersCommand({}));
  const look = async (region: string, AttributeValue: string) => {
    const trail = new CloudTrailClient(range.as(undefined, region));
    const { Events = [] } = await trail.send(
      new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }] }),
    );
    return Events.map(({ CloudTrailEvent }) => CloudTrailEvent ?? '');
  };
  const assumed = (await look('us-west-2', 'AssumeRole')).find((text) => text.includes('seen')) ?? '';
  expect(JSON.parse(assumed)).toMatchObject({
    userIdentity: { type: 'IAMUser', userName: 'caller' },
    requestParameters: { roleArn: arn(), roleSessionName: 'seen' },
    responseElements: { credentials: { accessKeyId: keys.accessKeyId, sessionToken: keys.sessionToken } },
    resources: [{ accountId: range.account, type: 'AWS::IAM::Role', ARN: arn() }],
  });
  expect(assumed).not.toContain(keys.secretAccessKey);
  const [listed = '{}'] = await look('us-east-1', 'ListUsers');
  expect(JSON.parse(listed)).toMatchObject({
    userIdentity: {
      type: 'AssumedRole',
      accessKeyId: keys.accessKeyId,
      sessionContext: {
        sessionIssuer: { type: 'Role', userName: RoleName, arn: arn() },
        attributes: { mfaAuthenticated: 'false' },
      },
    },
    readOnly: true,
    responseElements: null,
  });
});
