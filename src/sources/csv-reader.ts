import type { Place } from '../model/problem.ts';
import type { Batch, Reader } from './batch.ts';
import { limits } from './limits.ts';
import { ListedBatch, type Taken } from './listed-batch.ts';

/** Reads a table as CSV, one row after the other: values in quotes may hold commas, quotes and line breaks. */
export class CsvReader implements Reader {
  readonly #open: (names: readonly string[], place: Place) => CsvRows;
  readonly #file: number;
  #rows: CsvRows | undefined = undefined;
  #carried: Buffer = Buffer.alloc(0);
  #base = 0;
  #isBroken = false;

  /** `open` is asked with the names of the columns. */
  constructor(file: number, open: (names: readonly string[], place: Place) => CsvRows) {
    this.#file = file;
    this.#open = open;
  }

  read(piece: Uint8Array, last: boolean): Batch {
    const batch = new ListedBatch();
    const bytes = Buffer.concat([this.#carried, piece]);
    let start = 0;
    for (let end = rowEnd(bytes, 0); end >= 0 && !this.#isBroken; end = rowEnd(bytes, start)) {
      this.#row(batch, bytes, start, end);
      start = end + 1;
    }
    const rest = bytes.length - start;
    if (last && rest > 0 && !this.#isBroken) this.#row(batch, bytes, start, bytes.length);
    else if (rest > limits.recordBytes && !this.#isBroken) this.#break(batch, this.#base + start);
    if (last) for (const taken of this.#rows?.end?.() ?? []) batch.take(taken);
    this.#carried = this.#isBroken ? Buffer.alloc(0) : Buffer.from(bytes.subarray(start));
    this.#base += start;
    return batch;
  }

  #row(batch: ListedBatch, bytes: Buffer, start: number, end: number): void {
    const text = bytes.toString('utf8', start, end).replace(/^\ufeff|\r$/g, '');
    if (text.trim() === '') return;
    const place = { file: this.#file, offset: this.#base + start };
    const values = csvValues(text);
    if (this.#rows !== undefined) for (const taken of this.#rows.take(values, place)) batch.take(taken);
    else {
      this.#rows = this.#open(values, place);
      for (const problem of this.#rows.problems) batch.take(problem);
      this.#isBroken = this.#rows.isNothing === true;
    }
  }

  #break(batch: ListedBatch, offset: number): void {
    this.#isBroken = true;
    const reason = `a row of more than ${limits.recordBytes} bytes begins here; the rest of the file is not read`;
    batch.take({ place: { file: this.#file, offset }, code: 'line-too-long', reason });
  }
}

/** What the columns make of rows. */
export interface CsvRows {
  readonly problems: readonly Taken[];
  /** No row would say anything. */
  readonly isNothing?: boolean;
  take(values: readonly string[], place: Place): Iterable<Taken>;
  end?(): Iterable<Taken>;
}

/** The values of one row. */
export function csvValues(row: string): readonly string[] {
  const values: string[] = [];
  for (let at = 0; ; ) {
    const quoted = row[at] === '"' ? quotedAt(row, at + 1) : undefined;
    const comma = row.indexOf(',', quoted?.end ?? at);
    values.push(quoted?.value ?? row.slice(at, comma < 0 ? undefined : comma));
    if (comma < 0) return values;
    at = comma + 1;
  }
}

/** A value behind its quote, in which two quotes are one; and where it ends. */
function quotedAt(row: string, start: number): { readonly value: string; readonly end: number } {
  let value = '';
  for (let from = start; ; ) {
    const quote = row.indexOf('"', from);
    if (quote < 0) return { value: value + row.slice(from), end: row.length };
    value += row.slice(from, quote);
    if (row[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}

/** The line break that ends a row and is not within quotes, negative if there is none. */
export function rowEnd(bytes: Uint8Array, start: number): number {
  let isQuoted = false;
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === 0x22) isQuoted = !isQuoted;
    else if (bytes[at] === 0x0a && !isQuoted) return at;
  }
  return -1;
}
