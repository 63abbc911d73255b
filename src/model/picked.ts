/** Rows of a piece that are still of interest, in their order; each stage leaves some. Used again and again. */
export class Picked {
  rows = new Int32Array(256);
  /** What a stage has found of each. */
  marks = new Int32Array(256);
  count = 0;

  /** All from `first` to before `end`. */
  all(first: number, end: number): this {
    const count = end - first;
    if (count > this.rows.length) {
      this.rows = new Int32Array(2 * count);
      this.marks = new Int32Array(2 * count);
    }
    for (let index = 0; index < count; index++) this.rows[index] = first + index;
    this.count = count;
    return this;
  }
}
