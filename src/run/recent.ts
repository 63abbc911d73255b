/**
 * Which activities came lately: two generations of fingerprints, so that memory is bounded, and a second delivery,
 * which comes within minutes to hours, is noticed.
 */
export class Recent {
  #young = new Float64Array(slots);
  #old = new Float64Array(slots);
  #count = 0;
  /** False while there is nothing old to look for. */
  #turned = false;

  /** Whether it came before; remembers it. 0 is no fingerprint. */
  has(fingerprint: number): boolean {
    if (fingerprint === 0) return false;
    const at = placeOf(this.#young, fingerprint);
    if (this.#young[at] === fingerprint || (this.#turned && this.#isOld(fingerprint))) return true;
    this.#young[at] = fingerprint;
    this.#count++;
    if (this.#count === generation) {
      [this.#young, this.#old] = [this.#old.fill(0), this.#young];
      this.#count = 0;
      this.#turned = true;
    }
    return false;
  }

  #isOld(fingerprint: number): boolean {
    return this.#old[placeOf(this.#old, fingerprint)] === fingerprint;
  }
}

const generation = 1 << 18;
const slots = generation * 2;

/** Where it is, or would be. A table is never more than half full. */
function placeOf(table: Float64Array, fingerprint: number): number {
  let at = fingerprint - Math.floor(fingerprint / slots) * slots;
  while (table[at] !== 0 && table[at] !== fingerprint) at = (at + 1) & (slots - 1);
  return at;
}
