/** Stops what was scheduled; harmless when it already ran. */
export type Cancel = () => void;

/**
 * The one clock of a range. At most one task runs and holds it; a task lends the hold only by parking;
 * every start and every wake-up is a queue entry at (time, seq). Time advances only when nothing holds.
 */
export interface Clock {
  /** Virtual time, epoch milliseconds. */
  now(): number;
  /** The only queue. `fire` must not block. */
  at(time: number, fire: () => void, why: string): Cancel;
  /** Starts `body` from the queue, as a task that holds the clock until it ends or parks. */
  spawn<T>(why: string, body: (task: Task) => Promise<T>): Promise<T>;
  /**
   * An outside request: holds from now until released, and may park like a task. Enter when the request is read,
   * or a slow client holds the range. Stepped: waits while an advance runs.
   */
  enter(why: string): Promise<Visit>;
  /** Stepped mode: runs what is due up to `until`; resolves at quiescence. */
  advance(until: number): Promise<void>;
  /** Paced mode: follows the wall clock at this speed (1: real time) until cancelled. */
  pace(speed: number): Cancel;
  /** Who holds the clock: what an advance that does not end waits for. */
  holders(): readonly string[];
  /** Like a kill: nothing runs or wakes any more; what is stored is taken up by the next start. */
  stop(): void;
}

/** What runs and holds the clock. Commands inside it never take a hold of their own. */
export interface Task {
  readonly why: string;
  readonly state: 'run' | 'parked' | 'done';
  /**
   * Lends the hold until woken; the wake-up is a queue entry at now. A task waits for one thing at a time:
   * parking what is parked is an error (start another task for the other thing).
   */
  park(): { readonly promise: Promise<void>; wake(): void };
  /** Ends early, without an error, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Parks until the promise of another task (`spawn`) settles. */
  join<T>(other: Promise<T>): Promise<T>;
  /** Seeded luck of this task alone, 0 <= luck < 1. */
  random(): number;
}

export interface Visit extends Task {
  /** Ends the visit; harmless the second time. */
  release(): void;
}

/** The machine's own time. Only signatures, limits on real work and the paced mode ask it. */
export interface Wall {
  /** Epoch milliseconds. */
  now(): number;
  /** After every promise that can settle now has settled. */
  soon(run: () => void): void;
  /** After sockets and timers had their turn. */
  turn(run: () => void): void;
  later(ms: number, run: () => void): Cancel;
}
