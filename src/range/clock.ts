/** Stops what was scheduled; harmless when it already ran. */
export type Cancel = () => void;
export type Release = () => void;

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
  /** An outside request: at once, holds until released, stamps the time. */
  enter(why: string): Promise<Release>;
  /** Stepped mode: runs what is due up to `until`; resolves at quiescence. */
  advance(until: number): Promise<void>;
  /** Paced mode: follows the wall clock at this speed until stopped. */
  pace(speed: number): Cancel;
  stop(): void;
}

/** What runs and holds the clock. Commands inside it never take a hold of their own. */
export interface Task {
  readonly why: string;
  readonly state: 'run' | 'parked' | 'done';
  /** Lends the hold until woken; the wake-up is a queue entry at now. */
  park(): { readonly promise: Promise<void>; wake(): void };
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Seeded luck of this task alone. */
  random(): number;
}
