/**
 * Which activities came lately: two generations of fingerprints, so that memory is bounded, and a second delivery,
 * which comes within minutes to hours, is noticed.
 */
export class Recent {
  #young = new Set<number>();
  #old = new Set<number>();

  /** Whether it came before; remembers it. 0 is no fingerprint. */
  has(fingerprint: number): boolean {
    if (fingerprint === 0) return false;
    if (this.#young.has(fingerprint) || this.#old.has(fingerprint)) return true;
    this.#young.add(fingerprint);
    if (this.#young.size === generation) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    return false;
  }
}

const generation = 1 << 18;
