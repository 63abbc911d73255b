import { AwsError } from '../../../aws/error.ts';
import { accessKeys } from '../../indexes.ts';
import type { Consumer, Work } from '../../operation.ts';
import { eventRetryDelaysMs, runStallMs } from './limits.ts';
import { type Run, run } from './run.ts';
import { dropped, environments, functions } from './tables.ts';

/** An invocation that nobody waits for. */
export interface EventInput {
  readonly function: string;
  readonly payload: string;
  readonly requestId: string;
  /** Tries that failed. */
  readonly failed: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const event: Consumer<EventInput> = {
  topic: 'lambda.event',
  stallMs: runStallMs,
  // Functions do not wait for one another.
  lane: (input, region) => `${region}/${input.function}`,
  async handle(input, work) {
    let done: Run | undefined;
    let why: string | undefined;
    try {
      done = await runOf(input, work);
      if (done?.outcome.error !== undefined) why = done.outcome.payload;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      why = `${error.code}: ${error.message}`;
    }
    await work.commit((scope) => {
      if (done !== undefined && functions.get(scope, input.function) !== undefined)
        environments.put(scope, input.function, done.environment);
      if (why === undefined) return;
      const failed = input.failed + 1;
      const delay = eventRetryDelaysMs[input.failed];
      if (delay !== undefined) {
        scope.later('lambda.event', { ...input, failed } satisfies EventInput, work.now() + delay);
        return;
      }
      const row = { function: input.function, requestId: input.requestId, attempts: failed, why, at: work.now() };
      dropped.put(scope, `${input.function}:${input.requestId}`, row);
    });
  },
};

/** Undefined where the function is gone: its events go with it. */
async function runOf(input: EventInput, work: Work): Promise<Run | undefined> {
  const { account, region, task, invoke } = work;
  const { fn, last, ids } = await work.commit(
    (scope) => ({
      fn: functions.get(scope, input.function),
      last: environments.get(scope, input.function),
      ids: scope.ids,
    }),
    { keep: true },
  );
  if (fn === undefined) return undefined;
  if (fn.reserved === 0) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429 });
  return run(fn, last, input.payload, input.requestId, {
    account,
    region,
    task,
    functions: work.functions,
    invoke,
    ids,
    now: work.now(),
    async caller(accessKeyId) {
      const key = await work.commit((scope) => accessKeys.get(scope.tx, accessKeyId), { keep: true });
      if (key === undefined) throw new Error(`no session of ${accessKeyId}`);
      return key.caller;
    },
  });
}
