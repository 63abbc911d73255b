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
    if (young.isFresh) this.#recall(at, owner, address, time);
    if (Math.abs(time - young.begins[at]!) > this.#windowMs) {
      young.begins[at] = time;
      young.sums[at] = 0;
    }
    young.sums[at] = young.sums[at]! + amount;
    return young.sums[at]!;
  }

  #recall(at: number, owner: number, address: number, time: number): void {
    const [young, old] = [this.#young, this.#old];
    const before = old.used === 0 ? -1 : old.find(owner, address);
    const isKnown = before >= 0 && old.owners[before] !== 0;
    young.begins[at] = isKnown ? old.begins[before]! : time;
    young.sums[at] = isKnown ? old.sums[before]! : 0;
    if (isKnown) old.begins[before] = Number.NEGATIVE_INFINITY;
  }

  #turn(time: number): void {
    const old = this.#old;
    for (let at = 0; at < old.owners.length; at++) {
      if (old.owners[at] !== 0 && time - old.begins[at]! <= this.#windowMs) this.evicted++;
    }
    this.#old = this.#young;
    this.#young = old.emptied();
  }
}

const capacity = 1 << 16;
const leastSlots = 1 << 8;

/** An open table, at most half full. */
class Generation {
  owners = new Float64Array(leastSlots);
  begins = new Float64Array(leastSlots);
  sums = new Float64Array(leastSlots);
  #addresses = new Uint32Array(leastSlots);
  used = 0;
  /** Whether the last place given was empty before. */
  isFresh = false;

  /** Where the pair is, or would be. */
  find(owner: number, address: number): number {
    const mask = this.owners.length - 1;
    let at = hashOf(owner, address) & mask;
    while (this.owners[at] !== 0 && (this.owners[at] !== owner || this.#addresses[at] !== address))
      at = (at + 1) & mask;
    return at;
  }

  /** The pair's place, made where there is none. */
  place(owner: number, address: number): number {
    const at = this.find(owner, address);
    this.isFresh = this.owners[at] === 0;
    if (!this.isFresh) return at;
    if (this.used * 2 >= this.owners.length) {
      this.#grow();
      return this.place(owner, address);
    }
    this.owners[at] = owner;
    this.#addresses[at] = address;
    this.used++;
    return at;
  }

  emptied(): this {
    this.owners.fill(0);
    this.used = 0;
    return this;
  }

  #grow(): void {
    const { owners, begins, sums } = this;
    const addresses = this.#addresses;
    this.owners = new Float64Array(owners.length * 2);
    this.begins = new Float64Array(owners.length * 2);
    this.sums = new Float64Array(owners.length * 2);
    this.#addresses = new Uint32Array(owners.length * 2);
    for (let from = 0; from < owners.length; from++) {
      if (owners[from] === 0) continue;
      const at = this.find(owners[from]!, addresses[from]!);
      this.owners[at] = owners[from]!;
      this.#addresses[at] = addresses[from]!;
      this.begins[at] = begins[from]!;
      this.sums[at] = sums[from]!;
    }
  }
}

function hashOf(owner: number, address: number): number {
  const hash = Math.imul(owner ^ Math.imul(address, 0x9e3779b1), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
