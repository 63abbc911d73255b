import { hashOf, isSame } from '../bytes.ts';

/**
 * The distinct values of one piece by number, from 1 on: a piece has a thousand records and a few dozen regions, calls and
 * agents. What is found out of a value is then found out once a piece.
 */
export class Dictionary {
  /** Start and end of each value in the piece. */
  #spans = new Int32Array(2 * 1_024);
  count = 0;
  /** For each place: hash and number. */
  #table = new Int32Array(2 * 2_048);
  #view: DataView = new DataView(new ArrayBuffer(0));

  begin(bytes: Uint8Array): void {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#table.fill(0);
    this.count = 0;
  }

  /** The number of the value that these bytes are. */
  of(start: number, end: number): number {
    const view = this.#view;
    const table = this.#table;
    const mask = table.length - 1;
    const hash = hashOf(view, start, end);
    for (let at = (hash << 1) & mask; ; at = (at + 2) & mask) {
      const number = table[at + 1]!;
      if (number === 0) return this.#new(at, hash, start, end);
      if (table[at] === hash && this.#isSame(number, start, end)) return number;
    }
  }

  /** The same, where it is probably the value of that number, or 0 if nothing is known of it. */
  guess(number: number, start: number, end: number): number {
    return number > 0 && this.#isSame(number, start, end) ? number : this.of(start, end);
  }

  /** The number of a value that is known to be new. */
  add(start: number, end: number): number {
    if (this.#spans.length < 2 * this.count + 2) {
      const larger = new Int32Array(this.#spans.length * 2);
      larger.set(this.#spans);
      this.#spans = larger;
    }
    this.#spans[2 * this.count] = start;
    this.#spans[2 * this.count + 1] = end;
    return ++this.count;
  }

  take(): Int32Array {
    return this.#spans.slice(0, 2 * this.count);
  }

  #new(at: number, hash: number, start: number, end: number): number {
    const number = this.add(start, end);
    this.#table[at] = hash;
    this.#table[at + 1] = number;
    if (number * 4 > this.#table.length) this.#grow();
    return number;
  }

  #grow(): void {
    const before = this.#table;
    const table = new Int32Array(before.length * 2);
    const mask = table.length - 1;
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === 0) continue;
      let at = (before[from]! << 1) & mask;
      while (table[at + 1] !== 0) at = (at + 2) & mask;
      table[at] = before[from]!;
      table[at + 1] = before[from + 1]!;
    }
    this.#table = table;
  }

  #isSame(number: number, start: number, end: number): boolean {
    const first = this.#spans[2 * number - 2]!;
    const length = end - start;
    return this.#spans[2 * number - 1]! - first === length && isSame(this.#view, first, this.#view, start, length);
  }
}
