import type { Activity, Origin, Shared } from '../model/activity.ts';
import { limits } from './limits.ts';
import type { Kept, Memory } from './memory.ts';

/** A step that changed nothing, and will not before its time if the state is still the same. */
export interface Quiet {
  readonly memory: Memory;
  readonly kept: Kept;
  readonly state: unknown;
  readonly until: number;
}

/**
 * A caller makes the same call from the same place again, as programs do all day. What came of it the last time tells
 * which detectors have nothing to do.
 */
export class Situation {
  readonly #origin: Origin | undefined;
  readonly #from: Shared | undefined;
  readonly #agent: Shared | undefined;
  readonly #error: string;
  readonly #account: string;
  readonly #region: string;
  readonly #quiet: readonly Quiet[];
  /** Those who must be asked all the same, as bits; undefined when there are none. */
  readonly others: Int32Array | undefined;

  constructor(activity: Activity, quiet: readonly Quiet[], others: Int32Array | undefined) {
    this.#origin = activity.origin;
    this.#from = activity.from;
    this.#agent = activity.agent;
    this.#error = activity.error;
    this.#account = activity.account;
    this.#region = activity.region;
    this.#quiet = quiet;
    this.others = others;
  }

  isSame(activity: Activity): boolean {
    return (
      activity.from === this.#from &&
      activity.agent === this.#agent &&
      activity.origin === this.#origin &&
      activity.error === this.#error &&
      activity.account === this.#account &&
      activity.region === this.#region &&
      this.#isQuiet(activity.time)
    );
  }

  #isQuiet(time: number): boolean {
    for (const { memory, kept, state, until } of this.#quiet) {
      if (kept.state !== state || time >= until || !memory.isTouched(kept, time)) return false;
    }
    return true;
  }
}

/** The situations of one caller, by call. */
export class Situations {
  readonly of: object;
  readonly #byCall = new Map<Shared, Situation>();

  constructor(of: object) {
    this.of = of;
  }

  get(call: Shared): Situation | undefined {
    return this.#byCall.get(call);
  }

  set(call: Shared, situation: Situation): void {
    if (this.#byCall.size >= limits.situationsPerCaller && !this.#byCall.has(call)) this.#byCall.clear();
    this.#byCall.set(call, situation);
  }
}
