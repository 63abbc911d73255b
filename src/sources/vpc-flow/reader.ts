import type { Place, Problem } from '../../model/problem.ts';
import type { Addresses } from '../addresses.ts';
import type { Batch, Reader, Row } from '../batch.ts';
import type { Interner } from '../interner.ts';
import { limits } from '../limits.ts';
import { FlowLine, type Lines } from './flow-line.ts';
import { defaultFields, headerOf, isDefaultLine } from './format.ts';

/**
 * Flow logs as text: fields by the header's order, or the default format without one. Anything else of a first line is
 * one said problem and nothing is read, so that no column is ever taken for another.
 */
export class FlowReader implements Reader {
  readonly #view: FlowLine;
  readonly #file: number;
  #fields: readonly string[] | undefined = undefined;
  #broken = false;
  #carried: Buffer = Buffer.alloc(0);
  #base = 0;

  constructor(interner: Interner, addresses: Addresses, file: number) {
    this.#view = new FlowLine(interner, addresses);
    this.#file = file;
  }

  read(piece: Uint8Array, last: boolean): Batch {
    const bytes = Buffer.concat([this.#carried, piece, ...(last ? [lineBreak] : [])]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    const batch = new FlowBatch(this.#view, bytes, { file: this.#file, offset: this.#base });
    let at = 0;
    if (this.#fields === undefined && !this.#broken && end > 0) at = this.#begin(batch, bytes);
    if (this.#fields !== undefined && !this.#broken) batch.lines(this.#fields, at, end);
    const rest = bytes.length - end;
    if (rest > limits.recordBytes && !this.#broken) {
      this.#broken = true;
      batch.problem(end, 'line-too-long', `a line of more than ${limits.recordBytes} bytes; the file is not read on`);
    }
    this.#carried = this.#broken ? Buffer.alloc(0) : Buffer.from(bytes.subarray(end));
    this.#base += this.#broken ? bytes.length : end;
    return batch;
  }

  /** Reads the first line: a header, or a line of the default format. The position where lines begin. */
  #begin(batch: FlowBatch, bytes: Buffer): number {
    const after = bytes.indexOf(0x0a) + 1;
    const first = bytes.toString('utf8', 0, Math.min(after, 4_096)).replace(/^\ufeff/, '');
    const header = headerOf(first);
    if (header !== undefined && (header.fields.includes('start') || header.fields.includes('end'))) {
      this.#fields = header.fields;
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
      this.#fields = defaultFields;
      return 0;
    }
    this.#broken = true;
    const shown = JSON.stringify(first.slice(0, 80));
    const expected = `expected a header of field names with start or end, or ${defaultFields.length} fields in the default order`;
    batch.problem(0, 'file-unknown', `the first line is ${shown}; ${expected}`);
    return 0;
  }
}

const lineBreak = Buffer.from('\n');

class FlowBatch implements Batch {
  readonly problems: Problem[] = [];
  readonly passed: Record<string, number> = {};
  readonly #view: FlowLine;
  readonly #bytes: Buffer;
  readonly #place: Place;
  #lines: Lines;
  #used = 0;
  readonly #times: number[] = [];

  constructor(view: FlowLine, bytes: Buffer, place: Place) {
    this.#view = view;
    this.#bytes = bytes;
    this.#place = place;
    this.#lines = { bytes, columns: new Map(), width: 0, ends: new Int32Array(0), times: this.#times };
  }

  get size(): number {
    return this.#times.length;
  }

  timeAt(index: number): number {
    return this.#times[index]!;
  }

  at(index: number): Row {
    const start = this.#lines.ends[index * (this.#lines.width + 1)]!;
    this.#view.move(this.#lines, index, { file: this.#place.file, offset: this.#place.offset + start });
    return this.#view;
  }

  problem(offset: number, code: string, reason: string): void {
    this.problems.push({ place: { file: this.#place.file, offset: this.#place.offset + offset }, code, reason });
  }

  lines(fields: readonly string[], start: number, end: number): void {
    const width = fields.length;
    // The shortest possible line has one byte a field and one after it.
    const ends = new Int32Array(Math.ceil((end - start) / (2 * width)) * (width + 1) + width + 2);
    const columns = new Map(fields.map((name, index) => [name, index]));
    this.#lines = { bytes: this.#bytes, columns, width, ends, times: this.#times };
    const places = {
      start: columns.get('start') ?? columns.get('end')!,
      status: columns.get('log-status') ?? -1,
      action: columns.get('action') ?? -1,
    };
    for (let at = start; at < end; ) {
      const next = this.#line(at, width, places);
      at = next;
    }
  }

  /** One line: the ends of its fields. The position after its line break. */
  #line(
    start: number,
    width: number,
    places: { readonly start: number; readonly status: number; readonly action: number },
  ): number {
    const bytes = this.#bytes;
    const { ends } = this.#lines;
    const first = this.#used;
    let count = 0;
    let i = start;
    ends[first] = start;
    for (; ; i++) {
      const byte = bytes[i]!;
      if (byte !== 0x20 && byte !== 0x0a) continue;
      if (count < width) ends[first + ++count] = byte === 0x0a && bytes[i - 1] === 0x0d ? i - 1 : i;
      else count++;
      if (byte === 0x0a) break;
    }
    if (i === start || (i === start + 1 && bytes[start] === 0x0d)) return i + 1;
    if (count !== width) {
      this.problem(start, 'flow-fields', `${count} fields; expected ${width}, as the header or the default format has`);
      return i + 1;
    }
    const status = places.status < 0 ? 0 : bytes[ends[first + places.status]! + (places.status === 0 ? 0 : 1)];
    if (status === 0x4e) this.#pass('NODATA');
    else if (status === 0x53) this.#pass('SKIPDATA');
    else this.#keep(start, first, width, places.start);
    return i + 1;
  }

  #keep(start: number, first: number, width: number, column: number): void {
    const { ends } = this.#lines;
    const from = ends[first + column]! + (column === 0 ? 0 : 1);
    const seconds = wholeNumber(this.#bytes, from, ends[first + column + 1]!);
    if (Number.isNaN(seconds)) {
      const found = this.#bytes.toString('latin1', from, ends[first + column + 1]);
      // Files put one after another repeat their header.
      if (found === 'start' || found === 'end') return;
      this.problem(start, 'flow-incomplete', `start is ${JSON.stringify(found)}; expected seconds since 1970`);
      return;
    }
    this.#times.push(seconds * 1_000);
    this.#used = first + width + 1;
  }

  #pass(kind: string): void {
    this.passed[kind] = (this.passed[kind] ?? 0) + 1;
  }
}

function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  if (start === end || end - start > 15) return Number.NaN;
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
