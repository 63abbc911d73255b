/**
 * Sums for pairs of an interface and an address, within a window that begins with the first of them. Two generations, so
 * that memory is bounded: pairs that did not come since the one before was full are forgotten.
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

  /** Adds and gives the sum. */
  add(owner: number, address: number, amount: number, time: number): number {
    if (this.#young.used === capacity) this.#turn(time);
    const young = this.#young;
    const at = young.place(owner, address);
    const { rows } = young;
    if (young.isFresh) this.#recall(at, owner, address, time);
    if (Math.abs(time - rows[at + begins]!) > this.#windowMs) {
      rows[at + begins] = time;
      rows[at + sums] = 0;
    }
    rows[at + sums]! += amount;
    return rows[at + sums]!;
  }

  #recall(at: number, owner: number, address: number, time: number): void {
    const { rows } = this.#young;
    const old = this.#old;
    const before = old.used === 0 ? -1 : old.find(owner, address);
    const isKnown = before >= 0 && old.rows[before] !== 0;
    rows[at + begins] = isKnown ? old.rows[before + begins]! : time;
    rows[at + sums] = isKnown ? old.rows[before + sums]! : 0;
    if (isKnown) old.rows[before + begins] = Number.NEGATIVE_INFINITY;
  }

  #turn(time: number): void {
    const { rows } = this.#old;
    for (let at = 0; at < rows.length; at += stride) {
      if (rows[at] !== 0 && time - rows[at + begins]! <= this.#windowMs) this.evicted++;
    }
    const emptied = this.#old.emptied();
    this.#old = this.#young;
    this.#young = emptied;
  }
}

const capacity = 1 << 16;
const leastPlaces = 1 << 8;

/** What a place holds, one beside the other: memory is what a look-up waits for. The owner first; 0: nothing. */
const [addresses, begins, sums, stride] = [1, 2, 3, 4];

/** An open table, at most half full. */
class Generation {
  rows = new Float64Array(leastPlaces * stride);
  used = 0;
  /** Whether the last place given was empty before. */
  isFresh = false;

  /** Where the pair is, or would be. */
  find(owner: number, address: number): number {
    const { rows } = this;
    const mask = rows.length / stride - 1;
    let at = (hashOf(owner, address) & mask) * stride;
    while (rows[at] !== 0 && (rows[at] !== owner || rows[at + addresses] !== address))
      at = (at + stride) & (rows.length - 1);
    return at;
  }

  /** The pair's place, made where there is none. */
  place(owner: number, address: number): number {
    const at = this.find(owner, address);
    this.isFresh = this.rows[at] === 0;
    if (!this.isFresh) return at;
    if (this.used * 2 * stride >= this.rows.length) {
      this.#grow();
      return this.place(owner, address);
    }
    this.rows[at] = owner;
    this.rows[at + addresses] = address;
    this.used++;
    return at;
  }

  emptied(): this {
    this.rows.fill(0);
    this.used = 0;
    return this;
  }

  #grow(): void {
    const before = this.rows;
    this.rows = new Float64Array(before.length * 2);
    for (let from = 0; from < before.length; from += stride) {
      if (before[from] === 0) continue;
      this.rows.set(before.subarray(from, from + stride), this.find(before[from]!, before[from + addresses]!));
    }
  }
}

function hashOf(owner: number, address: number): number {
  const hash = Math.imul(owner ^ Math.imul(address, 0x9e3779b1), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
