import { createHash } from 'node:crypto';
import { type LocalRange, openRange } from '../../src/run/local.ts';
import { type Administrator, administratorOf } from '../support/administrator.ts';
import { hostOf, roleWith, serverWith, stackOf } from '../support/server.ts';
import { type FunctionName, functionNames } from './clock-functions.ts';

const start = Date.UTC(2026, 0, 5);
const hourMs = 3_600_000;

/** What some virtual hours left behind. */
export interface Played {
  readonly hours: number;
  /** Every row of the store and every flow record, in order. */
  readonly lines: number;
  readonly sha256: string;
  /** What each run of a function said of itself. */
  readonly said: Readonly<Partial<Record<FunctionName, readonly unknown[]>>>;
  /** The host's files. */
  readonly cron: readonly string[];
  readonly beats: readonly string[];
  readonly invoked: readonly string[];
}

const userData = `#!/bin/bash
dnf install -y cronie
echo '*/5 * * * * root date +\\%T >> /var/log/cron-job' > /etc/cron.d/job
echo '30 * * * * root aws lambda invoke --function-name waits /tmp/out && date +\\%T >> /var/log/invoked' >> /etc/cron.d/job
(while :; do echo "$SECONDS $RANDOM" >> /var/log/beat; sleep 60; done) &
`;

/** A range of the product's own parts, in memory: gateway, functions in processes of their own, a host with bash. */
export async function played(
  seed: string,
  hours: number,
  zips: ReadonlyMap<FunctionName, Uint8Array>,
): Promise<Played> {
  const flows: string[] = [];
  const failures: unknown[] = [];
  const range = await openRange({
    seed,
    from: start,
    vintage: 'now',
    sees: (flow) => flows.push(JSON.stringify(flow)),
    crashed: (error) => failures.push(error),
  });
  try {
    const call = administratorOf(range);
    await upload(call, zips);
    const { Server = '' } = await stackOf(range, 'hours', resources());
    await range.clock.advance(start + hours * hourMs);
    if (failures.length > 0) throw failures[0];
    const { disk } = hostOf(range, Server);
    const lines = (path: string) => disk.text(path).trim().split('\n');
    const trace = [...rowsOf(range), ...flows];
    return {
      hours,
      lines: trace.length,
      sha256: createHash('sha256').update(trace.join('\n')).digest('hex'),
      said: await saidBy(call),
      cron: lines('/var/log/cron-job'),
      beats: lines('/var/log/beat'),
      invoked: lines('/var/log/invoked'),
    };
  } finally {
    await range.close();
  }
}

async function upload(call: Administrator, zips: ReadonlyMap<FunctionName, Uint8Array>): Promise<void> {
  await call('s3.CreateBucket', {
    Bucket: 'code',
    CreateBucketConfiguration: { LocationConstraint: 'us-west-2' },
  });
  for (const [name, zip] of zips) await call('s3.PutObject', { Bucket: 'code', Key: `${name}.zip`, Body: [zip] });
}

function resources(): Readonly<Record<string, object>> {
  const rights = ['logs:*', 'lambda:InvokeFunction', 'iam:PutRolePolicy', 'sts:AssumeRole'];
  return {
    ...serverWith(['lambda:InvokeFunction'], userData),
    ...roleWith('Runner', 'lambda.amazonaws.com', rights),
    ...Object.assign({}, ...functionNames.map(functionOf)),
    ...victim(),
    ...scheduled('calls', 'rate(10 minutes)'),
    ...scheduled('polls', 'cron(45 * * * ? *)'),
    ...scheduled('revokes', 'cron(10 0 * * ? *)'),
    Answer: { Type: 'Custom::Answer', Properties: { ServiceToken: arnOf('answers') } },
  };
}

const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

function functionOf(name: FunctionName): Readonly<Record<string, object>> {
  const Properties = {
    FunctionName: name,
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    Timeout: 300,
    Role: arnOf('Runner'),
    Code: { S3Bucket: 'code', S3Key: `${name}.zip` },
    ...(name === 'revokes' ? { Environment: { Variables: { ROLE_ARN: arnOf('Victim') } } } : {}),
  };
  return { [name]: { Type: 'AWS::Lambda::Function', Properties } };
}

/** The role whose older sessions are revoked. */
function victim(): Readonly<Record<string, object>> {
  const { Victim } = roleWith('Victim', 'lambda.amazonaws.com', ['sns:ListTopics']) as {
    Victim: { Properties: { AssumeRolePolicyDocument: { Statement: { Principal: object }[] } } };
  };
  const [statement] = Victim.Properties.AssumeRolePolicyDocument.Statement;
  if (statement !== undefined) statement.Principal = { AWS: { Ref: 'AWS::AccountId' } };
  return { Victim };
}

function scheduled(name: FunctionName, ScheduleExpression: string): Readonly<Record<string, object>> {
  return {
    [`${name}Rule`]: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression, Targets: [{ Id: 'function', Arn: arnOf(name) }] },
    },
    [`${name}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: { Ref: name }, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' },
    },
  };
}

function* rowsOf({ store }: LocalRange): Iterable<string> {
  for (const name of ['state', 'trail', 'outbox'] as const) {
    for (const [key, value] of store.range(name, { prefix: '' })) yield `${name} ${key} ${JSON.stringify(value)}`;
  }
}

/** The JSON that each run wrote into its log. */
async function saidBy(call: Administrator): Promise<Played['said']> {
  const said: Partial<Record<FunctionName, readonly unknown[]>> = {};
  for (const name of functionNames) {
    const found = await call('logs.FilterLogEvents', { logGroupName: `/aws/lambda/${name}`, filterPattern: 'INFO' });
    const events = (found['events'] ?? []) as readonly { readonly message: string }[];
    said[name] = events.map(({ message }) => JSON.parse(message.split('\t').at(-1) ?? ''));
  }
  return said;
}
