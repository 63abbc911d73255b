import { AwsError } from '../../../aws/error.ts';
import type { Caller } from '../../caller.ts';
import type { Task } from '../../clock.ts';
import type { Functions, Outcome } from '../../functions.ts';
import { poolAddress } from '../../network/outside.ts';
import type { AccountIds, Invoke } from '../../operation.ts';
import { sessionReserveMs } from './limits.ts';
import { assumeRole, notAssumable, refusesLambda } from './session.ts';
import type { Environment, LambdaFunction } from './tables.ts';
import { writeLog } from './write-log.ts';

/** What a run needs, whether a call waits for it or an event's turn came. */
export interface Running {
  readonly account: string;
  readonly region: string;
  readonly task: Task;
  readonly functions: Functions;
  readonly invoke: Invoke;
  readonly ids: AccountIds;
  readonly now: number;
  /** Whom an access key of a session stands for. */
  caller(accessKeyId: string): Promise<Caller>;
}

export interface Run {
  readonly outcome: Outcome;
  /** To be kept for the next run. */
  readonly environment: Environment;
}

/** One run of a function, its log written; the environment of the last run is used again where it still fits. */
export async function run(
  fn: LambdaFunction,
  last: Environment | undefined,
  payload: string,
  requestId: string,
  running: Running,
): Promise<Run> {
  const environment = fits(last, fn, running.now) ? last : await newEnvironment(fn, running);
  const { credentials, logStream, sourceIp } = environment;
  const version = {
    arn: `${fn.arn}:$LATEST`,
    name: fn.name,
    version: '$LATEST',
    region: running.region,
    runtime: fn.runtime,
    handler: fn.handler,
    memoryMb: fn.memoryMb,
    timeoutS: fn.timeoutS,
    environment: fn.environment,
    code: { blob: fn.code.blob, sha256: fn.code.sha256 },
    logGroup: fn.logGroup,
  };
  const { task } = running;
  const outcome = await running.functions
    .invoke(version, payload, { requestId, task, credentials, logStream, sourceIp })
    .catch((error: unknown) => {
      // The process could not be had, such as a runtime that this machine lacks.
      throw new AwsError('ServiceException', error instanceof Error ? error.message : String(error), { status: 500 });
    });
  const { account, region } = running;
  const as = await running.caller(credentials.accessKeyId);
  await writeLog(outcome.log, { as, account, region, group: fn.logGroup, stream: logStream, sourceIp }, running.invoke);
  return { outcome, environment };
}

function fits(environment: Environment | undefined, fn: LambdaFunction, now: number): environment is Environment {
  if (environment === undefined || environment.revision !== fn.revision) return false;
  return environment.credentials.expiresAt - now > fn.timeoutS * 1_000 + sessionReserveMs;
}

async function newEnvironment(
  fn: LambdaFunction,
  { account, region, invoke, ids, now }: Running,
): Promise<Environment> {
  const credentials = await assumeRole(fn, { account, region }, invoke).catch((error: unknown) => {
    if (refusesLambda(error)) throw new AwsError('AccessDeniedException', notAssumable, { status: 403 });
    throw error;
  });
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    revision: fn.revision,
    credentials,
    logStream: `${day}/[$LATEST]${ids.hex(32)}`,
    sourceIp: poolAddress(region, Number.parseInt(ids.hex(8), 16)),
  };
}
