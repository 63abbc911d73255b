import type { Place, Problem } from '../../model/problem.ts';
import type { Batch, Numbered, Row } from '../batch.ts';
import { takenOf } from '../json-records.ts';
import { type CallColumns, heads as headsOf } from './columns.ts';
import type { Numbers } from './numbers.ts';
import type { ScannedCall } from './scanned-call.ts';
import type { CallSituation } from './situation.ts';

/** The records of one piece. What its values mean is found out once for each, when the first piece has it. */
export class CallBatch implements Batch {
  readonly columns: CallColumns;
  readonly #view: ScannedCall;
  readonly #done: (columns: CallColumns) => void;
  readonly #numbers: Numbers;
  readonly numbered: Numbered;

  constructor(columns: CallColumns, view: ScannedCall, done: (columns: CallColumns) => void = () => undefined) {
    this.#done = done;
    this.columns = columns;
    this.#view = view;
    this.#numbers = view.numbers.of(columns);
    const { times, fingerprints, situations } = columns;
    const known = this.#numbers.situations;
    this.numbered = {
      times,
      fingerprints,
      situations,
      quiet: this.#numbers.quiet,
      callAt: (index) => known[situations[index]!]?.call,
    };
  }

  get size(): number {
    return this.columns.size;
  }

  get problems(): readonly Problem[] {
    return this.columns.problems;
  }

  get passed(): Readonly<Record<string, number>> {
    return this.columns.passed;
  }

  get weight(): number {
    const { bytes, ends, size, values, heads } = this.columns;
    // What is new in a piece is known for as long as its rows wait.
    const known = valueWeight * (values.length / 3 + heads.length / headsOf);
    return bytes.length + 4 * (size === 0 ? 0 : ends[size - 1]!) + 28 * size + known;
  }

  done(): void {
    this.#done(this.columns);
  }

  timeAt(index: number): number {
    return this.columns.times[index]!;
  }

  at(index: number): Row {
    const { parsed } = this.columns;
    const record = parsed.size === 0 ? undefined : parsed.get(index);
    if (record === undefined) {
      this.#view.move(this, index);
      return this.#view;
    }
    const taken = takenOf(record, this.placeAt(index));
    if (taken === undefined || !('kind' in taken))
      throw new Error(`a record that was an activity is none: row ${index}`);
    return taken;
  }

  placeAt(index: number): Place {
    const { place, starts, offsets } = this.columns;
    return { file: place.file, offset: offsets?.[index] ?? place.offset + starts[index]! };
  }

  /** Of a row that was scanned. */
  situationAt(index: number): CallSituation {
    return this.#numbers.situations[this.columns.situations[index]!]!;
  }
}

/** What a value or a situation holds, about: a caller much more, an address less. */
const valueWeight = 512;
