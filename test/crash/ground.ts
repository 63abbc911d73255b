import { openRange } from '../../src/run/local.ts';
import { administratorOf } from '../support/administrator.ts';
import { callers, group, notices, region } from './model.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface Ground {
  readonly account: string;
  /** A session of the role for each caller. */
  readonly keys: ReadonlyMap<string, Keys>;
}

/** What the callers need: a role with three policies, each with a condition, and a rule that tells of each of their calls. */
export async function layGround(folder: string): Promise<Ground> {
  const failures: unknown[] = [];
  const crashed = (error: unknown) => failures.push(error);
  const range = await openRange({ folder, seed: 'crash', from: Date.now(), vintage: 'now', crashed });
  try {
    const call = administratorOf(range);
    const { account } = range;
    const RoleName = 'caller';
    const trust = document({ Principal: { AWS: account }, Action: 'sts:AssumeRole' });
    await call('iam.CreateRole', { RoleName, AssumeRolePolicyDocument: trust, MaxSessionDuration: 43_200 });
    for (const [at, Condition] of conditions.entries()) {
      const PolicyDocument = document({ Action: 'logs:*', Resource: '*', Condition });
      await call('iam.PutRolePolicy', { RoleName, PolicyName: `policy-${at}`, PolicyDocument });
    }
    for (const logGroupName of [group, notices]) await call('logs.CreateLogGroup', { logGroupName });
    await tellOfCalls(call, account);
    const keys = new Map<string, Keys>();
    for (const [at, caller] of callers.entries()) keys.set(caller, await session(call, account, `caller-${at}`));
    if (failures.length > 0) throw failures[0];
    return { account, keys };
  } finally {
    await range.close();
  }
}

type Call = ReturnType<typeof administratorOf>;

const conditions = [
  { Bool: { 'aws:SecureTransport': 'true' } },
  { DateLessThan: { 'aws:TokenIssueTime': '2020-01-05T00:00:00Z' } },
  { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } },
];

function document(more: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
}

/** The callers' calls alone: a delivery makes a stream, too. */
async function tellOfCalls(call: Call, account: string): Promise<void> {
  const Principal = { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] };
  const Action = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const policyDocument = document({ Principal, Action, Resource: '*' });
  await call('logs.PutResourcePolicy', { policyName: 'notices', policyDocument });
  const EventPattern = JSON.stringify({
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { userIdentity: { type: ['AssumedRole'] } },
  });
  await call('events.PutRule', { Name: 'calls', EventPattern });
  const Arn = `arn:aws:logs:${region}:${account}:log-group:${notices}`;
  await call('events.PutTargets', { Rule: 'calls', Targets: [{ Id: 'log', Arn }] });
}

async function session(call: Call, account: string, RoleSessionName: string): Promise<Keys> {
  const RoleArn = `arn:aws:iam::${account}:role/caller`;
  const answer = await call('sts.AssumeRole', { RoleArn, RoleSessionName, DurationSeconds: 43_200 });
  // The model says that it is a structure of these.
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer['Credentials'] as Readonly<Record<string, string>>;
  return { accessKeyId: AccessKeyId ?? '', secretAccessKey: SecretAccessKey ?? '', sessionToken: SessionToken ?? '' };
}
