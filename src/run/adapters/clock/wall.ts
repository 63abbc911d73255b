import type { Wall } from '../../../range/clock.ts';

/** The machine's clock and the event loop's turns. */
export const wall: Wall = {
  now: Date.now,
  // A tick that is asked for inside a microtask runs when no microtask is left.
  soon: (run) => queueMicrotask(() => process.nextTick(run)),
  turn: (run) => {
    setImmediate(run);
  },
  later: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
