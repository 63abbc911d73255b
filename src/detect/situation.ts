import type { Origin, Situation } from '../model/activity.ts';
import type { Bits } from './dispatch.ts';
import type { Kept, Resting } from './memory.ts';

/** A step that changed nothing, and will not before its time if the state is still the same. */
export interface Quiet {
  /** Of the detector. */
  readonly number: number;
  readonly kept: Kept;
  readonly state: unknown;
  readonly until: number;
}

/**
 * What came of a situation the last time tells which detectors have nothing to do the next time: until one of them
 * would write something down by then, or has another state.
 */
export class Known implements Resting {
  /** Whose knowledge it is. */
  readonly by: object;
  readonly origin: Origin | undefined;
  /** Those who must be asked all the same, as bits; undefined when there are none. */
  others: Bits | undefined = undefined;
  readonly #situation: Situation;
  readonly #restsOn: Kept[] = [];
  #until = never;

  constructor(by: object, situation: Situation, origin: Origin | undefined) {
    this.by = by;
    this.#situation = situation;
    this.origin = origin;
  }

  get isOver(): boolean {
    return this.#situation.isOver || this.#situation.known !== this;
  }

  holds(time: number): boolean {
    return time < this.#until;
  }

  /** Of those who were asked, who has nothing to do; beside those who had nothing to do before, if that holds. */
  learn(asked: Bits, quiet: readonly Quiet[], holds: boolean): void {
    const others = asked.slice();
    if (!holds) this.#until = Number.POSITIVE_INFINITY;
    for (const { number, kept, state, until } of quiet) {
      others[number >> 5]! &= ~(1 << (number & 31));
      // Who was asked later can have taken its room.
      this.#until = kept.state === state ? Math.min(this.#until, until) : never;
      if (this.#until === never || this.#restsOn.includes(kept)) continue;
      this.#restsOn.push(kept);
      kept.wakes(this);
    }
    this.others = others.every(isNone) ? undefined : others;
  }

  /** Passed over from now on, as long as it holds and nobody must be asked. */
  rest(): void {
    this.#situation.rest(this.others === undefined ? this.#until : never);
  }

  wake(by: Kept): void {
    this.#until = never;
    this.#restsOn.splice(this.#restsOn.indexOf(by), 1);
    this.#situation.rest(never);
  }
}

function isNone(word: number): boolean {
  return word === 0;
}

const never = Number.NEGATIVE_INFINITY;
