import type { Json, JsonObject } from '../../model/json.ts';
import type { Place, Problem } from '../../model/problem.ts';
import { isProblem } from '../activity-of.ts';
import type { Batch, Row } from '../batch.ts';
import { isObject, type JsonActivity } from '../json-activity.ts';
import { jsonOfSpan } from '../span-value.ts';
import { secondsAt } from './day-time.ts';
import type { CallTools } from './reader.ts';
import { callActivity } from './record.ts';

/** The records of one piece. */
export class CallBatch implements Batch {
  readonly problems: Problem[] = [];
  readonly passed: Record<string, number> = {};
  readonly #tools: CallTools;
  readonly #bytes: Buffer;
  readonly #place: Place;
  readonly #times: number[] = [];
  /** End of each record's entries; its beginning is the end before it. */
  readonly #ends: number[] = [];
  readonly #starts: number[] = [];
  /** Records that only JSON.parse can read, by index. */
  readonly #parsed = new Map<number, JsonActivity>();
  #entries: Int32Array = new Int32Array(0);

  constructor(tools: CallTools, bytes: Buffer, place: Place) {
    this.#tools = tools;
    this.#bytes = bytes;
    this.#place = place;
  }

  get size(): number {
    return this.#times.length;
  }

  timeAt(index: number): number {
    return this.#times[index]!;
  }

  at(index: number): Row {
    const parsed = this.#parsed.get(index);
    if (parsed !== undefined) return parsed;
    const first = index === 0 ? 0 : this.#ends[index - 1]!;
    const { view } = this.#tools;
    const { file, offset } = this.#place;
    const time = this.#times[index]!;
    view.move(this.#bytes, this.#entries, first, this.#ends[index]!, time, file, offset + this.#starts[index]!);
    return view;
  }

  /** Takes the record that was scanned last. */
  record(start: number, end: number): void {
    const { scanner, shapes } = this.#tools;
    const { spans } = scanner;
    if (this.#bytes[start] !== 0x7b) {
      const found = JSON.stringify(this.#bytes.toString('utf8', start, Math.min(end, start + 40)));
      this.problem(start, 'record-not-an-object', `${found} is no object; expected a CloudTrail record`);
      return;
    }
    const shape = scanner.odd ? 'odd' : shapes.of(this.#bytes, spans.entries, spans.start, spans.used);
    const time = shape === 'record' ? secondsAt(this.#bytes, shapes.time + 1) : Number.NaN;
    if (!Number.isNaN(time)) this.#add(start, time, spans.keep());
    else if (shape === 'digest' || shape === 'insight') this.pass(shape);
    else if (shape === 'within') this.record(shapes.inner, scanner.record(shapes.inner));
    else this.#slowly(start, jsonOfSpan(this.#bytes, start, end));
  }

  problem(offset: number, code: string, reason: string): void {
    this.problems.push({ place: this.#placeOf(offset), code, reason });
  }

  pass(kind: string): void {
    this.passed[kind] = (this.passed[kind] ?? 0) + 1;
  }

  finish(): void {
    this.#entries = this.#tools.scanner.spans.take();
  }

  /** The road of what is odd: lists that do not come first in their object, texts that hold a record, escaped names. */
  #slowly(start: number, record: Json): void {
    if (!isObject(record)) {
      this.problem(start, 'record-not-an-object', 'no object is here; expected a CloudTrail record');
      return;
    }
    const inner = innerOf(record);
    if (inner !== undefined) for (const each of inner) this.#slowly(start, each);
    else if (record['digestStartTime'] !== undefined) this.pass('digest');
    else if (record['insightDetails'] !== undefined) this.pass('insight');
    else this.#keepParsed(callActivity(record, this.#placeOf(start)), start);
  }

  #keepParsed(activity: JsonActivity | Problem, start: number): void {
    if (isProblem(activity)) this.problems.push(activity);
    else {
      this.#parsed.set(this.size, activity);
      this.#add(start, activity.time, this.#ends.at(-1) ?? 0);
    }
  }

  #add(start: number, time: number, end: number): void {
    this.#times.push(time);
    this.#starts.push(start);
    this.#ends.push(end);
  }

  #placeOf(start: number): Place {
    return { file: this.#place.file, offset: this.#place.offset + start };
  }
}

/** What an object wraps, undefined when it is a record itself. */
function innerOf(record: JsonObject): readonly Json[] | undefined {
  const list = record['Records'] ?? record['Events'];
  if (Array.isArray(list)) return list as readonly Json[];
  if (record['eventName'] !== undefined) return undefined;
  const wrapped = record['detail'] ?? record['eventData'];
  if (isObject(wrapped)) return [wrapped];
  const text = record['CloudTrailEvent'];
  return typeof text === 'string' ? [parsed(text)] : undefined;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
