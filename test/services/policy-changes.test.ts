import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newUser } from '../support/identities.ts';
import { type TestRange, testRange } from '../support/range.ts';

const UserName = 'reader';
const GroupName = 'readers';
const PolicyName = 'reading';

let range: TestRange;
let iam: IAMClient;
let owner: SNSClient;
let reader: SNSClient;
let TopicArn: string;

const stores = [
  ['in memory', () => ({})],
  ['in a folder', () => ({ folder: mkdtempSync(join(tmpdir(), 'yagura-policies-')) })],
] as const;

describe.each(stores)('a change of a policy is in force at the next call, %s', (_name, options) => {
  let folder: string | undefined;

  beforeEach(async () => {
    const made: { readonly folder?: string } = options();
    folder = made.folder;
    range = await testRange(made);
    iam = new IAMClient(range.as());
    owner = new SNSClient(range.as());
    reader = new SNSClient(range.as((await newUser(range, UserName)).keys));
    TopicArn = (await owner.send(new CreateTopicCommand({ Name: 'news' }))).TopicArn!;
  });

  afterEach(async () => {
    await range.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  test('of an inline policy', async () => {
    await allowed(false);
    await inline('Allow');
    await allowed(true);
    await inline('Deny');
    await allowed(false);
    await inline('Allow');
    await allowed(true);
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
    await allowed(false);
  });

  test('of a group', async () => {
    await iam.send(new CreateGroupCommand({ GroupName }));
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
    await allowed(false);
    await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument: document('Allow') }));
    await allowed(true);
    await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
    await allowed(false);
  });

  test('of a managed policy and of a boundary', async () => {
    const made = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: document('Allow') }));
    const PolicyArn = made.Policy!.Arn!;
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    await allowed(true);
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary: PolicyArn }));
    await allowed(true);
    const PolicyDocument = document('Deny');
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
    await allowed(false);
  });

  test('of the policy on the resource', async () => {
    await inline('Allow');
    await allowed(true);
    const AttributeValue = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sns:GetTopicAttributes', Resource: TopicArn }],
    });
    await owner.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
    await allowed(false);
  });
});

/** Asked twice, so that what the first call kept would answer the second. */
async function allowed(expected: boolean): Promise<void> {
  const ask = () =>
    reader.send(new GetTopicAttributesCommand({ TopicArn })).then(
      () => true,
      (error: Error) => (error.name === 'AuthorizationErrorException' ? false : error),
    );
  expect([await ask(), await ask()]).toEqual([expected, expected]);
}

function inline(effect: 'Allow' | 'Deny') {
  return iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: document(effect) }));
}

function document(Effect: 'Allow' | 'Deny'): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action: 'sns:*', Resource: '*' }] });
}
