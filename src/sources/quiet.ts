/** Until when records of a situation concern nobody, by its number: so that most records are passed over unseen. */
export class Quiet {
  /** Grows with the situations. */
  until = new Float64Array(1_024).fill(never);
  /** True once no later record has one of these numbers. */
  isOver = false;
  #by: object | undefined = undefined;

  reach(number: number): void {
    if (number < this.until.length) return;
    const before = this.until;
    this.until = new Float64Array(Math.max(number + 1, 2 * before.length)).fill(never, before.length);
    this.until.set(before);
  }

  /** What somebody knew counts for nobody else. */
  of(by: object): Float64Array {
    if (this.#by !== by) this.until.fill(never);
    this.#by = by;
    return this.until;
  }
}

const never = Number.NEGATIVE_INFINITY;
