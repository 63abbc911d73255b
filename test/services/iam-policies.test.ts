import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  GetContextKeysForCustomPolicyCommand,
  IAMClient,
  ListUsersCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allow, newUser, refusal, trust } from '../support/identities.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let iam: IAMClient;

beforeAll(async () => {
  range = await testRange();
  iam = new IAMClient(range.as());
});
afterAll(() => range.close());

const everything = allow('*', '*');

test('a policy holds from the very next call on, and no longer than it is there', async () => {
  const user = await newUser(range, 'changing');
  const mine = new IAMClient(range.as(user.keys));
  const denied = `AccessDenied: User: ${user.arn} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${range.account}:user/ because no identity-based policy allows the iam:ListUsers action`;
  expect(await refusal(mine.send(new ListUsersCommand({})))).toBe(denied);
  for (let round = 0; round < 3; round++) {
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'changing',
        PolicyName: 'list',
        PolicyDocument: allow('iam:ListUsers', '*'),
      }),
    );
    expect((await mine.send(new ListUsersCommand({}))).Users?.length).toBeGreaterThan(0);
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'changing',
        PolicyName: 'list',
        PolicyDocument: allow('iam:ListRoles', '*'),
      }),
    );
    expect(await refusal(mine.send(new ListUsersCommand({})))).toBe(denied);
  }
  await iam.send(new DeleteUserPolicyCommand({ UserName: 'changing', PolicyName: 'list' }));
  const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachUserPolicyCommand({ UserName: 'changing', PolicyArn: administrator }));
  await mine.send(new ListUsersCommand({}));
  await iam.send(new DetachUserPolicyCommand({ UserName: 'changing', PolicyArn: administrator }));
  expect(await refusal(mine.send(new ListUsersCommand({})))).toBe(denied);
});

test('a boundary bounds what the policies allow, and its name is a condition key', async () => {
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'bound', PolicyDocument: allow('iam:List*', '*') }),
  );
  const user = await newUser(range, 'bounded', everything);
  await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'bounded', PermissionsBoundary: Policy?.Arn }));
  const mine = new IAMClient(range.as(user.keys));
  await mine.send(new ListUsersCommand({}));
  expect(await refusal(mine.send(new CreateGroupCommand({ GroupName: 'g' })))).toContain(
    'because no permissions boundary allows the iam:CreateGroup action',
  );
  expect(await refusal(iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn })))).toContain('DeleteConflict');

  // May write the policies of bounded users, and of no other.
  const keeper = await newUser(
    range,
    'keeper',
    allow('iam:PutUserPolicy', '*', { StringEquals: { 'iam:PermissionsBoundary': Policy?.Arn } }),
  );
  const his = new IAMClient(range.as(keeper.keys));
  const put = (UserName: string) =>
    his.send(new PutUserPolicyCommand({ UserName, PolicyName: 'q', PolicyDocument: everything }));
  await put('bounded');
  expect(await refusal(put('keeper'))).toContain('is not authorized to perform: iam:PutUserPolicy');
});

test("a group's policies are its members'", async () => {
  const user = await newUser(range, 'member');
  await iam.send(new CreateGroupCommand({ GroupName: 'readers' }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'readers', UserName: 'member' }));
  const { EvaluationResults: [before] = [] } = await simulate(user.arn, 'iam:ListUsers');
  expect(before?.EvalDecision).toBe('implicitDeny');
  await iam.send(
    new PutGroupPolicyCommand({
      GroupName: 'readers',
      PolicyName: 'read',
      PolicyDocument: allow('iam:ListUsers', '*'),
    }),
  );
  const { EvaluationResults: [after] = [] } = await simulate(user.arn, 'iam:ListUsers');
  expect(after).toMatchObject({
    EvalDecision: 'allowed',
    MatchedStatements: [{ SourcePolicyId: 'group_readers_read' }],
  });
  await new IAMClient(range.as(user.keys)).send(new ListUsersCommand({}));
});

test('the simulator names the statement of an inline policy that decided', async () => {
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: trust({ AWS: range.account }) }),
  );
  await iam.send(
    new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'work', PolicyDocument: allow('s3:*', '*') }),
  );
  const Statement = [
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-01-05T00:00:00Z' } },
    },
  ];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'older', PolicyDocument }));
  const ask = async (issued: string) =>
    (await simulate(Role?.Arn, 's3:ListAllMyBuckets', { 'aws:TokenIssueTime': issued })).EvaluationResults?.[0];
  const old = await ask('2026-01-04T00:00:00Z');
  expect(old?.EvalDecision).toBe('explicitDeny');
  expect(old?.MatchedStatements).toEqual([
    {
      SourcePolicyId: 'role_worker_older',
      SourcePolicyType: 'IAM Policy',
      StartPosition: expect.anything(),
      EndPosition: expect.anything(),
    },
  ]);
  expect((await ask('2026-01-06T00:00:00Z'))?.EvalDecision).toBe('allowed');
  const { ContextKeyNames } = await iam.send(
    new GetContextKeysForCustomPolicyCommand({ PolicyInputList: [PolicyDocument] }),
  );
  expect(ContextKeyNames).toEqual(['aws:TokenIssueTime']);
});

test('one call tells an investigator every identity and its policies, page by page', async () => {
  const whole = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
  const names = whole.UserDetailList?.map(({ UserName }) => UserName);
  expect(names).toContain('admin');
  const bounded = whole.UserDetailList?.find(({ UserName }) => UserName === 'bounded');
  expect(bounded).toMatchObject({
    UserPolicyList: [{ PolicyName: 'policy' }, { PolicyName: 'q' }],
    PermissionsBoundary: { PermissionsBoundaryArn: `arn:aws:iam::${range.account}:policy/bound` },
  });
  expect(whole.Policies?.find(({ PolicyName }) => PolicyName === 'bound')?.PermissionsBoundaryUsageCount).toBe(1);
  expect(whole.Policies?.find(({ PolicyName }) => PolicyName === 'AdministratorAccess')?.AttachmentCount).toBe(1);
  const seen: unknown[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['User'], MaxItems: 2, Marker }));
    seen.push(...(page.UserDetailList ?? []).map(({ UserName }) => UserName));
    Marker = page.Marker;
  } while (Marker !== undefined);
  expect(seen).toEqual(names);
});

function simulate(PolicySourceArn: string | undefined, action: string, context: Readonly<Record<string, string>> = {}) {
  return iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn,
      ActionNames: [action],
      ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
        ContextKeyName,
        ContextKeyType: 'date',
        ContextKeyValues: [value],
      })),
    }),
  );
}
