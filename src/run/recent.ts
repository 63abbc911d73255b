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
    if (this.#old.mayHave(fingerprint) && this.#old.prints[this.#old.placeOf(fingerprint)] === fingerprint) return true;
    young.put(at, fingerprint);
    if (young.count === generation) [this.#young, this.#old] = [this.#old.emptied(), young];
    return false;
  }
}

const generation = 1 << 18;
const slots = generation * 2;
const bits = generation * 8;

class Generation {
  /** An open table, never more than half full. */
  readonly prints = new Float64Array(slots);
  /** A bit for each eighth of a fingerprint: the processor's cache holds them, and most answers are no. */
  readonly #bits = new Int32Array(bits / 32);
  count = 0;

  mayHave(fingerprint: number): boolean {
    const bit = bitOf(fingerprint);
    return this.count > 0 && (this.#bits[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  /** Where it is, or would be. */
  placeOf(fingerprint: number): number {
    const { prints } = this;
    let at = fingerprint & (slots - 1);
    while (prints[at] !== 0 && prints[at] !== fingerprint) at = (at + 1) & (slots - 1);
    return at;
  }

  put(at: number, fingerprint: number): void {
    const bit = bitOf(fingerprint);
    this.prints[at] = fingerprint;
    this.#bits[bit >>> 5]! |= 1 << (bit & 31);
    this.count++;
  }

  emptied(): this {
    this.prints.fill(0);
    this.#bits.fill(0);
    this.count = 0;
    return this;
  }
}

function bitOf(fingerprint: number): number {
  return (fingerprint / 0x100000) & (bits - 1);
}
