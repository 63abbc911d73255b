import type { Place, Problem } from '../../model/problem.ts';
import type { Addresses } from '../addresses.ts';
import type { Batch, Reader, Row } from '../batch.ts';
import type { Interner } from '../interner.ts';
import { limits } from '../limits.ts';
import { Spare } from '../spare.ts';
import { orderOf } from '../time-order.ts';
import { FlowLine, type Lines } from './flow-line.ts';
import { defaultFields, headerOf, isDefaultLine } from './format.ts';
import { Packed, packedStride } from './packed.ts';
import { FlowScan, hashOfText } from './scan.ts';
import { absent, slots } from './slots.ts';

/** What every flow log of a run shares. */
export interface FlowTools {
  readonly view: FlowLine;
  readonly spare: SpareNumbers;
}

export function flowTools(interner: Interner, addresses: Addresses): FlowTools {
  return { view: new FlowLine(interner, addresses), spare: new Spare((length) => new Float64Array(length)) };
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
    const bytes = joined(this.#carried, piece, last);
    const end = bytes.lastIndexOf(0x0a) + 1;
    const batch = new FlowBatch(this.#tools.view, this.#tools.spare, bytes, { file: this.#file, offset: this.#base });
    let at = 0;
    if (this.#layout === undefined && !this.#broken && end > 0) at = this.#begin(batch, bytes);
    if (this.#layout !== undefined && !this.#broken) batch.lines(this.#layout, at, end);
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
      return 0;
    }
    this.#broken = true;
    const shown = JSON.stringify(first.slice(0, 80));
    const expected = `expected a header of field names with start or end, or ${defaultFields.length} fields in the default order`;
    batch.problem(0, 'file-unknown', `the first line is ${shown}; ${expected}`);
    return 0;
  }
}

interface Layout {
  readonly scan: FlowScan;
  readonly columns: ReadonlyMap<string, number>;
}

function layoutOf(fields: readonly string[]): Layout {
  return { scan: new FlowScan(fields), columns: new Map(fields.map((name, index) => [name, index])) };
}

class FlowBatch implements Batch {
  readonly problems: Problem[] = [];
  readonly passed: Record<string, number> = {};
  readonly #view: FlowLine;
  readonly #spare: SpareNumbers;
  readonly #bytes: Buffer;
  readonly #place: Place;
  #lines: Lines | undefined = undefined;
  size = 0;

  constructor(view: FlowLine, spare: SpareNumbers, bytes: Buffer, place: Place) {
    this.#view = view;
    this.#spare = spare;
    this.#bytes = bytes;
    this.#place = place;
  }

  /** The numbers of a line are about as long as the line. */
  get weight(): number {
    return 2 * this.#bytes.length;
  }

  timeAt(index: number): number {
    return this.#lines!.times[index]!;
  }

  at(index: number): Row {
    this.#view.move(this.#lines!, index);
    return this.#view;
  }

  done(): void {
    if (this.#lines !== undefined) this.#spare.free(this.#lines.packed.numbers, this.#lines.times);
    this.#lines = undefined;
  }

  problem(offset: number, code: string, reason: string): void {
    this.problems.push({ place: { file: this.#place.file, offset: this.#place.offset + offset }, code, reason });
  }

  lines({ scan, columns }: Layout, start: number, end: number): void {
    const bytes = this.#bytes;
    const { values, width } = scan.over(bytes);
    let packed = new Packed(this.#spare.ofLength(packedStride * Math.ceil((end - start) / usualLine + 1)));
    let times = this.#spare.ofLength(packed.room);
    let account = absent;
    let usual = '';
    let size = 0;
    for (let at = start; at < end; ) {
      const next = scan.line(at);
      if (scan.count === width && this.#holds(values, at, next)) {
        if (size === 0) {
          account = values[slots.account]!;
          usual = accountIn(bytes, at, columns.get('account-id'));
        }
        if (size === packed.room) packed = new Packed(doubled(packed.numbers));
        if (size === times.length) times = doubled(times);
        times[size] = values[slots.time]! * 1_000;
        packed.put(size++, values, account);
      } else if (scan.count !== width && scan.count > 0) this.#wrongCount(at, next, width);
      at = next;
    }
    const { file, offset } = this.#place;
    this.#lines = { bytes, columns, width, ...this.#inOrder(packed, times, size), account: usual, file, offset };
    this.size = size;
  }

  /** Lines are asked for in the order of time, and who reads what lies together need not wait for memory. */
  #inOrder(packed: Packed, times: Times, size: number): Pick<Lines, 'packed' | 'times'> {
    const order = orderOf(times.subarray(0, size));
    const sorted = new Packed(this.#spare.ofLength(packedStride * size)).putAll(packed, order, size);
    const sortedTimes = this.#spare.ofLength(size);
    for (let line = 0; line < size; line++) sortedTimes[line] = times[order[line]!]!;
    this.#spare.free(packed.numbers, times);
    return { packed: sorted, times: sortedTimes };
  }

  /** Whether the line carries a flow. */
  #holds(values: Float64Array, start: number, end: number): boolean {
    const status = values[slots.status];
    if (status === noData) return this.#pass('NODATA');
    if (status === skipData) return this.#pass('SKIPDATA');
    const time = values[slots.time]!;
    if (time >= 0 && time <= latest) return true;
    const line = this.#bytes.toString('latin1', start, end).trimEnd();
    // Files put one after another repeat their header.
    if (/(^| )(start|end)( |$)/.test(line)) return false;
    this.problem(
      start,
      'flow-incomplete',
      `the line ${JSON.stringify(line.slice(0, 160))} has no time; expected seconds since 1970`,
    );
    return false;
  }

  #wrongCount(start: number, end: number, width: number): void {
    const count = this.#bytes.toString('latin1', start, end).trimEnd().split(' ').length;
    this.problem(start, 'flow-fields', `${count} fields; expected ${width}, as the header or the default format has`);
  }

  #pass(kind: string): false {
    this.passed[kind] = (this.passed[kind] ?? 0) + 1;
    return false;
  }
}

type Times = Float64Array<ArrayBuffer>;
type SpareNumbers = Spare<Times>;

/** Shorter lines are rare: then the numbers need more room. */
const usualLine = 80;
/** JavaScript knows no later second. */
const latest = 8.64e12;
const [noData, skipData] = ['NODATA', 'SKIPDATA'].map(hashOfText);

function accountIn(bytes: Buffer, start: number, column: number | undefined): string {
  if (column === undefined) return '';
  const end = bytes.indexOf(0x0a, start);
  const account = bytes.toString('latin1', start, end).trimEnd().split(' ')[column] ?? '-';
  return account === '-' ? '' : account;
}

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** Whole lines; the end of a file ends its last line. */
function joined(carried: Buffer, piece: Uint8Array, last: boolean): Buffer {
  if (carried.length === 0 && (!last || piece.at(-1) === 0x0a))
    return Buffer.from(piece.buffer, piece.byteOffset, piece.length);
  return Buffer.concat([carried, piece, ...(last ? [Buffer.from('\n')] : [])]);
}
