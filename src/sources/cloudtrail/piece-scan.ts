import type { Json, JsonObject } from '../../model/json.ts';
import type { Place, Problem } from '../../model/problem.ts';
import { recordsOf, takenOf } from '../json-records.ts';
import { Scanner, shape } from '../scanner.ts';
import { jsonOfSpan } from '../span-value.ts';
import { Spare } from '../spare.ts';
import type { Trie } from '../trie.ts';
import type { CallColumns, Spent } from './columns.ts';

/** What the names of an object say of its shape: texts come first, then objects, then lists, then what may be anything. */
const codes = {
  eventSource: 1,
  eventName: 2,
  eventTime: 3,
  eventID: 4,
  awsRegion: 5,
  sourceIPAddress: 6,
  userAgent: 7,
  recipientAccountId: 8,
  errorCode: 9,
  CloudTrailEvent: 10,
  userIdentity: 11,
  detail: 12,
  eventData: 13,
  Records: 14,
  Events: 15,
  digestStartTime: 16,
  insightDetails: 17,
};

export type NewMemory = (bytes: number) => ArrayBuffer | SharedArrayBuffer;

/** Takes the records of one piece after the other, as the scanner gives them, and makes columns of them. */
export class PieceScan {
  readonly scanner: Scanner;
  readonly #id: number;
  #bytes: Buffer = Buffer.alloc(0);
  #place: Place = { file: -1, offset: 0 };
  readonly #floats: Spare<Float64Array>;
  readonly #integers: Spare<Int32Array>;
  readonly #buffers: Spare<Uint8Array>;
  #parsed = new Map<number, JsonObject>();
  #problems: Problem[] = [];
  #passed: Record<string, number> = {};

  /** `id` tells the scans of one run apart; `memory` makes what columns lie in, which another thread may have to see. */
  constructor(trie: Trie, id: number, memory: NewMemory = (bytes) => new ArrayBuffer(bytes)) {
    this.#id = id;
    this.scanner = new Scanner(trie, codes, 'userIdentity');
    this.#floats = new Spare((length) => new Float64Array(memory(8 * length)));
    this.#integers = new Spare((length) => new Int32Array(memory(4 * length)));
    this.#buffers = new Spare((length) => new Uint8Array(memory(length)));
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
    const what = this.scanner.keep(start);
    if (what === shape.record) return;
    if (what === shape.digest) this.#pass('digest');
    else if (what === shape.insight) this.#pass('insight');
    else if (what === shape.within) {
      const { inner } = this.scanner;
      this.record(inner, this.scanner.record(inner));
    } else this.#slowly(start, jsonOfSpan(this.#bytes, start, end));
  }

  problem(offset: number, code: string, reason: string): void {
    this.#problems.push({ place: this.#placeOf(offset), code, reason });
  }

  take(): CallColumns {
    const scanned = this.scanner.columns();
    const { size, entries } = scanned;
    return {
      bytes: this.#bytes,
      place: this.#place,
      size,
      times: this.#floats.copy(scanned.times, size),
      starts: this.#integers.copy(scanned.starts, size),
      entries: this.#integers.copy(entries, entries.length),
      ends: this.#integers.copy(scanned.ends, size),
      fingerprints: this.#floats.copy(scanned.fingerprints, size),
      situations: this.#integers.copy(scanned.situations, size),
      scan: this.#id,
      edition: scanned.edition,
      values: scanned.values.slice(),
      valuesBefore: scanned.valuesBefore,
      heads: scanned.heads.slice(),
      situationsBefore: scanned.situationsBefore,
      parsed: this.#parsed,
      problems: this.#problems,
      passed: this.#passed,
    };
  }

  /** Nobody asks for these again. */
  reuse({ bytes, times, starts, entries, ends, fingerprints, situations }: Spent): void {
    this.#buffers.free(new Uint8Array(bytes.buffer));
    this.#floats.free(times, fingerprints);
    this.#integers.free(starts, entries, ends, situations);
  }

  #pass(kind: string): void {
    this.#passed[kind] = (this.#passed[kind] ?? 0) + 1;
  }

  /** The road of what is odd: other kinds, lists that do not come first, texts that hold a record, escaped names. */
  #slowly(start: number, json: Json): void {
    for (const record of recordsOf(json)) {
      const taken = takenOf(record, this.#placeOf(start));
      if (taken === undefined) continue;
      if ('passed' in taken) this.#pass(taken.passed);
      else if ('reason' in taken) this.#problems.push(taken);
      else this.#parsed.set(this.scanner.keepParsed(start, taken.time), record as JsonObject);
    }
  }

  #placeOf(start: number): Place {
    return { file: this.#place.file, offset: this.#place.offset + start };
  }
}
