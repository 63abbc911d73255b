import type { Cancel, Clock, Task, Wall } from './clock.ts';
import type { Functions } from './functions.ts';
import type { Call, Consumer, Invoke, Scope } from './operation.ts';
import { Attempt } from './outbox/attempt.ts';
import { retryDelaysMs } from './outbox/limits.ts';
import { buryKey, headOf, keyOf, laneOf, type NewWork, putNew, storedLanes, type WorkRow } from './outbox/rows.ts';
import type { Blobs, Store, Tx } from './store/port.ts';

/** What leaves a commit and is done later: at least once begun, once done, in (due, seq) order of its lane. */
export interface Outbox {
  /** Inside the step of the commit that causes the work. Refuses a topic that nobody consumes. */
  enqueue(tx: Tx, work: NewWork): void;
  /** Takes up what is stored. */
  start(): void;
  stop(): void;
  /** Work that failed at its last attempt: kept, with its error. */
  deadLetters(): Iterable<DeadLetter>;
}

export type DeadLetter = WorkRow & { readonly error: string };
export type WorkScope = Scope & Pick<Call, 'later' | 'ids' | 'inRegion'>;

export interface OutboxOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly wall: Wall;
  readonly blobs: Blobs;
  readonly functions: Functions;
  readonly consumers: readonly Consumer[];
  /** In-process calls that the task covers. */
  invoke(task: Task): Invoke;
  scope(tx: Tx, account: string, region: string): WorkScope;
  /** The store failed under the outbox: the range must end. */
  failed(error: unknown): void;
}

export function createOutbox(options: OutboxOptions): Outbox {
  return new LaneOutbox(options);
}

interface LaneState {
  /** When its first row may be due: never later than it is. */
  due: number;
  running: boolean;
}

class LaneOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #consumers: ReadonlyMap<string, Consumer>;
  readonly #lanes = new Map<string, LaneState>();
  #next: { readonly time: number; readonly cancel: Cancel } | undefined;
  #stopped = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#consumers = new Map(options.consumers.map((consumer) => [consumer.topic, consumer]));
    if (this.#consumers.size < options.consumers.length) throw new Error('two consumers have one topic');
  }

  enqueue(tx: Tx, work: NewWork): void {
    const consumer = this.#consumers.get(work.topic);
    if (consumer === undefined) throw new Error(`nobody consumes the topic ${JSON.stringify(work.topic)}`);
    const lane = consumer.lane?.(work.payload, work.region);
    const row = putNew(tx, lane === undefined ? work : { ...work, lane });
    // Should the commit fail, the look at that time finds nothing. It comes when no task holds: after the commit.
    this.#expect(laneOf(row), row.due);
  }

  start(): void {
    for (const row of storedLanes(this.#options.store)) this.#expect(laneOf(row), row.due);
  }

  stop(): void {
    this.#stopped = true;
    this.#next?.cancel();
  }

  *deadLetters(): Iterable<DeadLetter> {
    for (const [, row] of this.#options.store.range<DeadLetter>('outbox', { prefix: 'dead/' })) yield row;
  }

  #expect(lane: string, due: number): void {
    const state = this.#lanes.get(lane);
    if (state) state.due = Math.min(state.due, due);
    else this.#lanes.set(lane, { due, running: false });
    if (!state?.running) this.#schedule(due);
  }

  /** One clock entry, for the earliest row of all. */
  #schedule(due: number): void {
    const time = Math.max(due, this.#options.clock.now());
    if (this.#stopped || (this.#next && this.#next.time <= time)) return;
    this.#next?.cancel();
    this.#next = { time, cancel: this.#options.clock.at(time, () => this.#look(), 'outbox') };
  }

  #look(): void {
    this.#next = undefined;
    const now = this.#options.clock.now();
    const ready: WorkRow[] = [];
    for (const [lane, state] of this.#lanes) {
      if (state.running || state.due > now) continue;
      const row = headOf(this.#options.store, lane);
      if (row === undefined) this.#lanes.delete(lane);
      else if (readyAt(row) > now) state.due = readyAt(row);
      else ready.push(row);
    }
    for (const row of ready.sort((a, b) => a.due - b.due || a.seq - b.seq)) this.#begin(row);
    let earliest = Number.POSITIVE_INFINITY;
    for (const { running, due } of this.#lanes.values()) if (!running && due < earliest) earliest = due;
    if (earliest < Number.POSITIVE_INFINITY) this.#schedule(earliest);
  }

  #begin(row: WorkRow): void {
    const state = { due: Number.POSITIVE_INFINITY, running: true };
    this.#lanes.set(laneOf(row), state);
    const attempt = this.#options.clock.spawn(`outbox ${row.topic} ${row.account}`, (task) => this.#attempt(row, task));
    // One row a task, so that lanes take turns. What is behind it may be due by now.
    const goOn = () => {
      state.running = false;
      this.#expect(laneOf(row), Math.min(state.due, this.#options.clock.now()));
    };
    attempt.then(goOn, (error: unknown) => this.#options.failed(error));
  }

  async #attempt(row: WorkRow, task: Task): Promise<void> {
    const attempt = new Attempt(this.#options, row, task);
    try {
      const consumer = this.#consumers.get(row.topic);
      if (!consumer) throw new Error(`nobody consumes the topic ${JSON.stringify(row.topic)}`);
      await attempt.within(consumer);
    } catch (error) {
      const again = attempt.close() ? undefined : retryDelaysMs[row.attempts];
      await this.#fail(row, error, again);
      return;
    }
    if (!attempt.close()) await this.#options.store.commit((tx) => tx.remove('outbox', keyOf(row)));
  }

  async #fail(row: WorkRow, error: unknown, again: number | undefined): Promise<void> {
    const { store, clock } = this.#options;
    const failed = {
      ...row,
      attempts: row.attempts + 1,
      error: error instanceof Error ? error.message : String(error),
    };
    await store.commit((tx) => {
      if (again !== undefined) return tx.put('outbox', keyOf(row), { ...failed, retryAt: clock.now() + again });
      tx.remove('outbox', keyOf(row));
      tx.put('outbox', buryKey(row), failed);
    });
  }
}

function readyAt(row: WorkRow): number {
  return Math.max(row.due, row.retryAt ?? 0);
}
