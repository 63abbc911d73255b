export interface Tally {
  tried: number;
  refused: number;
}

/** Calls by what they are for: a handful of purposes, in a list. */
export class Tallies {
  #families: readonly string[] = [];
  /** Tried and refused, by turns. */
  #counts: number[] = [];

  add(family: string, isRefused: boolean): void {
    let at = this.#families.indexOf(family);
    if (at < 0) {
      at = this.#families.length;
      this.#families = this.#families.concat(family);
      this.#counts = this.#counts.concat(0, 0);
    }
    this.#counts[2 * at]!++;
    if (isRefused) this.#counts[2 * at + 1]!++;
  }

  /** In the order of the names. */
  entries(): readonly (readonly [family: string, tally: Tally])[] {
    return this.#families
      .map((family, at) => [family, { tried: this.#counts[2 * at]!, refused: this.#counts[2 * at + 1]! }] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
