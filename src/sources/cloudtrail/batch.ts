import type { Problem } from '../../model/problem.ts';
import type { Batch, Row } from '../batch.ts';
import { takenOf } from '../json-records.ts';
import { textOfSpan } from '../span-value.ts';
import { type Caller, nobody } from './caller.ts';
import { type CallColumns, head, heads } from './columns.ts';
import { type Agent, type Call, type From, noAgent, nowhere } from './common.ts';
import type { ScannedCall } from './scanned-call.ts';
import type { CallSetting } from './setting.ts';

/** The records of one piece. What its values mean is found out once for each, when the first record has it. */
export class CallBatch implements Batch {
  readonly columns: CallColumns;
  readonly #view: ScannedCall;
  readonly #done: (columns: CallColumns) => void;
  readonly #callers: (Caller | undefined)[];
  /** The last row of each caller, and its setting. */
  readonly #rows: Int32Array;
  readonly #settings: (CallSetting | undefined)[];
  readonly #calls: (Call | undefined)[];
  readonly #from: (From | undefined)[];
  readonly #agents: (Agent | undefined)[];
  readonly #texts: (string | undefined)[];

  constructor(columns: CallColumns, view: ScannedCall, done: (columns: CallColumns) => void = () => undefined) {
    this.#done = done;
    this.columns = columns;
    this.#view = view;
    const count = columns.values.length / 2 + 1;
    this.#callers = new Array<Caller | undefined>(count).fill(undefined);
    this.#rows = new Int32Array(count).fill(-1);
    this.#settings = new Array<CallSetting | undefined>(count).fill(undefined);
    this.#calls = new Array<Call | undefined>(count).fill(undefined);
    this.#from = new Array<From | undefined>(count).fill(undefined);
    this.#agents = new Array<Agent | undefined>(count).fill(undefined);
    this.#texts = new Array<string | undefined>(count).fill(undefined);
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
    const { bytes, ends, size } = this.columns;
    return bytes.length + 4 * (size === 0 ? 0 : ends[size - 1]!) + 64 * size;
  }

  done(): void {
    this.#done(this.columns);
  }

  timeAt(index: number): number {
    return this.columns.times[index]!;
  }

  at(index: number): Row {
    const { parsed, place, starts } = this.columns;
    const record = parsed.size === 0 ? undefined : parsed.get(index);
    if (record === undefined) {
      this.#view.move(this, index);
      return this.#view;
    }
    const taken = takenOf(record, { file: place.file, offset: place.offset + starts[index]! });
    if (taken === undefined || !('kind' in taken))
      throw new Error(`a record that was an activity is none: row ${index}`);
    return taken;
  }

  /** Most rows are as the last one of their caller was. */
  settingAt(index: number): CallSetting {
    const rows = this.columns.heads;
    const at = index * heads;
    const number = rows[at + head.caller]!;
    const before = this.#rows[number]!;
    if (
      before >= 0 &&
      rows[before + head.from] === rows[at + head.from] &&
      rows[before + head.agent] === rows[at + head.agent] &&
      rows[before + head.region] === rows[at + head.region] &&
      rows[before + head.account] === rows[at + head.account] &&
      rows[before + head.error] === rows[at + head.error]
    ) {
      return this.#settings[number]!;
    }
    const setting = this.#newSetting(number, at);
    this.#rows[number] = at;
    this.#settings[number] = setting;
    return setting;
  }

  #newSetting(number: number, at: number): CallSetting {
    const { heads: rows } = this.columns;
    const caller = number === 0 ? nobody : (this.#callers[number] ?? this.#newCaller(number));
    const account = this.#text(rows[at + head.account]!) ?? caller.account;
    const [region, error] = [this.#text(rows[at + head.region]!) ?? '', this.#text(rows[at + head.error]!) ?? ''];
    return caller.setting(
      this.#fromOf(rows[at + head.from]!),
      this.#agentOf(rows[at + head.agent]!),
      account,
      region,
      error,
    );
  }

  #newCaller(number: number): Caller {
    const { bytes, values, scan, repeats } = this.columns;
    const [start, end, repeat] = [values[2 * number - 2]!, values[2 * number - 1]!, repeats[number]!];
    const { common } = this.#view;
    const caller = repeat < 0 ? common.caller(bytes, start, end) : common.repeated(scan, repeat, bytes, start, end);
    this.#callers[number] = caller;
    return caller;
  }

  /** Undefined where source and name do not stand together. */
  callAt(index: number): Call | undefined {
    const number = this.columns.heads[index * heads + head.call]!;
    if (number === 0) return undefined;
    const { bytes, values } = this.columns;
    this.#calls[number] ??= this.#view.common.call(bytes, values[2 * number - 2]!, values[2 * number - 1]!);
    return this.#calls[number];
  }

  #fromOf(number: number): From {
    if (number === 0) return nowhere;
    const { bytes, values } = this.columns;
    this.#from[number] ??= this.#view.common.from(bytes, values[2 * number - 2]!, values[2 * number - 1]!);
    return this.#from[number]!;
  }

  #agentOf(number: number): Agent {
    if (number === 0) return noAgent;
    const { bytes, values } = this.columns;
    this.#agents[number] ??= this.#view.common.agent(bytes, values[2 * number - 2]!, values[2 * number - 1]!);
    return this.#agents[number]!;
  }

  #text(number: number): string | undefined {
    if (number === 0) return undefined;
    const { bytes, values } = this.columns;
    this.#texts[number] ??= textOfSpan(bytes, values[2 * number - 2]!, values[2 * number - 1]!, this.#view.interner);
    return this.#texts[number];
  }
}
