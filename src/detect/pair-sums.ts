import { type FlowRows, flowAt, flowStride } from '../model/flow-rows.ts';
import { limits } from './limits.ts';

/**
 * Packets of pairs of an interface and an address that it sends to, added up within a window that begins with the first
 * of them. Two generations, so that memory is bounded: pairs that did not come since the one before was full are
 * forgotten. Rows are handed over, not their numbers: a fraction that a function gets is an object.
 */
export class PairSums {
  readonly #windowMs: number;
  #young = new Generation();
  #old = new Generation();
  /** Pairs forgotten although their window was not over. */
  evicted = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Adds the packets of a row and tells whether the sum is less than this. */
  staysBelow(limit: number, flows: FlowRows, row: number): boolean {
    if (this.#young.used === limits.pairs) this.#turn(flows.times[row]!);
    const young = this.#young;
    const time = flows.times[row]!;
    const at = young.place(flows, row);
    const { table } = young;
    if (young.isFresh) this.#recall(at, flows, row);
    if (Math.abs(time - table[at + begins]!) > this.#windowMs) {
      table[at + begins] = time;
      table[at + sums] = 0;
    }
    const sum = table[at + sums]! + flows.numbers[row * flowStride + flowAt.packets]!;
    table[at + sums] = sum;
    return sum < limit;
  }

  /** Looks at the pair's place, so that the processor has it when it is asked for. */
  comeNear(flows: FlowRows, row: number): void {
    this.#young.comeNear(flows, row);
  }

  #recall(at: number, flows: FlowRows, row: number): void {
    const { table } = this.#young;
    const old = this.#old;
    const before = old.used === 0 ? -1 : old.find(flows, row);
    const isKnown = before >= 0 && old.table[before] !== 0;
    table[at + begins] = isKnown ? old.table[before + begins]! : flows.times[row]!;
    table[at + sums] = isKnown ? old.table[before + sums]! : 0;
    if (isKnown) old.table[before + begins] = Number.NEGATIVE_INFINITY;
  }

  #turn(time: number): void {
    const { table } = this.#old;
    for (let at = 0; at < table.length; at += stride) {
      if (table[at] !== 0 && time - table[at + begins]! <= this.#windowMs) this.evicted++;
    }
    const emptied = this.#old.emptied();
    this.#old = this.#young;
    this.#young = emptied;
  }
}

const leastPlaces = 1 << 9;

/** What a place holds, one beside the other: memory is what a look-up waits for. The owner first; 0: nothing. */
const [addresses, begins, sums, stride] = [1, 2, 3, 4];

/** An open table, at most half full, that grows to four times. */
class Generation {
  table = new Float64Array(leastPlaces * stride);
  used = 0;
  /** Whether the last place given was empty before. */
  isFresh = false;
  /** What was seen on the way, so that the way is gone. */
  near = 0;

  comeNear({ numbers }: FlowRows, row: number): void {
    this.near = this.table[this.#first(numbers, row * flowStride)]!;
  }

  /** Where the pair is, or would be. */
  find({ numbers }: FlowRows, row: number): number {
    return this.#find(numbers, row * flowStride);
  }

  /** The pair's place, made where there is none. */
  place(flows: FlowRows, row: number): number {
    const { numbers } = flows;
    const from = row * flowStride;
    const at = this.#find(numbers, from);
    this.isFresh = this.table[at] === 0;
    if (!this.isFresh) return at;
    if (this.used * 2 * stride >= this.table.length) {
      this.#grow();
      return this.place(flows, row);
    }
    this.table[at] = numbers[from + flowAt.owner]!;
    this.table[at + addresses] = numbers[from + flowAt.dstaddr]!;
    this.used++;
    return at;
  }

  emptied(): this {
    this.table.fill(0);
    this.used = 0;
    return this;
  }

  #find(numbers: Float64Array, from: number): number {
    const { table } = this;
    const owner = numbers[from + flowAt.owner]!;
    const address = numbers[from + flowAt.dstaddr]!;
    let at = this.#first(numbers, from);
    while (table[at] !== 0 && (table[at] !== owner || table[at + addresses] !== address))
      at = (at + stride) & (table.length - 1);
    return at;
  }

  #first(numbers: Float64Array, from: number): number {
    return firstPlace(numbers[from + flowAt.owner]! | 0, numbers[from + flowAt.dstaddr]! | 0, this.table.length);
  }

  #grow(): void {
    const before = this.table;
    this.table = new Float64Array(before.length * 4);
    for (let from = 0; from < before.length; from += stride) {
      if (before[from] === 0) continue;
      let at = firstPlace(before[from]! | 0, before[from + addresses]! | 0, this.table.length);
      while (this.table[at] !== 0) at = (at + stride) & (this.table.length - 1);
      for (let place = 0; place < stride; place++) this.table[at + place] = before[from + place]!;
    }
  }
}

function firstPlace(owner: number, address: number, length: number): number {
  const hash = Math.imul(owner ^ Math.imul(address, 0x9e3779b1), 0x85ebca6b);
  return ((hash ^ (hash >>> 15)) & (length / stride - 1)) * stride;
}
