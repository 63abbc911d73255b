import { type FlowRows, flowAt, flowStride } from '../model/flow-rows.ts';
import type { Picked } from '../model/picked.ts';
import { limits } from './limits.ts';
import { Recent } from './recent.ts';

/**
 * Which flows came lately. They come in the order of time, and what is delivered twice has one time, so a flow is looked
 * for among those of its second only, which lie near; a late one among those of its second that came before.
 */
export class RecentFlows {
  readonly #present = new Second();
  readonly #past = new Past();
  /** Flows that came after their second. */
  readonly #late = new Recent();
  #time = Number.NEGATIVE_INFINITY;

  /** Leaves of these rows, which are of one time, those that did not come before, and remembers them. */
  leaveNew(flows: FlowRows, picked: Picked): void {
    if (picked.count === 0) return;
    const time = flows.times[picked.rows[0]!]!;
    if (time < this.#time) {
      this.#leaveNewLate(flows, picked, time);
      return;
    }
    if (time > this.#time) {
      this.#past.add(this.#time, this.#present);
      this.#present.begin();
      this.#time = time;
    }
    const { rows, count } = picked;
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const row = rows[index]!;
      if (this.#present.isNew(flows.numbers, row * flowStride + flowAt.fingerprint)) rows[kept++] = row;
    }
    picked.count = kept;
  }

  #leaveNewLate({ numbers }: FlowRows, picked: Picked, time: number): void {
    const { rows } = picked;
    let kept = 0;
    for (let index = 0; index < picked.count; index++) {
      const row = rows[index]!;
      const print = numbers[row * flowStride + flowAt.fingerprint]!;
      if (!this.#past.has(time, print) && !this.#late.has(print)) rows[kept++] = row;
    }
    picked.count = kept;
  }
}

/** The fingerprints of one second: a list, and an open table of their places in it, at most half full. */
class Second {
  prints = new Float64Array(256);
  count = 0;
  /** Places count on from second to second, so that those of seconds before stand for nothing. */
  #first = 1;
  #table = new Int32Array(512);

  begin(): void {
    this.#first += this.count;
    this.count = 0;
    if (this.#first < lastPlace) return;
    this.#table.fill(0);
    this.#first = 1;
  }

  /** Remembers it if it is. A fingerprint is where it lies: one that is handed over is an object. */
  isNew(numbers: Float64Array, from: number): boolean {
    const { prints } = this;
    const table = this.#table;
    const first = this.#first;
    const mask = table.length - 1;
    let at = numbers[from]! & mask;
    for (let place = table[at]!; place >= first; place = table[at]!) {
      if (prints[place - first] === numbers[from]) return false;
      at = (at + 1) & mask;
    }
    table[at] = first + this.count;
    prints[this.count++] = numbers[from]!;
    if (this.count === prints.length) this.#grow();
    return true;
  }

  #grow(): void {
    const before = this.prints;
    this.prints = new Float64Array(2 * before.length);
    this.prints.set(before);
    this.#table = new Int32Array(2 * this.#table.length);
    const mask = this.#table.length - 1;
    for (let index = 0; index < this.count; index++) {
      let at = before[index]! & mask;
      while (this.#table[at] !== 0) at = (at + 1) & mask;
      this.#table[at] = this.#first + index;
    }
  }
}

/** Fingerprints second by second, the oldest of which give way. */
class Past {
  readonly #prints = new Ring();
  /** In order: a time, and the number of its first fingerprint among all that ever came. */
  readonly #times: number[] = [];
  readonly #firsts: number[] = [];
  #gone = 0;

  add(time: number, { prints, count }: Second): void {
    if (count === 0) return;
    this.#times.push(time);
    this.#firsts.push(this.#prints.count);
    this.#prints.add(prints, count);
    const oldest = this.#prints.oldest;
    while (this.#firsts[this.#gone]! < oldest) this.#gone++;
    if (this.#gone < 1_024) return;
    this.#times.splice(0, this.#gone);
    this.#firsts.splice(0, this.#gone);
    this.#gone = 0;
  }

  has(time: number, print: number): boolean {
    let [low, high] = [this.#gone, this.#times.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#times[middle]! < time) low = middle + 1;
      else high = middle;
    }
    if (this.#times[low] !== time) return false;
    return this.#prints.has(this.#firsts[low]!, this.#firsts[low + 1] ?? this.#prints.count, print);
  }
}

/** The last ones of many numbers, in the order in which they came. */
class Ring {
  #values = new Float64Array(1_024);
  count = 0;

  /** The number of the first that is there. */
  get oldest(): number {
    return Math.max(this.count - this.#values.length, 0);
  }

  add(values: Float64Array, count: number): void {
    while (this.#values.length < limits.recentFlows && this.count + count > this.#values.length) this.#grow();
    for (let index = 0; index < count; index++) this.#values[this.count++ & (this.#values.length - 1)] = values[index]!;
  }

  has(first: number, end: number, value: number): boolean {
    for (let index = Math.max(first, this.oldest); index < end; index++) {
      if (this.#values[index & (this.#values.length - 1)] === value) return true;
    }
    return false;
  }

  #grow(): void {
    const before = this.#values;
    this.#values = new Float64Array(2 * before.length);
    this.#values.set(before);
  }
}

const lastPlace = 2 ** 30;
