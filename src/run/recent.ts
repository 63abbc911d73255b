/**
 * Which activities came lately: two generations of fingerprints, so that memory is bounded, and a second delivery,
 * which comes within minutes to hours, is noticed.
 */
export class Recent {
  #young = new Generation();
  #old = new Generation();

  /** Whether it came before; remembers it. 0 is no fingerprint. */
  has(fingerprint: number): boolean {
    if (fingerprint === 0) return false;
    const young = this.#young;
    const at = young.placeOf(fingerprint);
    if (young.prints[at] === fingerprint) return true;
    const old = this.#old;
    if (old.mayHave(fingerprint) && old.prints[old.placeOf(fingerprint)] === fingerprint) return true;
    young.put(at, fingerprint);
    if (young.count === generation) [this.#young, this.#old] = [old.emptied(), young.closed()];
    return false;
  }
}

const generation = 1 << 18;
const [least, bits] = [1 << 10, generation * 8];

class Generation {
  /** An open table, never more than half full. It grows: what lies together is found sooner. */
  prints = new Float64Array(least);
  /** Once nothing is added, a bit for each eighth of a fingerprint: the processor's cache holds them, and most answers are no. */
  #bits: Int32Array | undefined = undefined;
  count = 0;

  mayHave(fingerprint: number): boolean {
    if (this.#bits === undefined) return false;
    const bit = bitOf(fingerprint);
    return (this.#bits[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  /** Where it is, or would be. */
  placeOf(fingerprint: number): number {
    const { prints } = this;
    const mask = prints.length - 1;
    let at = fingerprint & mask;
    while (prints[at] !== 0 && prints[at] !== fingerprint) at = (at + 1) & mask;
    return at;
  }

  put(at: number, fingerprint: number): void {
    this.prints[at] = fingerprint;
    this.count++;
    if (2 * this.count > this.prints.length) this.#grow();
  }

  closed(): this {
    const set = new Int32Array(bits / 32);
    for (const print of this.prints) {
      const bit = bitOf(print);
      if (print !== 0) set[bit >>> 5]! |= 1 << (bit & 31);
    }
    this.#bits = set;
    return this;
  }

  emptied(): this {
    this.prints.fill(0);
    this.#bits = undefined;
    this.count = 0;
    return this;
  }

  #grow(): void {
    const before = this.prints;
    this.prints = new Float64Array(before.length * 2);
    for (const print of before) if (print !== 0) this.prints[this.placeOf(print)] = print;
  }
}

function bitOf(fingerprint: number): number {
  return (fingerprint / 0x100000) & (bits - 1);
}
