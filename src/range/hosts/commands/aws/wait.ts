import { search } from 'jmespath';
import type { ExecResult } from 'just-bash';
import type { Seat } from '../../seat.ts';
import { printed } from '../../seat.ts';
import { Refused } from './call.ts';
import { badChoice, CliError, notModelled } from './errors.ts';
import { type Waiter, waiters } from './waiters.ts';

/** `aws <service> wait <what>`: asks until it is so, in virtual time, and prints nothing. */
export function waiterNamed(service: string, name: string | undefined): Waiter {
  const known = waiters[service];
  if (known === undefined) throw notModelled(`${service} wait`);
  const waiter = known[name ?? ''];
  if (waiter === undefined) throw badChoice('subcommand', Object.keys(known));
  return waiter;
}

export async function waitFor(
  seat: Seat,
  { waiter, name }: { readonly waiter: Waiter; readonly name: string },
  ask: () => Promise<Record<string, unknown>>,
): Promise<ExecResult> {
  const title = name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const failed = (reason: string) => new CliError(`\nWaiter ${title} failed: ${reason}\n`, 255);
  for (let attempt = 0; attempt < waiter.attempts; attempt++) {
    if (attempt > 0) await seat.task.sleep(waiter.delayMs, seat.job.abort.signal);
    if (seat.job.abort.signal.aborted) return printed('', 130);
    try {
      const state = stateOf(waiter, await ask());
      if (state === 'success') return printed('');
      if (state !== 'retry')
        throw failed(
          `Waiter encountered a terminal failure state: For expression "${waiter.path}" we matched expected path: "${state.failure}" at least once`,
        );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (waiter.successErrors?.includes(error.code) === true) return printed('');
      if (waiter.retryErrors?.includes(error.code) !== true) throw failed(error.message);
    }
  }
  throw failed('Max attempts exceeded');
}

function stateOf(
  { path, wanted, failures }: Waiter,
  answer: Record<string, unknown>,
): 'success' | 'retry' | { failure: string } {
  if (path === undefined) return wanted === undefined ? 'success' : 'retry';
  const found: unknown = search(answer, path);
  const values = (Array.isArray(found) ? found : [found]).map(String);
  const failure = values.find((value) => failures?.includes(value) === true);
  if (failure !== undefined) return { failure };
  return values.length > 0 && values.every((value) => value === wanted) ? 'success' : 'retry';
}
