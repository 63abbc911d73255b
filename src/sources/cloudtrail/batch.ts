import type { Problem } from '../../model/problem.ts';
import { isProblem } from '../activity-of.ts';
import type { Batch, Row } from '../batch.ts';
import { textOfSpan } from '../span-value.ts';
import { type Caller, nobody } from './caller.ts';
import { type CallColumns, head, heads } from './columns.ts';
import { type Agent, type Call, type From, noAgent, nowhere } from './common.ts';
import { callActivity } from './record.ts';
import type { ScannedCall } from './scanned-call.ts';

/** The records of one piece. What its values mean is found out once for each, when the first record has it. */
export class CallBatch implements Batch {
  readonly columns: CallColumns;
  readonly #view: ScannedCall;
  readonly #done: (columns: CallColumns) => void;
  readonly #callers: (Caller | undefined)[];
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
    const activity = callActivity(record, { file: place.file, offset: place.offset + starts[index]! });
    if (isProblem(activity)) throw new Error(`a record that was an activity is none: ${activity.reason}`);
    return activity;
  }

  callerAt(index: number): Caller {
    const number = this.columns.heads[index * heads + head.caller]!;
    if (number === 0) return nobody;
    return this.#callers[number] ?? this.#newCaller(number);
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

  fromAt(index: number): From {
    const number = this.columns.heads[index * heads + head.from]!;
    if (number === 0) return nowhere;
    const { bytes, values } = this.columns;
    this.#from[number] ??= this.#view.common.from(bytes, values[2 * number - 2]!, values[2 * number - 1]!);
    return this.#from[number]!;
  }

  agentAt(index: number): Agent {
    const number = this.columns.heads[index * heads + head.agent]!;
    if (number === 0) return noAgent;
    const { bytes, values } = this.columns;
    this.#agents[number] ??= this.#view.common.agent(bytes, values[2 * number - 2]!, values[2 * number - 1]!);
    return this.#agents[number]!;
  }

  /** The text of one column of the head, undefined where there is none. */
  textAt(index: number, column: number): string | undefined {
    const number = this.columns.heads[index * heads + column]!;
    if (number === 0) return undefined;
    const { bytes, values } = this.columns;
    this.#texts[number] ??= textOfSpan(bytes, values[2 * number - 2]!, values[2 * number - 1]!, this.#view.interner);
    return this.#texts[number];
  }
}
