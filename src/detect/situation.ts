import type { Origin, Shared } from '../model/activity.ts';
import { limits } from './limits.ts';
import type { Kept } from './memory.ts';

/** A step that changed nothing, and will not before its time if the state is still the same. */
export interface Quiet {
  readonly kept: Kept;
  readonly state: unknown;
  readonly until: number;
}

/**
 * A caller makes the same call in the same setting again, as programs do all day. What came of it the last time tells
 * which detectors have nothing to do.
 */
export class Situation {
  readonly #kept: readonly Kept[];
  readonly #states: readonly unknown[];
  /** In seconds, which are small numbers. */
  readonly #until: number;
  /** Those who must be asked all the same, as bits; undefined when there are none. */
  readonly others: Int32Array | undefined;

  constructor(quiet: readonly Quiet[], others: Int32Array | undefined) {
    this.#kept = quiet.map(({ kept }) => kept);
    this.#states = quiet.map(({ state }) => state);
    const until = quiet.reduce((least, each) => Math.min(least, each.until), forever * 1_000);
    this.#until = Math.floor(until / 1_000);
    this.others = others;
  }

  holds(time: number): boolean {
    if (time >= this.#until * 1_000) return false;
    for (let index = 0; index < this.#kept.length; index++) {
      if (this.#kept[index]!.state !== this.#states[index]) return false;
    }
    return true;
  }
}

const forever = 0x7fffffff;

/** The situations of one setting and origin, by call. */
export class Situations {
  readonly of: object;
  readonly origin: Origin | undefined;
  readonly #calls: Shared[] = [];
  readonly #situations: Situation[] = [];
  #next = 0;

  constructor(of: object, origin: Origin | undefined) {
    this.of = of;
    this.origin = origin;
  }

  get(call: Shared): Situation | undefined {
    const calls = this.#calls;
    for (let index = 0; index < calls.length; index++) if (calls[index] === call) return this.#situations[index];
    return undefined;
  }

  /** When there is no more room, the one that was new the longest ago goes. */
  set(call: Shared, situation: Situation): void {
    const known = this.#calls.indexOf(call);
    const at = known < 0 ? this.#next : known;
    this.#calls[at] = call;
    this.#situations[at] = situation;
    if (known < 0) this.#next = (at + 1) % limits.situationsPerSetting;
  }
}
