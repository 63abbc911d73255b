import type { Origin, Shared } from '../model/activity.ts';
import type { Bits } from './dispatch.ts';
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
  /** What is kept and the state that it must have, by turns. */
  readonly #rests: readonly unknown[];
  /** In seconds, which are small numbers. */
  readonly #until: number;
  /** Those who must be asked all the same, as bits; undefined when there are none. */
  readonly others: Bits | undefined;

  /** Of those who were asked, and who of them has nothing to do; and of those who had nothing to do before. */
  constructor(asked: Bits, quiet: readonly Quiet[], before?: Situation) {
    const rests = before === undefined ? [] : before.#rests.slice();
    const others = asked.slice();
    let least = before === undefined ? forever : before.#until;
    for (const { number, kept, state, until } of quiet) {
      rests.push(kept, state);
      others[number >> 5]! &= ~(1 << (number & 31));
      least = Math.min(least, until / 1_000);
    }
    this.#rests = rests;
    this.#until = Math.floor(least);
    this.others = others.every(isNone) ? undefined : others;
  }

  holds(time: number): boolean {
    if (time >= this.#until * 1_000) return false;
    const rests = this.#rests;
    for (let at = 0; at < rests.length; at += 2) if ((rests[at] as Kept).state !== rests[at + 1]) return false;
    return true;
  }
}

function isNone(word: number): boolean {
  return word === 0;
}

const forever = 0x7fffffff;

/** Bounds the situations of all settings together: the older half goes. */
export class SituationRoom {
  #young: Situations[] = [];
  #old: readonly Situations[] = [];
  #count = 0;

  of(origin: Origin | undefined): Situations {
    const situations = new Situations(this, origin);
    this.#young.push(situations);
    return situations;
  }

  /** There is one more. */
  count(): void {
    if (++this.#count < limits.situationsTogether / 2) return;
    for (const each of this.#old) each.forget();
    this.#old = this.#young;
    this.#young = [];
    this.#count = 0;
  }
}

/** The situations of one setting and origin, by call. */
export class Situations {
  /** Undefined once they are forgotten. */
  of: SituationRoom | undefined;
  readonly origin: Origin | undefined;
  readonly #calls: Shared[] = [];
  readonly #situations: Situation[] = [];
  #next = 0;

  constructor(of: SituationRoom, origin: Origin | undefined) {
    this.of = of;
    this.origin = origin;
  }

  get(call: Shared): Situation | undefined {
    const calls = this.#calls;
    for (let index = 0; index < calls.length; index++) if (calls[index] === call) return this.#situations[index];
    return undefined;
  }

  forget(): void {
    this.of = undefined;
    this.#calls.length = 0;
    this.#situations.length = 0;
  }

  /** When there is no more room, the one that was new the longest ago goes. */
  set(call: Shared, situation: Situation): void {
    const known = this.#calls.indexOf(call);
    const at = known < 0 ? this.#next : known;
    this.#calls[at] = call;
    this.#situations[at] = situation;
    if (known >= 0) return;
    this.#next = (at + 1) % limits.situationsPerSetting;
    this.of?.count();
  }
}
