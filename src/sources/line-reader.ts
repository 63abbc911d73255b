import type { Place } from '../model/problem.ts';
import type { Reader } from './batch.ts';
import { limits } from './limits.ts';
import { ListedBatch, type Taken } from './listed-batch.ts';

/** Reads a text of lines, one record each. */
export class LineReader implements Reader {
  readonly #take: (line: string, place: Place) => Iterable<Taken>;
  readonly #file: number;
  #carried: Buffer = Buffer.alloc(0);
  #base = 0;
  #skipping = false;

  constructor(file: number, take: (line: string, place: Place) => Iterable<Taken>) {
    this.#file = file;
    this.#take = take;
  }

  read(piece: Uint8Array, last: boolean): ListedBatch {
    const batch = new ListedBatch();
    const bytes = Buffer.concat([this.#carried, piece]);
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      if (!this.#skipping) this.#line(batch, bytes, start, end);
      this.#skipping = false;
      start = end + 1;
    }
    if (last && !this.#skipping) this.#line(batch, bytes, start, bytes.length);
    this.#carry(batch, bytes, start);
    return batch;
  }

  #line(batch: ListedBatch, bytes: Buffer, start: number, end: number): void {
    const line = bytes.toString('utf8', start, end).replace(/^\ufeff|\r$/g, '');
    if (line.trim() === '') return;
    for (const taken of this.#take(line, { file: this.#file, offset: this.#base + start })) batch.take(taken);
  }

  #carry(batch: ListedBatch, bytes: Buffer, start: number): void {
    const rest = bytes.length - start;
    if (this.#skipping || rest > limits.recordBytes) {
      const place = { file: this.#file, offset: this.#base + start };
      if (!this.#skipping) {
        batch.take({
          place,
          code: 'line-too-long',
          reason: `a line of more than ${limits.recordBytes} bytes; skipped`,
        });
      }
      this.#skipping = true;
      this.#carried = Buffer.alloc(0);
      this.#base += bytes.length;
      return;
    }
    this.#carried = Buffer.from(bytes.subarray(start));
    this.#base += start;
  }
}
