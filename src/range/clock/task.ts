import type { Cancel, Visit } from '../clock.ts';
import { luck } from './luck.ts';

/** What a task needs of its clock. */
export interface Holding {
  now(): number;
  at(time: number, fire: () => void, why: string): Cancel;
  take(task: HoldingTask): void;
  lend(task: HoldingTask): void;
}

/** A state instead of a counter: ending while parked releases nothing, and a late wake-up is dropped. */
export class HoldingTask implements Visit {
  readonly why: string;
  readonly #clock: Holding;
  readonly #seed: () => string;
  #state: 'run' | 'parked' | 'done' = 'run';
  #luck: (() => number) | undefined;

  constructor(clock: Holding, why: string, seed: () => string) {
    this.#clock = clock;
    this.why = why;
    this.#seed = seed;
    clock.take(this);
  }

  get state() {
    return this.#state;
  }

  park(): { readonly promise: Promise<void>; wake(): void } {
    const { promise, resume } = this.#lend();
    let woken = false;
    const wake = () => {
      if (woken) return;
      woken = true;
      this.#clock.at(this.#clock.now(), resume, this.why);
    };
    return { promise, wake };
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const { promise, resume } = this.#lend();
    const cancel = this.#clock.at(this.#clock.now() + Math.max(0, ms), resume, this.why);
    const abort = () => {
      cancel();
      this.#clock.at(this.#clock.now(), resume, this.why);
    };
    signal?.addEventListener('abort', abort, { once: true });
    await promise;
    signal?.removeEventListener('abort', abort);
  }

  async join<T>(other: Promise<T>): Promise<T> {
    const { promise, wake } = this.park();
    other.then(wake, wake);
    await promise;
    return other;
  }

  random(): number {
    this.#luck ??= luck(this.#seed());
    return this.#luck();
  }

  release(): void {
    if (this.#state === 'run') this.#clock.lend(this);
    this.#state = 'done';
  }

  #lend(): { promise: Promise<void>; resume: () => void } {
    if (this.#state !== 'run') {
      throw new Error(
        `task "${this.why}" is ${this.#state}: only a running task can wait; start another task for the other thing`,
      );
    }
    this.#state = 'parked';
    this.#clock.lend(this);
    let resolve: () => void = () => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    const resume = () => {
      if (this.#state !== 'parked') return;
      this.#state = 'run';
      this.#clock.take(this);
      resolve();
    };
    return { promise, resume };
  }
}
