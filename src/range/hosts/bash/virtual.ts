import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The `Date` and `Math` that bash's own code sees, so that `$RANDOM`, `$SECONDS` and `printf %(..)T` follow the range's
 * clock and the job's luck and no global is touched. The build puts them into its copy of just-bash, which is why the
 * real ones are named by `globalThis` here.
 */
export interface Times {
  now(): number;
  random(): number;
}

const running = new AsyncLocalStorage<Times>();

export function inVirtualTime<T>(times: Times, body: () => T): T {
  return running.run(times, body);
}

const RealDate = globalThis.Date;
const realNow = RealDate.now.bind(RealDate);
const realRandom = globalThis.Math.random;
const now = () => running.getStore()?.now() ?? realNow();

export const VirtualDate: DateConstructor = new Proxy(RealDate, {
  construct: (target, args: unknown[], self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

export function virtualRandom(): number {
  return running.getStore()?.random() ?? realRandom();
}
