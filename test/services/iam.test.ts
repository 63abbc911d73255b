import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteLoginProfileCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  GetLoginProfileCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListMFADevicesCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allow, newUser, refusal } from '../support/identities.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let iam: IAMClient;

beforeAll(async () => {
  range = await testRange();
  iam = new IAMClient(range.as());
});
afterAll(() => range.close());

const everything = allow('*', '*');

describe('refuses', () => {
  beforeAll(async () => {
    await newUser(range, 'full');
    await iam.send(new PutUserPolicyCommand({ UserName: 'full', PolicyName: 'p', PolicyDocument: everything }));
  });

  const malformed = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'nonsense' }] });
  test.each<[string, (iam: IAMClient) => Promise<unknown>, string]>([
    [
      'an unknown user',
      (c) => c.send(new GetUserCommand({ UserName: 'nobody' })),
      'NoSuchEntityException: The user with name nobody cannot be found.',
    ],
    [
      'a name that is taken',
      (c) => c.send(new CreateUserCommand({ UserName: 'FULL' })),
      'EntityAlreadyExistsException: User with name FULL already exists.',
    ],
    [
      'a user that is not bare',
      (c) => c.send(new DeleteUserCommand({ UserName: 'full' })),
      'DeleteConflictException: Cannot delete entity, must delete access keys first.',
    ],
    [
      'a document that grants nothing',
      (c) => c.send(new PutUserPolicyCommand({ UserName: 'full', PolicyName: 'x', PolicyDocument: malformed })),
      'MalformedPolicyDocumentException: ',
    ],
    [
      'a policy that does not exist',
      (c) =>
        c.send(new AttachUserPolicyCommand({ UserName: 'full', PolicyArn: 'arn:aws:iam::111122223333:policy/none' })),
      'NoSuchEntityException: Policy arn:aws:iam::111122223333:policy/none does not exist or is not attachable.',
    ],
    [
      'a boundary that does not exist',
      (c) =>
        c.send(
          new PutUserPermissionsBoundaryCommand({
            UserName: 'full',
            PermissionsBoundary: 'arn:aws:iam::111122223333:policy/none',
          }),
        ),
      'NoSuchEntityException: Scope ARN: arn:aws:iam::111122223333:policy/none does not exist',
    ],
    [
      'a password policy that is not there',
      (c) => c.send(new DeleteAccountPasswordPolicyCommand({})),
      'NoSuchEntityException: The Password Policy with domain name ',
    ],
    [
      'a profile that is not there',
      (c) => c.send(new GetLoginProfileCommand({ UserName: 'full' })),
      'NoSuchEntityException: Login Profile for User full cannot be found.',
    ],
    [
      'a simulation of nobody',
      (c) =>
        c.send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn: `arn:aws:iam::${range.account}:role/none`,
            ActionNames: ['s3:ListBucket'],
          }),
        ),
      'NoSuchEntityException: The role with name none cannot be found.',
    ],
    [
      'a service without a linked role',
      (c) => c.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'none.amazonaws.com' })),
      'InvalidInputException: ',
    ],
    // The table cannot name the resource, so the model's own complaint must come before it.
    ['an input without its name', (c) => c.send(new CreateUserCommand({ UserName: undefined })), 'ValidationError'],
  ])('%s', async (_what, call, said) => {
    expect(await refusal(call(iam))).toContain(said);
  });
});

test('a key that is switched off is refused, and works again when switched on', async () => {
  const user = await newUser(range, 'switched');
  const sts = new STSClient(range.as(user.keys));
  const set = (Status: 'Active' | 'Inactive') =>
    iam.send(new UpdateAccessKeyCommand({ UserName: 'switched', AccessKeyId: user.keys.accessKeyId, Status }));
  expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(user.arn);
  await set('Inactive');
  expect(await refusal(sts.send(new GetCallerIdentityCommand({})))).toContain('InvalidClientTokenId');
  await set('Active');
  await sts.send(new GetCallerIdentityCommand({}));
});

test('a password is checked against the policy, kept as a hash and shown nowhere', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'console' }));
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 12, RequireNumbers: true }));
  const create = (Password: string) => iam.send(new CreateLoginProfileCommand({ UserName: 'console', Password }));
  expect(await refusal(create('short1'))).toContain(
    'PasswordPolicyViolationException: Password should have a minimum length of 12',
  );
  expect(await refusal(create('longbutnodigits'))).toContain('Password should have at least one number');
  await create('correct-horse-7');
  expect(await refusal(create('correct-horse-8'))).toContain('Login Profile for user console already exists.');
  const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName: 'console' }));
  expect(LoginProfile).toEqual({
    UserName: 'console',
    CreateDate: new Date(range.clock.now()),
    PasswordResetRequired: false,
  });
  expect(await refusal(iam.send(new DeleteUserCommand({ UserName: 'console' })))).toContain(
    'must delete login profile first',
  );
  expect(
    [...range.store.range('state', { prefix: '' }), ...range.store.range('trail', { prefix: '' })]
      .map((row) => JSON.stringify(row))
      .join(),
  ).not.toContain('correct-horse');
  expect((await iam.send(new ListMFADevicesCommand({ UserName: 'console' }))).MFADevices).toEqual([]);
  await iam.send(new DeleteLoginProfileCommand({ UserName: 'console' }));
  await iam.send(new DeleteUserCommand({ UserName: 'console' }));
});

test('a service-linked role has the name that its service decides, and only AWS may change it', async () => {
  const linker = await newUser(
    range,
    'linker',
    allow(
      'iam:CreateServiceLinkedRole',
      `arn:aws:iam::${range.account}:role/aws-service-role/guardduty.amazonaws.com/*`,
    ),
  );
  const his = new IAMClient(range.as(linker.keys));
  await his.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'guardduty.amazonaws.com' }));
  expect(
    await refusal(his.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }))),
  ).toContain('is not authorized to perform: iam:CreateServiceLinkedRole');
  const RoleName = 'AWSServiceRoleForAmazonGuardDuty';
  expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.Path).toBe(
    '/aws-service-role/guardduty.amazonaws.com/',
  );
  expect(await refusal(iam.send(new DeleteRoleCommand({ RoleName })))).toContain('UnmodifiableEntityException');
});

test('CloudTrail finds what was done and what was refused, by the name of the call, in us-east-1', async () => {
  const user = await newUser(range, 'watched');
  await refusal(new IAMClient(range.as(user.keys)).send(new CreateAccessKeyCommand({ UserName: 'admin' })));
  const trail = new CloudTrailClient(range.as(undefined, 'us-east-1'));
  const { Events = [] } = await trail.send(
    new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreateAccessKey' }] }),
  );
  const records = Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '{}') as Record<string, unknown>);
  expect(records.find(({ errorCode }) => errorCode === 'AccessDenied')).toMatchObject({
    userIdentity: { type: 'IAMUser', userName: 'watched', arn: user.arn },
    awsRegion: 'us-east-1',
    requestParameters: { userName: 'admin' },
    responseElements: null,
    errorMessage: expect.stringContaining('iam:CreateAccessKey'),
    readOnly: false,
    sourceIPAddress: '203.0.113.10',
  });
  expect(JSON.stringify(records)).not.toContain(user.keys.secretAccessKey);
});
