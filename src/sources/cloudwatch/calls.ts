import type { Problem } from '../../model/problem.ts';
import type { Batch, Numbered, Row } from '../batch.ts';
import type { CallBatch } from '../cloudtrail/batch.ts';
import type { CallTools } from '../cloudtrail/reader.ts';
import type { ListedBatch } from '../listed-batch.ts';

/** Calls among the events of a piece: most groups hold nothing else, so they are scanned as files of CloudTrail are. */
export class EventCalls {
  readonly #tools: CallTools;
  readonly #file: number;
  #records: string[] = [];
  /** Where the events begin in the file. */
  #offsets: number[] = [];

  constructor(tools: CallTools, file: number) {
    this.#tools = tools;
    this.#file = file;
  }

  add(record: string, offset: number): void {
    this.#records.push(record);
    this.#offsets.push(offset);
  }

  /** The calls since the last time, and the other rows of the piece. */
  with(others: ListedBatch): Batch {
    if (this.#records.length === 0) return others;
    const begins: number[] = [];
    let end = 0;
    for (const record of this.#records) {
      begins.push(end);
      end += Buffer.byteLength(record) + 1;
    }
    const offsets = this.#offsets;
    const bytes = Buffer.from(`${this.#records.join('\n')}\n`);
    [this.#records, this.#offsets] = [[], []];
    const calls = this.#tools.within(bytes, this.#file, (at) => offsets[indexIn(begins, at)]!);
    return new Together(calls, others);
  }
}

/** Rows of two batches, the calls first. */
class Together implements Batch {
  readonly #calls: CallBatch;
  readonly #others: ListedBatch;
  readonly numbered?: Numbered;

  constructor(calls: CallBatch, others: ListedBatch) {
    this.#calls = calls;
    this.#others = others;
    // What is known of calls by their number holds where there is nothing else.
    if (others.size === 0) this.numbered = calls.numbered;
  }

  get size(): number {
    return this.#calls.size + this.#others.size;
  }

  get weight(): number {
    return this.#calls.weight + (this.#others.size === 0 ? 0 : this.#others.weight);
  }

  timeAt(index: number): number {
    const { size } = this.#calls;
    return index < size ? this.#calls.timeAt(index) : this.#others.timeAt(index - size);
  }

  at(index: number): Row {
    const { size } = this.#calls;
    return index < size ? this.#calls.at(index) : this.#others.at(index - size);
  }

  done(): void {
    this.#calls.done();
  }

  get problems(): readonly Problem[] {
    return [...this.#calls.problems, ...this.#others.problems];
  }

  get passed(): Readonly<Record<string, number>> {
    const passed = { ...this.#calls.passed };
    for (const [kind, count] of Object.entries(this.#others.passed)) passed[kind] = (passed[kind] ?? 0) + count;
    return passed;
  }
}

/** The last that is not greater. */
function indexIn(begins: readonly number[], at: number): number {
  let [low, high] = [0, begins.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (begins[middle]! <= at) low = middle;
    else high = middle;
  }
  return low;
}
