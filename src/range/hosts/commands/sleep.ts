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
    await task.sleep(Math.min(total, centuryMs), job.abort.signal);
    if (job.abort.signal.aborted) throw new Error('killed');
    return printed('');
  },
};

const centuryMs = 3.2e12;

/** `5`, `1.5m`, `infinity`, in milliseconds. */
export function readDuration(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return centuryMs;
  const parts = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return parts === null ? undefined : Number(parts[1]) * (units[parts[2] ?? ''] ?? 1000);
}
