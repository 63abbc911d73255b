import type { Json } from '../../model/json.ts';
import type { Batch, Reader } from '../batch.ts';
import type { CallTools } from '../cloudtrail/reader.ts';
import { isObject, numberOf, parsed, textOf } from '../json-activity.ts';
import { limits } from '../limits.ts';
import { ListedBatch } from '../listed-batch.ts';
import { blanks, skipBalanced } from '../skip.ts';
import { timeOf } from '../time.ts';
import { LogEvents } from './events.ts';

type Where = 'between' | 'members' | 'list';

/**
 * Events of CloudWatch Logs in JSON: documents of a subscription one after another, as Firehose writes them (a gzip
 * member each, or unpacked with nothing between), and answers of its API. Read event by event, so that a place is where
 * an event begins and memory holds one of them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export class LogEventReader implements Reader {
  readonly #file: number;
  readonly #events: LogEvents;
  #carried: Buffer = Buffer.alloc(0);
  #room: Buffer = Buffer.alloc(0);
  #base = 0;
  #where: Where = 'between';
  /** `CONTROL_MESSAGE`: what CloudWatch Logs itself says to the other end. */
  #isControl = false;
  #isBroken = false;
  #isLast = false;

  constructor(file: number, tools: CallTools) {
    this.#file = file;
    this.#events = new LogEvents(file, tools);
  }

  read(piece: Uint8Array, last: boolean): Batch {
    const batch = new ListedBatch(parsedBytes * piece.length);
    if (this.#isBroken) return batch;
    const bytes = this.#joined(piece);
    this.#isLast = last;
    let at = blanks(bytes, 0);
    while (at < bytes.length && !this.#isBroken) {
      const next = this.#step(batch, bytes, at);
      if (next <= at) break;
      at = blanks(bytes, next);
    }
    this.#rest(batch, bytes, at, last);
    this.#carried = Buffer.from(bytes.subarray(at));
    this.#base += at;
    return this.#events.batch(batch, last);
  }

  /** Memory that is used again: nothing of a piece is held on, and new memory for each would be there until it is collected. */
  #joined(piece: Uint8Array): Buffer {
    const length = this.#carried.length + piece.length;
    if (this.#room.length < length) this.#room = Buffer.alloc(length + (length >> 2));
    this.#room.set(this.#carried);
    this.#room.set(piece, this.#carried.length);
    return this.#room.subarray(0, length);
  }

  /** One event, bracket, comma or member; the position after it, the same one when that needs more bytes. */
  #step(batch: ListedBatch, bytes: Buffer, at: number): number {
    const byte = bytes[at];
    if (this.#where === 'members') return this.#member(batch, bytes, at);
    if (this.#where === 'list') {
      if (byte === 0x2c) return at + 1;
      if (byte === 0x5d) {
        this.#where = 'members';
        return at + 1;
      }
      const end = skipBalanced(bytes, at, bytes.length);
      // What follows it tells that it is whole; at the end of a file it may be so still.
      const isWhole = end < bytes.length || (this.#isLast && eventOf(bytes.toString('utf8', at)) !== undefined);
      if (!isWhole) return at;
      this.#event(batch, bytes, at, end);
      return end;
    }
    if (byte === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) return at + 3;
    if (byte !== 0x7b) return this.#lost(batch, bytes, at);
    this.#where = 'members';
    return at + 1;
  }

  #member(batch: ListedBatch, bytes: Buffer, at: number): number {
    if (bytes[at] === 0x2c) return at + 1;
    if (bytes[at] === 0x7d) {
      this.#where = 'between';
      return at + 1;
    }
    if (bytes[at] !== 0x22) return this.#lost(batch, bytes, at);
    const end = skipBalanced(bytes, at, bytes.length);
    const colon = blanks(bytes, end);
    const value = blanks(bytes, colon + 1);
    if (value >= bytes.length) return at;
    if (bytes[colon] !== 0x3a) return this.#lost(batch, bytes, at);
    const name = bytes.toString('utf8', at + 1, end - 1);
    if (lists.has(name) && bytes[value] === 0x5b) {
      this.#where = 'list';
      return value + 1;
    }
    const after = skipBalanced(bytes, value, bytes.length);
    if (after >= bytes.length) return at;
    if (name === 'messageType') this.#isControl = bytes.toString('utf8', value, after) === '"CONTROL_MESSAGE"';
    return after;
  }

  #event(batch: ListedBatch, bytes: Buffer, start: number, end: number): void {
    const place = { file: this.#file, offset: this.#base + start };
    const event = eventOf(bytes.toString('utf8', start, end));
    if (event === undefined) {
      const found = JSON.stringify(bytes.toString('utf8', start, Math.min(end, start + 40)));
      const reason = `${found} is no log event; expected an object with message and timestamp`;
      batch.take({ place, code: 'log-event-malformed', reason });
    } else if (this.#isControl) batch.take({ passed: 'control message' });
    else for (const taken of this.#events.take(event.message, event.time, place)) batch.take(taken);
  }

  /** What is no JSON costs one problem: the next document goes on. */
  #lost(batch: ListedBatch, bytes: Buffer, at: number): number {
    const next = nextDocument(bytes, at + 1);
    if (next < 0 && bytes.length - at <= limits.recordBytes) return at;
    const shown = JSON.stringify(bytes.toString('utf8', at, at + 12));
    const place = { file: this.#file, offset: this.#base + at };
    batch.take({ place, code: 'record-malformed', reason: `the JSON breaks at ${shown}; expected log events` });
    this.#where = 'between';
    this.#isBroken = next < 0;
    return next < 0 ? bytes.length : next;
  }

  /** What could not be consumed: carried on, unless the file ends or it is beyond all bounds. */
  #rest(batch: ListedBatch, bytes: Buffer, at: number, last: boolean): void {
    if (this.#isBroken || (!last && bytes.length - at <= limits.recordBytes)) return;
    if (at >= bytes.length && this.#where === 'between') return;
    this.#isBroken = true;
    const cut = 'the file ends within what begins here; expected the end of a list of log events';
    const huge = `an event of more than ${limits.recordBytes} bytes begins here; the rest of the file is not read`;
    const place = { file: this.#file, offset: this.#base + at };
    batch.take({ place, code: last ? 'record-cut' : 'record-too-large', reason: last ? cut : huge });
  }
}

/** A record of CloudTrail takes about so many times the bytes of its text. */
const parsedBytes = 4;

/** Members that list events; those of a query's answer are lists of fields. */
const lists: ReadonlySet<string> = new Set(['logEvents', 'events', 'results']);

function eventOf(text: string): { readonly message: string; readonly time: number } | undefined {
  const event = fieldsOf(parsed(text));
  const message = textOf(event?.['message'] ?? event?.['@message']);
  if (event === undefined || message === undefined) return undefined;
  const time = numberOf(event['timestamp']) ?? timeOf(textOf(event['@timestamp']) ?? '');
  return { message, time };
}

function fieldsOf(json: Json | undefined): { readonly [name: string]: Json } | undefined {
  if (isObject(json)) return json;
  if (!Array.isArray(json)) return undefined;
  const rows = (json as readonly Json[]).filter(isObject);
  return Object.fromEntries(rows.map(({ field, value }) => [String(field), value ?? null]));
}

/** Where the next document of a subscription begins, negative where none does. */
function nextDocument(bytes: Buffer, from: number): number {
  for (let name = bytes.indexOf(type, from); name >= 0; name = bytes.indexOf(type, name + 1)) {
    let at = name - 1;
    while (at > from && bytes[at]! <= 0x20) at--;
    if (at >= from && bytes[at] === 0x7b) return at;
  }
  return -1;
}

const type = Buffer.from('"messageType"');
