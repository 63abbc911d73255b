import { cutOf, type Weighed } from '../model/weight.ts';
import { limits } from './limits.ts';

export interface Counted {
  readonly value: string;
  readonly count: number;
}

/**
 * How often each of a few values came. Principals by the ten thousand have one or two of each kind, so values and counts
 * lie in two plain lists, the one that came last first.
 */
export class Counts implements Weighed {
  #values: string[] = none;
  #counts: number[] = none;
  /** What came when there was no more room. */
  #others = 0;
  weighs = 120;

  add(value: string | undefined): void {
    if (value === undefined || value === '') return;
    const text = cutOf(value, limits.characters);
    const at = this.#values.indexOf(text);
    if (at === 0) this.#counts[0]!++;
    else if (at > 0) this.#toFront(at);
    else if (this.#values.length >= limits.values) this.#others++;
    else {
      // Lists that grow by themselves have room for sixteen more, which most never need.
      this.#values = [text].concat(this.#values);
      this.#counts = [1].concat(this.#counts);
      this.weighs += 48 + text.length;
    }
  }

  has(value: string): boolean {
    return this.#values.includes(value);
  }

  /** The most frequent first. */
  list(): readonly Counted[] {
    const all = this.#values.map((value, at) => ({ value, count: this.#counts[at]! }));
    if (this.#others > 0) all.push({ value: others, count: this.#others });
    return all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }

  #toFront(at: number): void {
    const [values, counts] = [this.#values, this.#counts];
    const [value, count] = [values[at]!, counts[at]! + 1];
    values[at] = values[0]!;
    counts[at] = counts[0]!;
    values[0] = value;
    counts[0] = count;
  }
}

const none: never[] = [];

/** Stands for all values for which there was no more room. */
export const others = '…';
