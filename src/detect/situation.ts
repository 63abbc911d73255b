import type { Origin, Shared } from '../model/activity.ts';
import { limits } from './limits.ts';
import type { Kept } from './memory.ts';

/** A step that changed nothing, and will not before its time if the state is still the same. */
export interface Quiet {
  /** Of the detector. */
  readonly number: number;
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

  /** Of those who were asked, and who of them has nothing to do; and of those who had nothing to do before. */
  constructor(asked: Int32Array, quiet: readonly Quiet[], before?: Situation) {
    this.#kept = quiet.map(({ kept }) => kept).concat(before === undefined ? [] : before.#kept);
    this.#states = quiet.map(({ state }) => state).concat(before === undefined ? [] : before.#states);
    const latest = before === undefined ? forever : before.#until;
    this.#until = Math.floor(quiet.reduce((least, { until }) => Math.min(least, until / 1_000), latest));
    const others = asked.slice();
    for (const { number } of quiet) others[number >> 5]! &= ~(1 << (number & 31));
    this.others = others.some((word) => word !== 0) ? others : undefined;
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
