import type { RunningJob } from '../jobs.ts';
import { failed, type HostCommand, printed } from '../seat.ts';

const units: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const sleep: HostCommand = {
  names: ['sleep'],
  async run(args, { task, job }) {
    let total = 0;
    if (args.length === 0) return failed('sleep: missing operand');
    for (const arg of args) {
      const ms = readDuration(arg);
      if (ms === undefined) return failed(`sleep: invalid time interval '${arg}'`);
      total += ms;
    }
    const ended = await sleepOrSignal(job, (signal) => task.sleep(Math.min(total, centuryMs), signal));
    if (ended) return printed('', 128 + (job.pending[0] ?? 15));
    if (job.abort.signal.aborted) throw new Error('killed');
    return printed('');
  },
};

/** True where a signal that ends the shell, but not before its trap, came meanwhile. */
async function sleepOrSignal(job: RunningJob, asleep: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  if (job.traps.size === 0) {
    await asleep(job.abort.signal);
    return false;
  }
  const early = new AbortController();
  const killed = () => early.abort();
  const woken = (why: 'trap' | 'fatal') => {
    if (why === 'fatal') early.abort();
  };
  job.abort.signal.addEventListener('abort', killed, { once: true });
  job.wakers.add(woken);
  await asleep(early.signal);
  job.abort.signal.removeEventListener('abort', killed);
  job.wakers.delete(woken);
  return early.signal.aborted && !job.abort.signal.aborted;
}

const centuryMs = 3.2e12;

/** `5`, `1.5m`, `infinity`, in milliseconds. */
export function readDuration(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return centuryMs;
  const parts = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return parts === null ? undefined : Number(parts[1]) * (units[parts[2] ?? ''] ?? 1000);
}
