import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type InvokeCommandOutput,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { zipOf } from '../functions/zip-of.ts';
import { allow, trust } from './identities.ts';
import { type TestRange, testRange } from './range.ts';

const logRights = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

export type FunctionsOfRange = Awaited<ReturnType<typeof functionsOfRange>>;

/** A range with a role `runner`, as which its functions run and write their logs. */
export async function functionsOfRange() {
  const range = await testRange();
  const lambda = new LambdaClient({ ...range.as(), maxAttempts: 1 });
  const iam = new IAMClient(range.as());
  /** A role that this service may assume; its inline policy `logs` lets it write logs. */
  const newRole = async (RoleName: string, Service: string) => {
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust({ Service }) }));
    const PolicyDocument = allow(logRights, '*');
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'logs', PolicyDocument }));
    return Role?.Arn ?? '';
  };
  const runner = await newRole('runner', 'lambda.amazonaws.com');
  return {
    range,
    lambda,
    iam,
    newRole,
    /** A function of one file, `index.mjs`, unless `more` says otherwise. */
    create: (FunctionName: string, code: string, more: Partial<CreateFunctionCommandInput> = {}) =>
      lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: runner,
          Code: { ZipFile: zipOf({ 'index.mjs': code }) },
          ...more,
        }),
      ),
    /** Calls, and lets virtual time pass as far as the function needs. */
    invoke: (FunctionName: string, payload: unknown = {}, more: object = {}) =>
      waitedFor(range, lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload), ...more }))),
    logOf: (name: string, filterPattern = '') => logOf(range, name, filterPattern),
    /** What CloudTrail shows of the calls of this name, the last first. */
    records: (call: string) => recordsOf(range, call),
  };
}

async function waitedFor(range: TestRange, call: Promise<InvokeCommandOutput>) {
  let over = false;
  const answer = call.finally(() => {
    over = true;
  });
  answer.catch(() => undefined);
  while (!over) {
    await range.pass(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { Payload, ...rest } = await answer;
  const text = Payload?.transformToString() ?? '';
  return { ...rest, answer: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

async function logOf(range: TestRange, name: string, filterPattern: string): Promise<readonly string[]> {
  const logs = new CloudWatchLogsClient(range.as());
  const { events } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, filterPattern }),
  );
  return (events ?? []).map(({ message }) => message ?? '');
}

async function recordsOf(range: TestRange, AttributeValue: string): Promise<readonly Record<string, unknown>[]> {
  const trail = new CloudTrailClient(range.as());
  await range.pass(15 * 60_000);
  const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue }];
  const { Events } = await trail.send(new LookupEventsCommand({ LookupAttributes }));
  return (Events ?? []).map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '{}') as Record<string, unknown>);
}
