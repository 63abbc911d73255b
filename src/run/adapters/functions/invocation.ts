import { Strands } from '../../../range/clock/strands.ts';
import type { FunctionVersion, InvocationContext, Outcome } from '../../../range/functions.ts';
import type { End, Said } from './child.ts';
import { answerBytesMax, wallMsMin } from './limits.ts';
import { newLog, type RunLog } from './log.ts';
import type { RunnerOptions, Worker } from './runner.ts';

type Ending = { readonly kind: 'said'; readonly said: Said } | { readonly kind: 'timeout' } | End;

/** One run: begins at its task's virtual time, and costs none unless the function waits. */
export async function runOnce(
  options: RunnerOptions,
  worker: Worker,
  version: FunctionVersion,
  payload: string,
  context: InvocationContext,
): Promise<Outcome> {
  const { clock } = options;
  const began = clock.now();
  const log = newLog(context.requestId, version.version, () => clock.now());
  log.start(worker.runtime);
  const ending = await endingOf(options, worker, version, payload, context, log);
  if (ending.kind === 'timeout') log.timedOut(version.timeoutS);
  const limitMs = version.timeoutS * 1_000;
  log.report(ending.kind === 'timeout' ? limitMs : Math.max(1, clock.now() - began), version.memoryMb);
  return { ...answerOf(ending, version, context.requestId), log: log.lines };
}

async function endingOf(
  options: RunnerOptions,
  worker: Worker,
  version: FunctionVersion,
  payload: string,
  context: InvocationContext,
  log: RunLog,
): Promise<Ending> {
  const { clock, wall } = options;
  const { child } = worker;
  const limitMs = version.timeoutS * 1_000;
  const deadline = clock.now() + limitMs;
  const acks = new Map<number, () => void>();
  const strands = new Strands(clock, context.task, {
    ask: () => child.tell({ ask: true }),
    woke: () =>
      new Promise<void>((resolve) => {
        const number = acks.size + 1;
        acks.set(number, resolve);
        child.tell({ now: clock.now(), woke: number });
        // A process that ended meanwhile has nothing to learn.
        void child.ended.then(() => resolve());
      }),
  });
  worker.cover = () => strands.strand(`call of ${version.name}`);
  const cancels: (() => void)[] = [];
  const ending = await new Promise<Ending>((resolve) => {
    const timeout = () => {
      child.kill('timeout');
      resolve({ kind: 'timeout' });
    };
    cancels.push(clock.at(deadline, timeout, `limit of ${version.name}`));
    cancels.push(wall.later(Math.max(limitMs, options.wallMsMin ?? wallMsMin), timeout));
    void child.ended.then(resolve);
    child.heard = (said) => {
      if (said.log !== undefined) log.say(said.log);
      if (said.ack !== undefined) acks.get(said.ack)?.();
      if (said.idle) strands.idle(said.idle);
      if (said.result !== undefined || said.error) resolve({ kind: 'said', said });
    };
    const context_ = contextOf(version, context);
    child.tell({ now: clock.now(), invoke: { payload, id: context.requestId, context: context_, deadline } });
  });
  for (const cancel of cancels) cancel();
  await strands.end();
  if (ending.kind === 'timeout') await child.ended;
  worker.cover = undefined;
  child.heard = () => {};
  return ending;
}

function contextOf(version: FunctionVersion, context: InvocationContext) {
  return {
    functionName: version.name,
    functionVersion: version.version,
    invokedFunctionArn: version.arn,
    memoryLimitInMB: String(version.memoryMb),
    logGroupName: version.logGroup,
    logStreamName: context.logStream,
  };
}

function answerOf(ending: Ending, version: FunctionVersion, requestId: string): Pick<Outcome, 'payload' | 'error'> {
  const failed = (errorType: string, why: string) => {
    const errorMessage = `RequestId: ${requestId} Error: ${why}`;
    return { payload: JSON.stringify({ errorType, errorMessage }), error: 'Unhandled' as const };
  };
  switch (ending.kind) {
    case 'timeout':
      return failed('Sandbox.Timedout', `Task timed out after ${version.timeoutS.toFixed(2)} seconds`);
    case 'exit':
      return failed('Runtime.ExitError', `Runtime exited with error: exit status ${ending.status}`);
    case 'killed':
      return ending.why === 'memory'
        ? failed('Runtime.OutOfMemory', 'Runtime exited with error: signal: killed')
        : failed('Runtime.ExitError', `Runtime exited with error: ${ending.why}`);
    case 'said': {
      const { result = 'null', error } = ending.said;
      if (error) return { payload: JSON.stringify(error), error: 'Unhandled' };
      const bytes = Buffer.byteLength(result);
      // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
      if (bytes <= answerBytesMax) return { payload: result, error: undefined };
      return failed(
        'Function.ResponseSizeTooLarge',
        `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${answerBytesMax} bytes).`,
      );
    }
  }
}
