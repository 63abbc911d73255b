import type { Batch, Reader } from '../batch.ts';
import { limits } from '../limits.ts';
import { FlowBatch, type FlowTools, type Layout, layoutOf, lineBreak } from './flow-batch.ts';
import { defaultFields, headerOf, isDefaultLine } from './format.ts';

/**
 * Flow logs as text: fields by the header's order, or the default format without one. Anything else of a first line is
 * one said problem and nothing is read, so that no column is ever taken for another.
 */
export class FlowReader implements Reader {
  readonly #tools: FlowTools;
  readonly #file: number;
  #layout: Layout | undefined = undefined;
  #broken = false;
  #carried: Buffer = Buffer.alloc(0);
  #base = 0;

  constructor(tools: FlowTools, file: number) {
    this.#tools = tools;
    this.#file = file;
  }

  read(piece: Uint8Array, last: boolean): Batch {
    const bytes = this.#joined(piece, last);
    const end = bytes.lastIndexOf(lineBreak) + 1;
    const [file, base] = [this.#file, this.#base];
    let batch = new FlowBatch(this.#tools, bytes, (line) => ({ file, offset: base + line }));
    let at = 0;
    if (this.#layout === undefined && !this.#broken) at = this.#begin(batch, bytes);
    if (this.#layout !== undefined && !this.#broken) batch = this.#lines(batch, this.#layout, at, end);
    const rest = bytes.length - end;
    if (rest > limits.recordBytes && !this.#broken) {
      this.#broken = true;
      batch.problem(end, 'line-too-long', `a line of more than ${limits.recordBytes} bytes; the file is not read on`);
    }
    this.#carried = this.#broken ? Buffer.alloc(0) : Buffer.from(bytes.subarray(end));
    this.#base += this.#broken ? bytes.length : end;
    return batch;
  }

  /** Whole lines in memory that is used again: what unpacked them can then let go of its own. The end of a file ends its last line. */
  #joined(piece: Uint8Array, last: boolean): Buffer {
    const before = this.#carried.length;
    const isCut = last && piece.at(-1) !== lineBreak;
    const length = before + piece.length + (isCut ? 1 : 0);
    const room = this.#tools.spareBytes.ofLength(length);
    room.set(this.#carried);
    room.set(piece, before);
    if (isCut) room[length - 1] = lineBreak;
    return Buffer.from(room.buffer, 0, length);
  }

  /** Lines up to a header of other fields, if there is one: what follows it would be taken for what it is not. */
  #lines(batch: FlowBatch, layout: Layout, start: number, end: number): FlowBatch {
    const said = [...batch.problems];
    batch.lines(layout, start, end);
    const { otherHeader } = batch;
    if (otherHeader === undefined) return batch;
    this.#broken = true;
    const before = batch.upTo(layout, start, otherHeader);
    before.problems.unshift(...said);
    const reason = 'a header of other fields begins here; expected one format a file: the rest of the file is not read';
    before.problem(otherHeader, 'flow-header', reason);
    return before;
  }

  /** Reads the first line: a header, or a line of the default format. The position where lines begin. */
  #begin(batch: FlowBatch, bytes: Buffer): number {
    const from = bytes.findIndex((byte) => byte > 0x20);
    const after = from < 0 ? 0 : bytes.indexOf(lineBreak, from) + 1;
    if (after === 0) return 0;
    const first = bytes.toString('utf8', from, Math.min(after, from + 4_096)).replace(/^\ufeff/, '');
    const header = headerOf(first);
    if (header !== undefined && /\S(?:\t| {2,})\S/.test(first))
      return this.#refuse(batch, first, 'fields apart by one blank');
    if (header !== undefined && (header.fields.includes('start') || header.fields.includes('end'))) {
      this.#layout = layoutOf(header.fields);
      if (header.unknown.length > 0) {
        batch.problem(
          0,
          'flow-field-unknown',
          `fields that no version has, kept by name: ${header.unknown.join(', ')}`,
        );
      }
      return after;
    }
    if (isDefaultLine(first)) {
      this.#layout = layoutOf(defaultFields);
      return from;
    }
    const expected = `a header of field names with start or end, or ${defaultFields.length} fields in the default order`;
    return this.#refuse(batch, first, expected);
  }

  #refuse(batch: FlowBatch, first: string, expected: string): number {
    this.#broken = true;
    batch.problem(0, 'file-unknown', `the first line is ${JSON.stringify(first.slice(0, 80))}; expected ${expected}`);
    return 0;
  }
}
