import type { Json } from '../model/json.ts';
import { journalActivity } from './auth.ts';
import type { Batch, Reader } from './batch.ts';
import { limits } from './limits.ts';
import { ListedBatch } from './listed-batch.ts';

/** Whether a file that begins so is a journal as `journalctl -o export` prints it. */
export function isJournalExport(head: string): boolean {
  return /^__(?:CURSOR|REALTIME_TIMESTAMP|MONOTONIC_TIMESTAMP|SEQNUM|SEQNUM_ID)=/.test(head);
}

/**
 * Entries end with an empty line. A field is `NAME=value`, or, where the value is no line of text, `NAME`, eight bytes
 * that say how long it is, and it.
 * https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-export-format
 */
export class JournalReader implements Reader {
  readonly #file: number;
  #carried: Buffer = Buffer.alloc(0);
  #base = 0;
  #entry: Record<string, Json> = {};
  #entryAt = 0;
  #isBroken = false;

  constructor(file: number) {
    this.#file = file;
  }

  read(piece: Uint8Array, last: boolean): Batch {
    const batch = new ListedBatch();
    if (this.#isBroken) return batch;
    // The end of a file ends its last field and entry.
    const bytes = Buffer.concat([this.#carried, piece, ...(last ? [Buffer.from('\n\n')] : [])]);
    let at = 0;
    for (let next = this.#field(batch, bytes, at); next > at; next = this.#field(batch, bytes, at)) at = next;
    const rest = bytes.length - at;
    if (rest > limits.recordBytes || (last && rest > 0)) this.#break(batch, at, last);
    this.#carried = Buffer.from(bytes.subarray(at));
    this.#base += at;
    return batch;
  }

  /** The position after the field that begins there, or the same one where more bytes are needed. */
  #field(batch: ListedBatch, bytes: Buffer, at: number): number {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) return at;
    if (end === at) {
      this.#end(batch);
      return at + 1;
    }
    if (Object.keys(this.#entry).length === 0) this.#entryAt = this.#base + at;
    const equals = bytes.subarray(at, end).indexOf(0x3d);
    if (equals >= 0) {
      this.#set(bytes.toString('utf8', at, at + equals), bytes.toString('utf8', at + equals + 1, end));
      return end + 1;
    }
    if (bytes.length < end + 9) return at;
    const from = end + 9;
    const to = from + Number(bytes.readBigUInt64LE(end + 1));
    if (to + 1 > bytes.length) return at;
    this.#set(bytes.toString('utf8', at, end), bytes.toString('utf8', from, to));
    return to + 1;
  }

  #set(name: string, value: string): void {
    // The first of several, as in JSON; most fields are of no interest.
    if (fields.has(name)) this.#entry[name] ??= value;
    else this.#entry[other] = '';
  }

  #end(batch: ListedBatch): void {
    const entry = this.#entry;
    if (Object.keys(entry).length === 0) return;
    this.#entry = {};
    batch.take(journalActivity(entry, { file: this.#file, offset: this.#entryAt }));
  }

  #break(batch: ListedBatch, at: number, last: boolean): void {
    this.#isBroken = true;
    const cut = 'the file ends within the field that begins here';
    const huge = `a field of more than ${limits.recordBytes} bytes begins here; the rest of the file is not read`;
    const place = { file: this.#file, offset: this.#base + at };
    batch.take({ place, code: last ? 'record-cut' : 'record-too-large', reason: last ? cut : huge });
  }
}

const fields = new Set(['__REALTIME_TIMESTAMP', 'MESSAGE', '_HOSTNAME', 'SYSLOG_IDENTIFIER', '_COMM']);
const other = '';
