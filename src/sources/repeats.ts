import { hashOf, isSame } from './bytes.ts';
import { limits } from './limits.ts';

/**
 * Values that come again byte for byte, such as the identity of a session in each of its calls: what begins with a known
 * one need not be scanned again. A value is looked up by its first bytes, for its end is not known yet.
 */
export class Repeats {
  /** For each place: hash of the first bytes, where the value begins, its length, and its number plus one. */
  readonly #table = new Int32Array(limits.repeats * 8);
  readonly #mask = limits.repeats * 2 - 1;
  #bytes = new Uint8Array(64 * 1024);
  #view: DataView = new DataView(this.#bytes.buffer);
  #used = 0;
  #count = 0;
  #source: DataView = new DataView(new ArrayBuffer(0));
  /** The number of what was found or added last. Numbers begin anew when the values do. */
  number = 0;
  /** How often the values began anew. */
  generation = 0;

  over(bytes: Uint8Array): void {
    this.#source = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The length of the known value that is here, 0 if there is none. `prefix`: where its first bytes end. */
  find(start: number, prefix: number): number {
    const table = this.#table;
    const hash = hashOf(this.#source, start, prefix);
    for (let at = hash & this.#mask; ; at = (at + 1) & this.#mask) {
      const number = table[at * 4 + 3]!;
      if (number === 0) return 0;
      const length = table[at * 4 + 2]!;
      if (table[at * 4] !== hash || start + length > this.#source.byteLength) continue;
      if (!isSame(this.#view, table[at * 4 + 1]!, this.#source, start, length)) continue;
      this.number = number - 1;
      return length;
    }
  }

  /** Remembers a value that was not found; false if it is too long to be kept. `prefix` lies within it. */
  add(bytes: Uint8Array, start: number, end: number, prefix: number): boolean {
    const length = end - start;
    if (length > limits.repeatedBytes) return false;
    if (this.#count === limits.repeats) this.#beginAnew();
    if (this.#bytes.length < this.#used + length) this.#grow();
    const table = this.#table;
    const hash = hashOf(this.#source, start, prefix);
    let at = hash & this.#mask;
    while (table[at * 4 + 3] !== 0) at = (at + 1) & this.#mask;
    this.#bytes.set(bytes.subarray(start, end), this.#used);
    table[at * 4] = hash;
    table[at * 4 + 1] = this.#used;
    table[at * 4 + 2] = length;
    table[at * 4 + 3] = ++this.#count;
    this.number = this.#count - 1;
    this.#used += length;
    return true;
  }

  #beginAnew(): void {
    this.#table.fill(0);
    this.#used = 0;
    this.#count = 0;
    this.generation++;
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
