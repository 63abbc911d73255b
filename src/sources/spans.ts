import type { Spare } from './spare.ts';

/** Where the known values of each record are: (slot, start, end) triples of the records that have them, one array for all. */
export class Spans {
  entries = new Int32Array(3 * 4_096);
  /** Where the present record's entries end. */
  used = 0;
  /** Where the present record's entries begin. */
  start = 0;

  /** A new record; what an abandoned one left is overwritten. */
  begin(): void {
    this.used = this.start;
  }

  add(slot: number, start: number, end: number): void {
    if (this.used + 3 > this.entries.length) {
      const larger = new Int32Array(this.entries.length * 2);
      larger.set(this.entries);
      this.entries = larger;
    }
    this.entries[this.used++] = slot;
    this.entries[this.used++] = start;
    this.entries[this.used++] = end;
  }

  /** Keeps the present record and gives the end of its entries. */
  keep(): number {
    this.start = this.used;
    return this.used;
  }

  /** Hands the entries over and begins anew. */
  take(spare: Spare<Int32Array>): Int32Array {
    const taken = spare.copy(this.entries, this.start);
    this.start = 0;
    this.used = 0;
    return taken;
  }
}
