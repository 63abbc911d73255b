import { createRequire, syncBuiltinESMExports } from 'node:module';

// Time stands while the function works, and passes only while it waits: the runner says how late it is.

export const real = { setImmediate, setTimeout, Date };
export const clock = { now: Number(process.env.YAGURA_NOW), changed() {} };

class VirtualDate extends real.Date {
  constructor(...parts) {
    if (parts.length === 0) super(clock.now);
    else super(...parts);
  }
  static now() {
    return clock.now;
  }
}
globalThis.Date = new Proxy(VirtualDate, { apply: () => new VirtualDate().toString() });
VirtualDate.prototype.constructor = globalThis.Date;

export const timers = new Set();
let order = 0;

class VirtualTimer {
  #refed = true;
  constructor(run, ms, every) {
    this.run = run;
    // As Node's own: what is no number from 1 up is 1.
    this.ms = ms >= 1 && ms <= 2 ** 31 - 1 ? Math.trunc(ms) : 1;
    this.every = every;
    this.id = ++order;
    this.refresh();
  }
  refresh() {
    this.at = clock.now + this.ms;
    this.seq = ++order;
    timers.add(this);
    clock.changed();
    return this;
  }
  close() {
    timers.delete(this);
    return this;
  }
  ref() {
    this.#refed = true;
    return this;
  }
  unref() {
    this.#refed = false;
    return this;
  }
  hasRef() {
    return this.#refed;
  }
  [Symbol.toPrimitive]() {
    return this.id;
  }
}

const start =
  (every) =>
  (run, ms, ...args) => {
    if (typeof run !== 'function') throw new TypeError('The "callback" argument must be of type function.');
    return new VirtualTimer(() => run(...args), ms, every);
  };
const clear = (timer) => {
  if (timer instanceof VirtualTimer) timer.close();
  else for (const other of timers) if (other.id === Number(timer)) other.close();
};
const wait = (ms, value, { signal } = {}) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = start(false)(() => resolve(value), ms);
    signal?.addEventListener('abort', () => {
      timer.close();
      reject(signal.reason);
    });
  });
const virtual = { setTimeout: start(false), setInterval: start(true), clearTimeout: clear, clearInterval: clear };
Object.defineProperty(virtual.setTimeout, Symbol.for('nodejs.util.promisify.custom'), { value: wait });
Object.assign(globalThis, virtual);
const require = createRequire(import.meta.url);
Object.assign(require('node:timers'), virtual);
Object.assign(require('node:timers/promises'), { setTimeout: wait });
syncBuiltinESMExports();
AbortSignal.timeout = (ms) => {
  const controller = new AbortController();
  virtual.setTimeout(() => controller.abort(new DOMException('The operation timed out', 'TimeoutError')), ms);
  return controller.signal;
};

/** What is due by now runs, in the order of its time. */
export function fireDue() {
  const due = [...timers].filter(({ at }) => at <= clock.now).sort((a, b) => a.at - b.at || a.seq - b.seq);
  for (const timer of due) {
    if (!timers.delete(timer)) continue;
    if (timer.every) timer.refresh();
    timer.run();
  }
}
