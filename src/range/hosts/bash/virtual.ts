/**
 * The `Date` and `Math` that bash's own code sees, so that `$RANDOM`, `$SECONDS` and `printf %(..)T` follow the range's
 * clock and the job's luck and no global is touched. The build puts them into its copy of just-bash, which is why the
 * real ones are named by `globalThis` here.
 *
 * Whose time it is needs no async context, which would cost every promise of the process: between two calls of ours a
 * script only awaits what is settled, and of one range one task runs at a time. Scripts of two ranges in one process
 * take turns.
 */
export interface Times {
  now(): number;
  random(): number;
  /** The script has ended: a command of it that a kill left behind takes no more turns. */
  over?: boolean;
}

let running: Times | undefined;
const waiting: (() => void)[] = [];

/** Runs bash's own code. */
export async function inVirtualTime<T>(times: Times, body: () => T | Promise<T>): Promise<T> {
  if (!enters(times)) await entered(times);
  try {
    return await body();
  } finally {
    leave(times);
  }
}

/** Runs a command of ours, which bash's code waits for: it may take its time, and start bash itself. */
export async function outOfVirtualTime<T>(times: Times, body: () => T | Promise<T>): Promise<T> {
  leave(times);
  try {
    return await body();
  } finally {
    if (!enters(times)) await entered(times);
  }
}

function enters(times: Times): boolean {
  if (running !== undefined && !times.over) return false;
  if (!times.over) running = times;
  else if (running === undefined) waiting.shift()?.();
  return true;
}

async function entered(times: Times): Promise<void> {
  do await new Promise<void>((resolve) => waiting.push(resolve));
  while (!enters(times));
}

function leave(times: Times): void {
  if (running !== times) return;
  running = undefined;
  waiting.shift()?.();
}

const RealDate = globalThis.Date;
const realNow = RealDate.now.bind(RealDate);
const realRandom = globalThis.Math.random;
const now = () => running?.now() ?? realNow();

export const VirtualDate: DateConstructor = new Proxy(RealDate, {
  construct: (target, args: unknown[], self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

export function virtualRandom(): number {
  return running?.random() ?? realRandom();
}
