import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The `Date` and `Math` that bash's own code sees. The build puts them in front of each file of just-bash
 * (scripts/virtual-bash.mjs), so `$RANDOM`, `$SECONDS` and `printf %(..)T` follow the range's clock and the job's luck
 * and no global is touched.
 */
export interface Times {
  now(): number;
  random(): number;
}

const running = new AsyncLocalStorage<Times>();

export function inVirtualTime<T>(times: Times, body: () => T): T {
  return running.run(times, body);
}

const RealDate = Date;
const RealMath = Math;
const now = () => running.getStore()?.now() ?? RealDate.now();

export const VirtualDate: DateConstructor = new Proxy(RealDate, {
  construct: (target, args: unknown[], self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

export const VirtualMath: Math = Object.create(RealMath, {
  random: { value: () => running.getStore()?.random() ?? RealMath.random() },
});
