import type { FlowRows } from '../../model/flow-rows.ts';
import type { Place, Problem } from '../../model/problem.ts';
import type { Addresses } from '../addresses.ts';
import type { Batch, Row } from '../batch.ts';
import type { Interner } from '../interner.ts';
import { Spare } from '../spare.ts';
import { FlowLine, type Lines } from './flow-line.ts';
import { headerOf } from './format.ts';
import { type Columns, columnsOf, FlowScanner, type OddLine, type SpareNumbers } from './scanner.ts';

/** What every flow log of a run shares. */
export interface FlowTools {
  readonly view: FlowLine;
  readonly scanner: FlowScanner;
  readonly spare: SpareNumbers;
  readonly spareBytes: Spare<Uint8Array<ArrayBuffer>>;
}

export function flowTools(interner: Interner, addresses: Addresses): FlowTools {
  let scanner: FlowScanner | undefined;
  return {
    view: new FlowLine(interner, addresses),
    /** Made for the first flow log: most runs have none. */
    get scanner() {
      scanner ??= new FlowScanner();
      return scanner;
    },
    spare: new Spare((length) => new Float64Array(length)),
    spareBytes: new Spare((length) => new Uint8Array(length)),
  };
}

/** The fields of lines, by their order. */
export interface Layout {
  readonly columns: Columns;
  readonly names: ReadonlyMap<string, number>;
  readonly width: number;
}

export function layoutOf(fields: readonly string[]): Layout {
  return {
    columns: columnsOf(fields),
    names: new Map(fields.map((name, index) => [name, index])),
    width: fields.length,
  };
}

/** Lines of one piece. */
export class FlowBatch implements Batch {
  readonly problems: Problem[] = [];
  passed: Readonly<Record<string, number>> = {};
  readonly #tools: FlowTools;
  readonly #bytes: Buffer;
  readonly #placeOf: (line: number) => Place;
  #lines: Lines | undefined = undefined;
  size = 0;
  /** Where a line of names begins that are not those of the layout. */
  otherHeader: number | undefined = undefined;

  /** `placeOf` tells of a line that begins there where it is in the file. */
  constructor(tools: FlowTools, bytes: Buffer, placeOf: (line: number) => Place) {
    this.#tools = tools;
    this.#bytes = bytes;
    this.#placeOf = placeOf;
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
    this.problems.push({ place: this.#placeOf(offset), code, reason });
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
    this.#lines = { bytes, columns: names, width, rows: scanner.rows(spare), account, placeOf: this.#placeOf };
  }

  /** The same bytes read anew, not so far. */
  upTo(layout: Layout, start: number, end: number): FlowBatch {
    if (this.#lines !== undefined) this.#tools.spare.free(this.#lines.rows.numbers, this.#lines.rows.times);
    const batch = new FlowBatch(this.#tools, this.#bytes, this.#placeOf);
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

export const lineBreak = 0x0a;
