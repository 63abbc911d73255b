import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeNetworkAclsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allow } from '../support/identities.ts';
import { openDecoy, poisonedEnvironment } from '../support/poison.ts';
import { type Attacked, attacked, session } from './attacked.ts';

let there: Attacked;
let callers: string;
let peers: string;
beforeAll(async () => {
  there = await attacked();
  callers = String((await there.finding('UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom', 'worker'))['id']);
  peers = String((await there.finding('UnauthorizedAccess:EC2/MaliciousIPCaller.Custom', ''))['id']);
}, 120_000);
afterAll(() => there.range.end());

const respond = (...args: readonly string[]) => there.range.yagura('respond', ...args);
const gently = ['--playbook', 'revoke-session'] as const;

/** What answers may change: the role's inline policies, the subnet's ACL with its tags. */
async function standing() {
  const iam = new IAMClient(there.settings);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: 'worker' }));
  const documents = await Promise.all(
    PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName: 'worker', PolicyName }))),
  );
  const Filters = [{ Name: 'association.subnet-id', Values: [there.subnet] }];
  const { NetworkAcls } = await new EC2Client(there.settings).send(new DescribeNetworkAclsCommand({ Filters }));
  return { policies: documents.map(({ PolicyDocument }) => PolicyDocument), acls: NetworkAcls };
}

const listBuckets = (credentials: Attacked['stolen']) =>
  new S3Client({ ...there.settings, credentials }).send(new ListBucketsCommand({}));
const ok = expect.objectContaining({ Buckets: expect.anything() });
const denied = expect.objectContaining({ name: 'AccessDenied' });

test('a plan tells each playbook that fits, step by step, and changes nothing', async () => {
  const before = await standing();
  const { code, out } = await respond(callers.slice(0, 8));
  expect(code).toBe(0);
  expect(out).toContain(`UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom  medium 5`);
  expect(out).toMatch(/revoke-sessions: Revoke all sessions.*\n {2}1\. iam:PutRolePolicy \S+:role\/worker\n/);
  expect(out).toMatch(/deny the session \S+:job issued before \S+; the application on this role must get new/);
  expect(out).toContain('"Condition":{"DateLessThan":{"aws:TokenIssueTime":"');
  expect(out).toMatch(/rotate-instance-credentials.*\n {2}unsupported: the session \S+ is not one of an instance/);
  expect(out).toMatch(/do it: yagura respond \w+ --playbook revoke-session --port \d+ --run/);
  const network = await respond(peers.slice(0, 8), '--lang', 'ja');
  expect(network.out).toContain('- entry 100: allow all 0.0.0.0/0\n     + entry 99: deny all 198.51.100.77/32');
  expect(network.out).toContain('エントリ 99 で 198.51.100.77/32 への送信を拒否します');
  expect(await standing()).toEqual(before);
});

test('a stolen session is revoked, seen to be refused, and given back', async () => {
  const before = await standing();
  await expect(listBuckets(there.stolen)).resolves.toEqual(ok);
  const several = await respond(callers, '--run');
  expect(several).toMatchObject({ code: 2, err: expect.stringContaining('--playbook revoke-session --port') });
  expect(await standing()).toEqual(before);
  const ran = await respond(callers, ...gently, '--run');
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(
    /verified:\n {4}session issued before .*: explicitDeny by \S+\n {4}session issued now: allowed/,
  );
  expect(ran.out).toMatch(/take it back: yagura respond \w+ --playbook revoke-session --port \d+ --undo/);
  await expect(listBuckets(there.stolen)).rejects.toEqual(denied);
  await expect(listBuckets(await session(there.settings))).resolves.toEqual(ok);
  const after = await standing();
  const again = await respond(callers, ...gently, '--run');
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing to do') });
  expect(await standing()).toEqual(after);
  const undone = await respond(callers, '--undo');
  expect(undone).toMatchObject({ code: 0, out: expect.stringMatching(/undone: statement.*\n {2}seen now: remains/) });
  await expect(listBuckets(there.stolen)).resolves.toEqual(ok);
  expect(await standing()).toEqual(before);
});

test('rules hear of a run by hand as of a function, and who may not tell them acts all the same', async () => {
  const mails = await mailsOfRuns();
  expect(await respond(peers, '--run')).toMatchObject({ code: 0, err: '' });
  await expect
    .poll(async () => (await mails()).map(({ findingId, phase }) => `${findingId} ${phase}`).sort(), {
      timeout: 20_000,
    })
    .toEqual([`${peers} planned`, `${peers} ran`, `${peers} verified`]);
  await respond(peers, '--undo');
  const silent = join(there.range.folder, 'silent.json');
  writeFileSync(silent, JSON.stringify(await userWho(['ec2:*'])));
  const untold = await respond(peers, '--run', '--credentials', silent);
  expect(untold).toMatchObject({ code: 0, out: expect.stringContaining('verified:') });
  expect(untold.err).toContain('the bus was not told of the run (planned: AccessDeniedException');
  await respond(peers, '--undo');
});

/** A rule mails every run; answers the details that came so far. */
async function mailsOfRuns(): Promise<() => Promise<readonly { findingId: string; phase: string }[]>> {
  const events = new EventBridgeClient(there.settings);
  const sns = new SNSClient(there.settings);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'runs' }));
  const Principal = { Service: 'events.amazonaws.com' };
  const statement = { Effect: 'Allow', Principal, Action: 'sns:Publish', Resource: TopicArn };
  const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'runs@example.com' }));
  const texts = async () => (await there.range.yagura('mail', '--json')).out.trim().split('\n');
  const asked = async () => /ConfirmSubscription[^"\s]*?Token=(\w+)/.exec((await texts()).join('\n'))?.[1];
  await expect.poll(asked, { timeout: 20_000 }).toBeDefined();
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: await asked() }));
  const EventPattern = JSON.stringify({ source: ['yagura'], 'detail-type': ['Yagura Run'] });
  await events.send(new PutRuleCommand({ Name: 'runs', EventPattern }));
  const InputPath = '$.detail';
  await events.send(new PutTargetsCommand({ Rule: 'runs', Targets: [{ Id: 'mail', Arn: TopicArn, InputPath }] }));
  return async () =>
    (await texts())
      .map((line) => /\{.*"phase".*\}/.exec(JSON.parse(line).body)?.[0])
      .flatMap((json) => (json === undefined ? [] : [JSON.parse(json)]));
}

/** Keys of a new user who may do these things and nothing else. */
async function userWho(actions: readonly string[]) {
  const iam = new IAMClient(there.settings);
  const UserName = 'silent';
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = allow(actions, '*');
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'little', PolicyDocument }));
  return { Credentials: (await iam.send(new CreateAccessKeyCommand({ UserName }))).AccessKey };
}

test('an address is denied, and the network is what it was after undo', async () => {
  const before = await standing();
  const ran = await respond(peers, '--run', '--json');
  expect(ran.code).toBe(0);
  const [run, { summary }] = ran.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(run).toMatchObject({ findingId: peers, playbook: 'block-address', phase: 'verified', end: 'verified' });
  expect(run.evidence.at(-1)).toMatch(/entry 99 decides \(deny\) a packet to 198\.51\.100\.77/);
  expect(summary).toMatchObject({ act: 'run', playbooks: { 'block-address': 'verified' } });
  const during = await standing();
  expect(during.acls?.[0]?.Tags).toEqual([{ Key: `yagura:${peers}`, Value: 'egress 99 198.51.100.77/32' }]);
  expect((await respond(peers, '--run')).out).toContain('nothing to do');
  expect(await standing()).toEqual(during);
  expect(await respond(peers, '--undo')).toMatchObject({ code: 0, out: expect.stringContaining('undone: entry 99') });
  expect(await standing()).toEqual(before);
  expect(await respond(peers, '--undo')).toMatchObject({ code: 0, out: expect.stringContaining('nothing to undo') });
});

test('a poisoned home and environment are never asked', async () => {
  const decoy = await openDecoy();
  const poison = poisonedEnvironment(join(there.range.folder, 'poisoned'), decoy.url);
  for (const args of [[], ['--run'], ['--undo']]) {
    expect(await there.range.yaguraWith(poison, 'respond', peers, ...args)).toMatchObject({ code: 0, err: '' });
  }
  expect(await decoy.close()).toBe(0);
});

test('findings and keys of files will do, without asking the range for either', async () => {
  const at = (name: string, text: string) => {
    const path = join(there.range.folder, name);
    writeFileSync(path, text);
    return path;
  };
  const keys = at('keys.json', (await there.range.yagura('credentials', '--format', 'json')).out);
  const told = (await there.range.yagura('findings', '--json')).out;
  const found = at('found.jsonl', told);
  const given = ['--findings', found, '--credentials', keys] as const;
  expect(await respond(peers, ...given)).toMatchObject({ code: 0, out: expect.stringContaining('block-address:') });
  const moved = at('moved.jsonl', told.replaceAll(/"accountId":"\d+"/g, '"accountId":"999999999999"'));
  const elsewhere = await respond(peers, '--findings', moved, '--credentials', keys);
  expect(elsewhere).toMatchObject({ code: 2, err: expect.stringContaining('RESPOND_OTHER_ACCOUNT') });
});

test('nobody is called where the account is not named, nor without keys', async () => {
  const decoy = await openDecoy();
  const elsewhere = ['--endpoint', `http://0.0.0.0:${decoy.port}`];
  const account = String((await there.finding('UnauthorizedAccess:EC2/MaliciousIPCaller.Custom', ''))['accountId']);
  const keys = join(there.range.folder, 'thief.json');
  writeFileSync(keys, JSON.stringify(there.stolen));
  const refused: readonly (readonly [string, readonly string[]])[] = [
    ['RESPOND_ACCOUNT_NOT_NAMED', elsewhere],
    ['RESPOND_ACCOUNT_NOT_NAMED', [...elsewhere, '--credentials', keys, '--run']],
    ['RESPOND_NOT_ENCRYPTED', [...elsewhere, '--credentials', keys, '--account', account]],
    ['RESPOND_OTHER_ACCOUNT', [...elsewhere, '--credentials', keys, '--account', '999999999999']],
    ['RESPOND_NO_CREDENTIALS', ['--account', account]],
    ['RESPOND_NO_CREDENTIALS', ['--endpoint', decoy.url]],
    ['OPTION_NOT_AN_ACCOUNT', ['--account', '12']],
  ];
  for (const [code, args] of refused) {
    expect(await respond(peers, ...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(code) });
  }
  expect(await decoy.close()).toBe(0);
});

test.each([
  ['RESPOND_RUN_OR_UNDO', 2, ['--run', '--undo']],
  ['PLAYBOOK_UNKNOWN', 2, ['--playbook', 'block-adress']],
  ['FINDING_UNKNOWN', 2, ['--findings', 'test/respond/one-finding.json']],
  ['INPUT_UNREADABLE', 2, ['--findings', 'nowhere.jsonl']],
  ['RESPOND_STDIN_TWICE', 2, ['--findings', '-', '--credentials', '-']],
])('%s ends with %i', async (error, code, args) => {
  expect(await respond(peers, ...args)).toMatchObject({ code, out: '', err: expect.stringContaining(error) });
});

test('keys that may not look end with 3, in the words of AWS', async () => {
  const keys = join(there.range.folder, 'thief.json');
  writeFileSync(keys, JSON.stringify(there.stolen));
  const { code, err } = await respond(peers, '--credentials', keys);
  expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('ec2:DescribeNetworkAcls') });
});

test('a finding that no playbook answers has none, and needs no keys', async () => {
  const finding = ['one', '--findings', 'test/respond/one-finding.json'];
  const planned = await respond(...finding);
  expect(planned).toMatchObject({ code: 0, out: expect.stringContaining('noPlaybook') });
  expect(await respond(...finding, '--run')).toMatchObject({ code: 1, out: expect.stringContaining('noPlaybook') });
  expect(await respond(...finding, '--undo')).toMatchObject({ code: 0, out: expect.stringContaining('noPlaybook') });
});

test('why tells what a finding was made of', async () => {
  const { code, out } = await there.range.yagura('why', callers.slice(0, 8));
  expect(code).toBe(0);
  expect(out).toMatch(
    /iam\.amazonaws\.com:DeleteAccountPasswordPolicy \(AccessDenied\) \S+role\/worker .*203\.0\.113\.10/,
  );
  expect(await there.range.yagura('why', 'ffffffff')).toMatchObject({
    code: 2,
    err: expect.stringContaining('WHY_UNKNOWN'),
  });
});
