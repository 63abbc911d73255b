import { closeSync, fdatasync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { TableName } from '../../../range/store/port.ts';
import { frameBytesFirst } from './limits.ts';

export interface JournalRow {
  readonly table: TableName;
  readonly key: string;
  /** Null: removed. */
  readonly text: string | null;
}

/**
 * What was committed and is not in the database yet. Each group of commits is one frame at the file's end: its length,
 * a checksum, its rows. A frame that a kill cut short was never answered for.
 */
export interface Journal {
  /** Bytes written so far. */
  readonly size: number;
  add(table: TableName, key: string, text: string | null): void;
  /** Hands what was added to the kernel, as one frame: from then on a kill of this process does not lose it. */
  write(): void;
  /** Resolves when the disk has it. */
  flushed(): Promise<void>;
  remove(): void;
}

/** The next journal of a folder, after those that are there. */
export function openJournal(folder: string, number: number, sync: boolean): Journal {
  const path = join(folder, `journal-${String(number).padStart(9, '0')}`);
  const file = openSync(path, 'ax', 0o600);
  if (sync) syncFolder(folder);
  return new FileJournal(path, file);
}

/** Journals that an end of the process left, the oldest first. */
export function leftJournals(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => /^journal-\d{9}$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** Its whole frames, in order; what comes after a broken one was never answered for. */
export function* journalRows(path: string): Iterable<JournalRow> {
  const bytes = readFileSync(path);
  let at = 0;
  while (at + headBytes <= bytes.length) {
    const end = at + headBytes + bytes.readUInt32LE(at);
    if (end > bytes.length || crc32(bytes.subarray(at + headBytes, end)) !== bytes.readUInt32LE(at + 4)) return;
    yield* rowsOf(bytes, at + headBytes, end);
    at = end;
  }
}

/** Length and checksum of a frame; table, length of the key and of the text of a row. */
const headBytes = 8;
const rowHeadBytes = 9;
const letters: Readonly<Record<TableName, number>> = { state: 0x73, trail: 0x74, outbox: 0x6f };
const removedLength = 0xffff_ffff;

class FileJournal implements Journal {
  readonly #path: string;
  readonly #file: number;
  #frame = Buffer.allocUnsafe(frameBytesFirst);
  #end = headBytes;
  size = 0;

  constructor(path: string, file: number) {
    this.#path = path;
    this.#file = file;
  }

  add(table: TableName, key: string, text: string | null): void {
    // A code unit is three bytes of UTF-8 at most.
    this.#grow(rowHeadBytes + 3 * (key.length + (text?.length ?? 0)));
    const frame = this.#frame;
    const start = this.#end;
    frame[start] = letters[table];
    const keyLength = frame.write(key, start + rowHeadBytes);
    const textLength = text === null ? 0 : frame.write(text, start + rowHeadBytes + keyLength);
    frame.writeUInt32LE(keyLength, start + 1);
    frame.writeUInt32LE(text === null ? removedLength : textLength, start + 5);
    this.#end = start + rowHeadBytes + keyLength + textLength;
  }

  write(): void {
    const frame = this.#frame.subarray(0, this.#end);
    frame.writeUInt32LE(this.#end - headBytes, 0);
    frame.writeUInt32LE(crc32(frame.subarray(headBytes)), 4);
    for (let at = 0; at < frame.length; ) at += writeSync(this.#file, frame, at);
    this.size += this.#end;
    this.#end = headBytes;
  }

  flushed(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.#file, (error) => (error ? reject(error) : resolve()));
    });
  }

  remove(): void {
    closeSync(this.#file);
    rmSync(this.#path, { force: true });
  }

  #grow(more: number): void {
    const needed = this.#end + more;
    if (needed <= this.#frame.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#frame.length));
    this.#frame.copy(larger, 0, 0, this.#end);
    this.#frame = larger;
  }
}

function* rowsOf(bytes: Buffer, from: number, end: number): Iterable<JournalRow> {
  for (let at = from; at < end; ) {
    const table = tableOf(bytes[at]!);
    const keyLength = bytes.readUInt32LE(at + 1);
    const textLength = bytes.readUInt32LE(at + 5);
    const keyEnd = at + rowHeadBytes + keyLength;
    const textEnd = keyEnd + (textLength === removedLength ? 0 : textLength);
    const text = textLength === removedLength ? null : bytes.toString('utf8', keyEnd, textEnd);
    yield { table, key: bytes.toString('utf8', at + rowHeadBytes, keyEnd), text };
    at = textEnd;
  }
}

function tableOf(letter: number): TableName {
  for (const table of ['state', 'trail', 'outbox'] as const) if (letters[table] === letter) return table;
  throw new Error(`a journal names the table ${letter}, which there is not`);
}

/** A new file is durable when its folder is. */
function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
