import { limits } from './limits.ts';

/**
 * Which activities came lately: two generations of fingerprints, so that memory is bounded, and a second delivery,
 * which comes within minutes to hours, is noticed.
 */
export class Recent {
  #young = new Generation();
  #old = new Generation();
  readonly #one = new Float64Array(1);

  /** Whether it came before; remembers it. 0 is no fingerprint. */
  has(fingerprint: number): boolean {
    this.#one[0] = fingerprint;
    return fingerprint !== 0 && this.#has(tagOf(fingerprint), this.#one, 0);
  }

  /** The same of one among many: a number that is handed over is an object. */
  hasOf(fingerprints: Float64Array, index: number): boolean {
    const fingerprint = fingerprints[index]!;
    return fingerprint !== 0 && this.#has(tagOf(fingerprint), fingerprints, index);
  }

  #has(tag: number, numbers: Float64Array, from: number): boolean {
    const young = this.#young;
    const at = young.placeOf(tag, numbers, from);
    if (young.tags[at] !== 0) return true;
    const old = this.#old;
    if (old.tags[old.placeOf(tag, numbers, from)] !== 0) return true;
    young.put(at, tag, numbers, from);
    if (young.count === limits.recentActivities) [this.#young, this.#old] = [old.emptied(), young];
    return false;
  }
}

const least = 1 << 10;

/**
 * An open table, never more than half full. What a look-up waits for is memory, so it looks at the lower half of a
 * fingerprint first, which lies closer together. A fingerprint is where it lies: one that is handed over is an object.
 */
class Generation {
  /** 0: nothing. */
  tags = new Int32Array(least);
  #prints = new Float64Array(least);
  count = 0;

  /** Where it is, or would be. */
  placeOf(tag: number, numbers: Float64Array, from: number): number {
    const { tags } = this;
    const mask = tags.length - 1;
    let at = tag & mask;
    while (tags[at] !== 0 && (tags[at] !== tag || this.#prints[at] !== numbers[from])) at = (at + 1) & mask;
    return at;
  }

  put(at: number, tag: number, numbers: Float64Array, from: number): void {
    this.tags[at] = tag;
    this.#prints[at] = numbers[from]!;
    this.count++;
    if (2 * this.count > this.tags.length) this.#grow();
  }

  emptied(): this {
    this.tags.fill(0);
    this.count = 0;
    return this;
  }

  #grow(): void {
    const { tags } = this;
    const prints = this.#prints;
    this.tags = new Int32Array(tags.length * 4);
    this.#prints = new Float64Array(tags.length * 4);
    for (let from = 0; from < tags.length; from++) {
      if (tags[from] === 0) continue;
      const at = this.placeOf(tags[from]!, prints, from);
      this.tags[at] = tags[from]!;
      this.#prints[at] = prints[from]!;
    }
  }
}

function tagOf(fingerprint: number): number {
  return fingerprint | 0 || 1;
}
