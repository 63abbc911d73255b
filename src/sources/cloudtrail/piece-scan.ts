import type { Json, JsonObject } from '../../model/json.ts';
import type { Place, Problem } from '../../model/problem.ts';
import { isProblem } from '../activity-of.ts';
import { isObject } from '../json-activity.ts';
import { limits } from '../limits.ts';
import { Scanner } from '../scanner.ts';
import { Fingerprint, jsonOfSpan } from '../span-value.ts';
import { Spare } from '../spare.ts';
import type { Trie } from '../trie.ts';
import { type CallColumns, head, heads, type Spent } from './columns.ts';
import { secondsAt } from './day-time.ts';
import { Dictionary } from './dictionary.ts';
import { callActivity } from './record.ts';
import { code, Shapes } from './shapes.ts';

/** Takes the records of one piece after the other, as the scanner gives them, and makes columns of them. */
export class PieceScan {
  readonly scanner: Scanner;
  readonly #shapes: Shapes;
  readonly #dictionary = new Dictionary();
  readonly #print = new Fingerprint();
  /** The number in the dictionary of each repeated caller, 0 where this piece has not had it. */
  readonly #callers = new Int32Array(limits.repeats);
  #generation = 0;
  #repeats = new Int32Array(1_024);
  /** What the last record of a caller had: most callers keep to one place and program. By number of the caller. */
  #usual = new Int32Array(1_024 * usual);
  readonly #id: number;
  #bytes: Buffer = Buffer.alloc(0);
  #place: Place = { file: -1, offset: 0 };
  readonly #floats = new Spare<Float64Array>((length) => new Float64Array(length));
  readonly #integers = new Spare<Int32Array>((length) => new Int32Array(length));
  readonly #buffers = new Spare<Uint8Array>((length) => new Uint8Array(length));
  #size = 0;
  #times = new Float64Array(1_024);
  #fingerprints = new Float64Array(1_024);
  #starts = new Int32Array(1_024);
  #ends = new Int32Array(1_024);
  #heads = new Int32Array(1_024 * heads);
  #parsed = new Map<number, JsonObject>();
  #problems: Problem[] = [];
  #passed: Record<string, number> = {};

  /** `id` tells the scans of one run apart. */
  constructor(trie: Trie, id: number) {
    this.#id = id;
    this.scanner = new Scanner(trie, 'userIdentity');
    this.#shapes = new Shapes(trie);
  }

  /** Memory for the bytes of a piece, which its columns keep. */
  room(length: number): Buffer {
    return Buffer.from(this.#buffers.ofLength(length).buffer, 0, length);
  }

  /** The byte at `end` must be 0. */
  begin(bytes: Buffer, end: number, place: Place): void {
    this.#bytes = bytes;
    this.#place = place;
    this.scanner.over(bytes, end);
    this.#dictionary.begin(bytes);
    this.#callers.fill(0);
    this.#repeats.fill(-1);
    this.#usual.fill(0);
    this.#size = 0;
    this.#parsed = new Map();
    this.#problems = [];
    this.#passed = {};
  }

  /** Takes the record that was scanned last. */
  record(start: number, end: number): void {
    if (this.#bytes[start] !== 0x7b) {
      const found = JSON.stringify(this.#bytes.toString('utf8', start, Math.min(end, start + 40)));
      this.problem(start, 'record-not-an-object', `${found} is no object; expected a CloudTrail record`);
      return;
    }
    const { spans, odd } = this.scanner;
    const shape = odd ? 'odd' : this.#shapes.of(this.#bytes, spans.entries, spans.start, spans.used);
    const time = shape === 'record' ? secondsAt(this.#bytes, this.#shapes.starts[code.time]! + 1) : Number.NaN;
    if (!Number.isNaN(time)) this.#add(start, time);
    else if (shape === 'digest' || shape === 'insight') this.#pass(shape);
    else if (shape === 'within') this.record(this.#shapes.inner, this.scanner.record(this.#shapes.inner));
    else this.#slowly(start, jsonOfSpan(this.#bytes, start, end));
  }

  problem(offset: number, code: string, reason: string): void {
    this.#problems.push({ place: this.#placeOf(offset), code, reason });
  }

  take(): CallColumns {
    const size = this.#size;
    return {
      bytes: this.#bytes,
      place: this.#place,
      size,
      times: this.#floats.copy(this.#times, size),
      starts: this.#integers.copy(this.#starts, size),
      entries: this.scanner.spans.take(this.#integers),
      ends: this.#integers.copy(this.#ends, size),
      fingerprints: this.#floats.copy(this.#fingerprints, size),
      heads: this.#integers.copy(this.#heads, size * heads),
      values: this.#dictionary.take(),
      repeats: this.#repeats.slice(0, this.#dictionary.count + 1),
      scan: this.#id,
      parsed: this.#parsed,
      problems: this.#problems,
      passed: this.#passed,
    };
  }

  /** Nobody asks for these again. */
  reuse({ bytes, times, starts, entries, ends, fingerprints, heads: rows }: Spent): void {
    this.#buffers.free(new Uint8Array(bytes.buffer));
    this.#floats.free(times, fingerprints);
    this.#integers.free(starts, entries, ends, rows);
  }

  #add(start: number, time: number): void {
    const { starts, ends } = this.#shapes;
    const at = this.#row(start, time, this.scanner.spans.keep()) * heads;
    const row = this.#heads;
    const id = starts[code.id]!;
    this.#fingerprints[this.#size - 1] = this.#print.begin().add(this.#bytes, id + 1, ends[code.id]! - 1).value;
    const caller = this.#caller();
    row[at + head.caller] = caller;
    const isTogether = starts[code.name]! - ends[code.source]! === betweenCall;
    row[at + head.call] = isTogether ? this.#dictionary.of(starts[code.source]!, ends[code.name]!) : 0;
    row[at + head.from] = this.#valueOf(code.address, caller, 0);
    row[at + head.agent] = this.#valueOf(code.agent, caller, 1);
    row[at + head.region] = this.#valueOf(code.region, caller, 2);
    row[at + head.account] = this.#valueOf(code.account, caller, 3);
    row[at + head.error] = this.#valueOf(code.error, caller, 4);
    row[at + head.id] = id;
  }

  #valueOf(at: number, caller: number, place: number): number {
    const { has, starts, ends } = this.#shapes;
    if ((has & (1 << at)) === 0) return 0;
    const number = this.#dictionary.guess(this.#usual[caller * usual + place]!, starts[at]!, ends[at]!);
    this.#usual[caller * usual + place] = number;
    return number;
  }

  #caller(): number {
    const { has, starts, ends } = this.#shapes;
    if ((has & (1 << code.caller)) === 0) return 0;
    const { repeated, repeats } = this.scanner;
    if (repeats.generation !== this.#generation) {
      this.#generation = repeats.generation;
      this.#callers.fill(0);
    }
    const known = repeated < 0 ? 0 : this.#callers[repeated]!;
    if (known > 0) return known;
    const number = this.#dictionary.add(starts[code.caller]!, ends[code.caller]!);
    while (number >= this.#repeats.length) {
      this.#repeats = into(new Int32Array(this.#repeats.length * 2).fill(-1), this.#repeats);
      this.#usual = into(new Int32Array(this.#usual.length * 2), this.#usual);
    }
    if (repeated >= 0) {
      this.#callers[repeated] = number;
      this.#repeats[number] = this.#generation * limits.repeats + repeated;
    }
    return number;
  }

  #row(start: number, time: number, end: number): number {
    const row = this.#size;
    if (row === this.#times.length) this.#grow();
    this.#times[row] = time;
    this.#starts[row] = start;
    this.#ends[row] = end;
    this.#size++;
    return row;
  }

  #grow(): void {
    const size = this.#times.length * 2;
    this.#times = into(new Float64Array(size), this.#times);
    this.#fingerprints = into(new Float64Array(size), this.#fingerprints);
    this.#starts = into(new Int32Array(size), this.#starts);
    this.#ends = into(new Int32Array(size), this.#ends);
    this.#heads = into(new Int32Array(size * heads), this.#heads);
  }

  #pass(kind: string): void {
    this.#passed[kind] = (this.#passed[kind] ?? 0) + 1;
  }

  /** The road of what is odd: lists that do not come first in their object, texts that hold a record, escaped names. */
  #slowly(start: number, record: Json): void {
    if (!isObject(record)) {
      this.problem(start, 'record-not-an-object', 'no object is here; expected a CloudTrail record');
      return;
    }
    const inner = innerOf(record);
    if (inner !== undefined) for (const each of inner) this.#slowly(start, each);
    else if (record['digestStartTime'] !== undefined) this.#pass('digest');
    else if (record['insightDetails'] !== undefined) this.#pass('insight');
    else this.#keepParsed(record, start);
  }

  #keepParsed(record: JsonObject, start: number): void {
    const activity = callActivity(record, this.#placeOf(start));
    if (isProblem(activity)) this.#problems.push(activity);
    else this.#parsed.set(this.#row(start, activity.time, this.scanner.spans.start), record);
  }

  #placeOf(start: number): Place {
    return { file: this.#place.file, offset: this.#place.offset + start };
  }
}

const usual = 5;
/** `,"eventName":` */
const betweenCall = 13;

function into<T extends Float64Array | Int32Array>(larger: T, values: T): T {
  larger.set(values);
  return larger;
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
