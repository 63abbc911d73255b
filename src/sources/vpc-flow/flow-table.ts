import type { Place } from '../../model/problem.ts';
import type { Batch } from '../batch.ts';
import { FlowBatch, type FlowTools, layoutOf, lineBreak } from './flow-batch.ts';
import { headerOf } from './format.ts';

/** Values of one field, row after row. */
export type Column = ArrayLike<unknown>;

/** Flow logs by column, as Parquet has them. They are read as the lines that they would be, so that both say the same. */
export class FlowTable {
  readonly #tools: FlowTools;
  readonly #file: number;
  readonly #unknown: readonly string[];
  readonly #fields: readonly string[];
  #isBegun = false;

  constructor(tools: FlowTools, file: number, names: readonly string[]) {
    const { fields, unknown } = headerOf(names.join(' ')) ?? { fields: [], unknown: [] };
    this.#tools = tools;
    this.#file = file;
    this.#fields = fields;
    this.#unknown = unknown;
  }

  /** Rows from one on; as many columns as names. */
  read(columns: readonly Column[], firstRow: number): Batch {
    const count = columns[0]?.length ?? 0;
    const bytes = this.#lines(columns, count);
    const starts = startsOf(bytes, count);
    const placeOf = (line: number): Place => ({
      file: this.#file,
      offset: firstRow + rowAt(starts, line),
      isRow: true,
    });
    const batch = new FlowBatch(this.#tools, bytes, placeOf);
    if (!this.#isBegun && this.#unknown.length > 0) {
      batch.problem(0, 'flow-field-unknown', `fields that no version has, kept by name: ${this.#unknown.join(', ')}`);
    }
    this.#isBegun = true;
    batch.lines(layoutOf(this.#fields), 0, bytes.length);
    return batch;
  }

  #lines(columns: readonly Column[], count: number): Buffer {
    let text = '';
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < columns.length; column++) {
        text += column === 0 ? textOf(columns[column]![row]) : ` ${textOf(columns[column]![row])}`;
      }
      text += '\n';
    }
    const length = Buffer.byteLength(text);
    const bytes = Buffer.from(this.#tools.spareBytes.ofLength(length).buffer, 0, length);
    bytes.write(text);
    return bytes;
  }
}

/** Whether columns of these names are those of a flow log: any of its fields will do that tell when. */
export function areFlowColumns(names: readonly string[]): boolean {
  return headerOf(names.join(' '))?.fields.some((field) => field === 'start' || field === 'end') === true;
}

function textOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return value === '' ? '-' : value.replace(/\s/g, '_');
  // Flow logs tell time in seconds.
  if (value instanceof Date) return String(Math.floor(value.getTime() / 1_000));
  return '-';
}

function startsOf(bytes: Buffer, count: number): Int32Array {
  const starts = new Int32Array(count);
  for (let row = 1; row < count; row++) starts[row] = bytes.indexOf(lineBreak, starts[row - 1]) + 1;
  return starts;
}

/** The row whose line begins there. */
function rowAt(starts: Int32Array, line: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
