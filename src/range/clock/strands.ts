import type { Clock, Task, Visit } from '../clock.ts';

/** What the holder of the strands may be waiting for besides them: undefined while it works, or when it wants to wake. */
export interface Idle {
  /** How many strands it waits for: fewer or more are on their way, and then it is not idle. */
  readonly strands: number;
  readonly until?: number;
}

/**
 * One task whose work has several strands, such as a function with calls in flight. Its hold is lent when all strands
 * are parked and the holder itself says that it only waits for them, or for a time.
 */
export class Strands {
  readonly #clock: Clock;
  readonly #task: Task;
  /** Called when time passed: tells the holder, before any strand goes on. */
  readonly #woke: () => Promise<void>;
  readonly #parked = new Set<() => void>();
  readonly #ready: (() => void)[] = [];
  #running = 0;
  #idle: Idle | undefined;
  #wake: (() => void) | undefined;

  constructor(clock: Clock, task: Task, woke: () => Promise<void>) {
    this.#clock = clock;
    this.#task = task;
    this.#woke = woke;
  }

  /** True while the holder should say when it is idle: everything else waits. */
  get waiting(): boolean {
    return this.#running === 0 && this.#parked.size > 0;
  }

  idle(idle: Idle): void {
    this.#idle = idle;
    this.#consider();
  }

  /** Wakes the holder for what is not a strand's. */
  wake(): void {
    this.#idle = undefined;
    this.#wake?.();
  }

  strand(why: string): Visit {
    this.#running++;
    let state: Task['state'] = 'run';
    const lend = () => {
      if (state !== 'run') throw new Error(`strand "${why}" is ${state}: only a running one can wait`);
      state = 'parked';
      let resolve = () => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      const resume = () => {
        if (state !== 'parked') return;
        state = 'run';
        this.#running++;
        resolve();
      };
      const wake = () => {
        if (!this.#parked.delete(resume)) return;
        if (this.#wake) this.#ready.push(resume);
        else resume();
        this.#wake?.();
      };
      this.#parked.add(resume);
      this.#running--;
      this.#consider();
      return { promise, wake };
    };
    return {
      why,
      get state() {
        return state;
      },
      park: lend,
      sleep: async (ms, signal) => {
        const { promise, wake } = lend();
        const cancel = this.#clock.at(this.#clock.now() + Math.max(0, ms), wake, why);
        signal?.addEventListener('abort', wake, { once: true });
        if (signal?.aborted) wake();
        await promise;
        signal?.removeEventListener('abort', wake);
        cancel();
      },
      join: async (other) => {
        const { promise, wake } = lend();
        other.then(wake, wake);
        await promise;
        return other;
      },
      random: () => this.#task.random(),
      release: () => {
        if (state === 'run') this.#running--;
        state = 'done';
        this.#consider();
      },
    };
  }

  #consider(): void {
    const idle = this.#idle;
    if (!idle || this.#running > 0 || this.#wake || idle.strands !== this.#parked.size) return;
    this.#idle = undefined;
    const { promise, wake } = this.#task.park();
    this.#wake = wake;
    const cancel = idle.until === undefined ? () => {} : this.#clock.at(idle.until, wake, this.#task.why);
    void promise.then(async () => {
      cancel();
      await this.#woke();
      this.#wake = undefined;
      for (const resume of this.#ready.splice(0)) resume();
    });
  }
}
