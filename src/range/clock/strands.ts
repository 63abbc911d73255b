import type { Clock, Task, Visit } from '../clock.ts';

/** What the holder of the strands may be waiting for besides them: undefined while it works, or when it wants to wake. */
export interface Idle {
  /** How many strands it waits for: fewer or more are on their way, and then it is not idle. */
  readonly strands: number;
  readonly until?: number;
}

/** Whose task it is. */
export interface Holder {
  /** Everything else waits: it should say when it is idle. */
  ask(): void;
  /** Time passed: resolves when it knows, before any strand goes on. */
  woke(): Promise<void>;
}

/**
 * One task whose work has several strands, such as a function with calls in flight. Its hold is lent when all strands
 * are parked and the holder itself says that it only waits for them, or for a time.
 */
export class Strands {
  readonly #clock: Clock;
  readonly #task: Task;
  readonly #holder: Holder;
  readonly #parked = new Set<() => void>();
  readonly #ready: (() => void)[] = [];
  #running = 0;
  #ended = false;
  #idle: Idle | undefined;
  #wake: (() => void) | undefined;
  #awake: Promise<void> = Promise.resolve();

  constructor(clock: Clock, task: Task, holder: Holder) {
    this.#clock = clock;
    this.#task = task;
    this.#holder = holder;
  }

  idle(idle: Idle): void {
    this.#idle = idle;
    this.#consider();
  }

  /** Takes the hold back when it is lent, for what is not a strand's: the holder has ended. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#wake?.();
    await this.#awake;
  }

  strand(why: string): Visit {
    this.#running++;
    this.#idle = undefined;
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
        // Its answer is on the way to the holder, who has something to do again.
        this.#idle = undefined;
        this.#consider();
      },
    };
  }

  #consider(): void {
    if (this.#running > 0 || this.#wake || this.#ended) return;
    if (!this.#idle && this.#parked.size > 0) this.#holder.ask();
    const idle = this.#idle;
    if (idle?.strands !== this.#parked.size) return;
    this.#idle = undefined;
    const { promise, wake } = this.#task.park();
    this.#wake = wake;
    const cancel = idle.until === undefined ? () => {} : this.#clock.at(idle.until, wake, this.#task.why);
    this.#awake = promise.then(async () => {
      cancel();
      if (!this.#ended) await this.#holder.woke();
      this.#wake = undefined;
      for (const resume of this.#ready.splice(0)) resume();
      // It may have said that it is idle again in the same breath.
      this.#consider();
    });
  }
}
