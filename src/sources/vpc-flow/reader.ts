import type { FlowRows } from '../../model/flow-rows.ts';
import type { Place, Problem } from '../../model/problem.ts';
import type { Addresses } from '../addresses.ts';
import type { Batch, Reader, Row } from '../batch.ts';
import type { Interner } from '../interner.ts';
import { limits } from '../limits.ts';
import { Spare } from '../spare.ts';
import { FlowLine, type Lines } from './flow-line.ts';
import { defaultFields, headerOf, isDefaultLine } from './format.ts';
import { type Columns, columnsOf, FlowScanner, type OddLine, type SpareNumbers } from './scanner.ts';

/** What every flow log of a run shares. */
export interface FlowTools {
  readonly view: FlowLine;
  readonly scanner: FlowScanner;
  readonly spare: SpareNumbers;
  readonly spareBytes: Spare<Uint8Array<ArrayBuffer>>;
}

export function flowTools(interner: Interner, addresses: Addresses): FlowTools {
  return {
    view: new FlowLine(interner, addresses),
    scanner: new FlowScanner(),
    spare: new Spare((length) => new Float64Array(length)),
    spareBytes: new Spare((length) => new Uint8Array(length)),
  };
}

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
    let batch = new FlowBatch(this.#tools, bytes, { file: this.#file, offset: this.#base });
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

interface Layout {
  readonly columns: Columns;
  readonly names: ReadonlyMap<string, number>;
  readonly width: number;
}

function layoutOf(fields: readonly string[]): Layout {
  return {
    columns: columnsOf(fields),
    names: new Map(fields.map((name, index) => [name, index])),
    width: fields.length,
  };
}

class FlowBatch implements Batch {
  readonly problems: Problem[] = [];
  passed: Readonly<Record<string, number>> = {};
  readonly #tools: FlowTools;
  readonly #bytes: Buffer;
  readonly #place: Place;
  #lines: Lines | undefined = undefined;
  size = 0;
  /** Where a line of names begins that are not those of the layout. */
  otherHeader: number | undefined = undefined;

  constructor(tools: FlowTools, bytes: Buffer, place: Place) {
    this.#tools = tools;
    this.#bytes = bytes;
    this.#place = place;
  }

  /** The numbers of a line are about as long as the line. */
  get weight(): number {
    return 2 * this.#bytes.length;
  }

  get flows(): FlowRows | undefined {
    return this.#lines?.rows;
  }

  timeAt(index: number): number {
    return this.#lines!.rows.times[index]!;
  }

  at(index: number): Row {
    const { view } = this.#tools;
    view.move(this.#lines!, index);
    return view;
  }

  done(): void {
    if (this.#lines !== undefined) {
      this.#tools.spare.free(this.#lines.rows.numbers, this.#lines.rows.times);
      this.#tools.spareBytes.free(new Uint8Array(this.#lines.bytes.buffer as ArrayBuffer));
    }
    this.#lines = undefined;
  }

  problem(offset: number, code: string, reason: string): void {
    this.problems.push({ place: { file: this.#place.file, offset: this.#place.offset + offset }, code, reason });
  }

  lines(layout: Layout, start: number, end: number): void {
    const { columns, names, width } = layout;
    const { scanner, spare } = this.#tools;
    const bytes = this.#bytes;
    const scanned = scanner.over(columns, bytes, start, end, (line) => this.#odd(line, layout));
    const counts = { NODATA: scanned.noData, SKIPDATA: scanned.skipData };
    this.passed = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
    this.size = scanned.size;
    const account = scanned.size === 0 ? '' : accountIn(bytes, scanned.usualLine, names.get('account-id'));
    const { file, offset } = this.#place;
    this.#lines = { bytes, columns: names, width, rows: scanner.rows(spare), account, file, offset };
  }

  /** The same bytes read anew, not so far. */
  upTo(layout: Layout, start: number, end: number): FlowBatch {
    if (this.#lines !== undefined) this.#tools.spare.free(this.#lines.rows.numbers, this.#lines.rows.times);
    const batch = new FlowBatch(this.#tools, this.#bytes, this.#place);
    batch.lines(layout, start, end);
    return batch;
  }

  #odd({ start, end, fields }: OddLine, { names, width }: Layout): void {
    const line = this.#bytes.toString('latin1', start, end).trimEnd();
    const header = headerOf(line);
    if (header !== undefined) {
      // Files put one after another repeat their header.
      const isSame = header.fields.length === width && header.fields.every((name, index) => names.get(name) === index);
      if (!isSame) this.otherHeader ??= start;
      return;
    }
    if (fields !== width) {
      const count = line.split(' ').length;
      this.problem(start, 'flow-fields', `${count} fields; expected ${width}, as the header or the default format has`);
      return;
    }
    const shown = JSON.stringify(line.slice(0, 160));
    this.problem(start, 'flow-incomplete', `the line ${shown} has no time; expected seconds since 1970`);
  }
}

function accountIn(bytes: Buffer, start: number, column: number | undefined): string {
  if (column === undefined) return '';
  const end = bytes.indexOf(lineBreak, start);
  const account = bytes.toString('latin1', start, end).trimEnd().split(' ')[column] ?? '-';
  return account === '-' ? '' : account;
}

const lineBreak = 0x0a;
