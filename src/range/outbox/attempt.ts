import type { Cancel, Task } from '../clock.ts';
import type { Functions } from '../functions.ts';
import type { Consumer, Invoke, Work } from '../operation.ts';
import type { OutboxOptions, WorkScope } from '../outbox.ts';
import type { Blobs } from '../store/port.ts';
import { stallMs } from './limits.ts';
import { keyOf, type WorkRow } from './rows.ts';

/** One try of one row. After it is closed, what its consumer still does has no effect. */
export class Attempt implements Work {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly blobs: Blobs;
  readonly functions: Functions;
  readonly task: Task;
  readonly invoke: Invoke;
  readonly #options: OutboxOptions;
  readonly #row: WorkRow;
  #moves = 0;
  #removed = false;
  #closed = false;

  constructor(options: OutboxOptions, row: WorkRow, task: Task) {
    this.id = `${row.topic}/${row.account}/${row.seq}`;
    this.account = row.account;
    this.region = row.region;
    this.blobs = options.blobs;
    this.invoke = options.invoke(task);
    this.#options = options;
    this.#row = row;
    this.task = task;
    this.functions = options.functions;
  }

  now(): number {
    return this.#options.clock.now();
  }

  commit<T>(step: (scope: WorkScope) => T, { keep = false } = {}): Promise<T> {
    const key = keyOf(this.#row);
    const { store, scope } = this.#options;
    const commit = store.commit((tx) => {
      this.#move();
      if (!this.#removed && tx.get('outbox', key) === undefined) throw new Error(`work ${this.id} is already done`);
      const result = step(scope(tx, this.account, this.region));
      if (!keep) tx.remove('outbox', key);
      return result;
    });
    return commit.then((result) => {
      this.#removed ||= !keep;
      return result;
    });
  }

  async sleep(ms: number): Promise<void> {
    this.#move();
    await this.task.sleep(ms);
    this.#move();
  }

  async join<T>(other: Promise<T>): Promise<T> {
    this.#move();
    try {
      return await this.task.join(other);
    } finally {
      this.#move();
    }
  }

  /** Says whether a commit of the consumer removed the row. */
  close(): boolean {
    this.#closed = true;
    return this.#removed;
  }

  /** A consumer that waits for what never comes would hold the clock, and with it everybody. */
  async within(consumer: Consumer): Promise<void> {
    const limit = consumer.stallMs ?? stallMs;
    let cancel: Cancel = () => {};
    const stalled = new Promise<never>((_, reject) => {
      const watch = (moves: number) => {
        cancel = this.#options.wall.later(limit, () => {
          if (this.#moves !== moves || this.task.state !== 'run') watch(this.#moves);
          else reject(new Error(`the consumer of ${this.#row.topic} did nothing for ${limit / 1000} s of real time`));
        });
      };
      watch(0);
    });
    try {
      await Promise.race([consumer.handle(this.#row.payload, this), stalled]);
    } finally {
      cancel();
    }
  }

  #move(): void {
    if (this.#closed) throw new Error(`work ${this.id} was given up: this comes too late`);
    this.#moves++;
  }
}
