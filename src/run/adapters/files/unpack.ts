import { closeSync, createReadStream, openSync, type ReadStream, readFileSync, readSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import { Decompress } from 'fzstd';
import { drained } from '../drained.ts';
import { Inflater } from './inflater.ts';

/** Bytes of one file as they were before packing, in pieces; `last` comes exactly once. */
export type Piece = { readonly bytes: Uint8Array; readonly last: boolean };

/**
 * Pieces of a file. Small ones are unpacked at once, which is twice as fast; memory never holds a whole large one.
 * `opened` is given what tells how much of a large one is read. In a room a piece is valid until the next is asked for.
 */
export async function* piecesOfFile(
  path: string,
  room?: PieceRoom,
  opened: (file: Pick<ReadStream, 'bytesRead'>) => void = () => undefined,
): AsyncGenerator<Piece> {
  const { size } = statSync(path);
  const whole =
    size <= limits.wholeBytes ? (room?.unpacked(path, size) ?? unpackedAtOnce(readFileSync(path))) : undefined;
  if (whole !== undefined) yield* slicesOf(whole);
  else {
    const stream = createReadStream(path, { highWaterMark: limits.pieceBytes });
    opened(stream);
    yield* piecesOf(stream, limits.pieceBytes, room?.gather);
  }
}

/** What is made of a piece lies beside it, so a piece has its bound. */
function* slicesOf(bytes: Uint8Array): Generator<Piece> {
  for (let at = 0; ; at += limits.sliceBytes) {
    const last = at + limits.sliceBytes >= bytes.length;
    yield { bytes: bytes.subarray(at, at + limits.sliceBytes), last };
    if (last) return;
  }
}

/**
 * Pieces of a stream, packed or not: told by its first bytes. `enough`: bytes that are gathered before they are given; 0
 * gives each chunk as it comes, for a stream that somebody else is still writing.
 */
export async function* piecesOf(
  stream: Readable,
  enough: number = limits.pieceBytes,
  gather: Gather = concat,
): AsyncGenerator<Piece> {
  let held: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of unpacked(stream)) {
      held.push(chunk);
      size += chunk.length;
      if (size < enough) continue;
      yield { bytes: gather(held), last: false };
      held = [];
      size = 0;
    }
  } catch (error) {
    // What came before the damage is given before its error is thrown.
    yield { bytes: Buffer.concat(held), last: false };
    throw error;
  }
  yield { bytes: gather(held), last: true };
}

/** Makes one piece of chunks. */
export type Gather = (chunks: readonly Uint8Array[]) => Uint8Array;

const concat: Gather = (chunks) => Buffer.concat(chunks);

/** Memory that is used again, one piece after the other: for who copies each before asking for the next. */
export class PieceRoom {
  readonly #inflater = new Inflater();
  #gathered = Buffer.alloc(0);

  /** A file of so many bytes. What the usual road reads is undefined: large, damaged, or no gzip. */
  unpacked(path: string, size: number): Uint8Array | undefined {
    const length = readInto(this.#inflater.input(size), path);
    return length === undefined ? undefined : this.#inflater.unpacked(length, limits.unpackedBytes);
  }

  readonly gather: Gather = (chunks) => {
    const size = chunks.reduce((sum, { length }) => sum + length, 0);
    // Longer than the piece, so that nobody takes it for memory that may be given away.
    if (this.#gathered.length <= size) this.#gathered = Buffer.allocUnsafeSlow(size + limits.pieceBytes);
    let at = 0;
    for (const chunk of chunks) {
      this.#gathered.set(chunk, at);
      at += chunk.length;
    }
    return this.#gathered.subarray(0, size);
  };
}

/** How much there is of a gzip file, which may be read while it grows or is cut. */
function readInto(memory: Uint8Array, path: string): number | undefined {
  const file = openSync(path, 'r');
  try {
    let length = readSync(file, memory, 0, Math.min(memory.length, 2), null);
    if (length < 2 || !isGzip(memory)) return undefined;
    for (let read = -1; read !== 0 && length < memory.length; length += read) {
      read = readSync(file, memory, length, memory.length - length, null);
    }
    return length;
  } finally {
    closeSync(file);
  }
}

const limits = {
  /** Packed size up to which a file is read at once, and what it may unpack to. */
  wholeBytes: 2 * 1024 * 1024,
  unpackedBytes: 16 * 1024 * 1024,
  pieceBytes: 1024 * 1024,
  /** A usual file of CloudTrail is one slice. */
  sliceBytes: 2 * 1024 * 1024,
} as const;

/** The bytes of a whole small file; undefined where only the stream can read it. */
export function unpackedAtOnce(bytes: Buffer): Uint8Array | undefined {
  if (isZstd(bytes)) return undefined;
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { chunkSize: chunkSize(bytes), maxOutputLength: limits.unpackedBytes });
  } catch (error) {
    // Too large at once, or cut: the stream gives what there is.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** All in one chunk and with room for an end mark, so that nobody copies it: gzip tells the size at its end. */
function chunkSize(packed: Buffer): number {
  const told = packed.length < 8 ? 0 : packed.readUInt32LE(packed.length - 4);
  // Of several members it is the size of the last; larger chunks than needed would cost page faults.
  return told >= packed.length && told <= limits.unpackedBytes ? told + 2 : 256 * 1024;
}

async function* unpacked(stream: Readable): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done === true) return;
  const all = joined(first.value, chunks);
  if (isGzip(first.value)) yield* gunzipped(all);
  else if (isZstd(first.value)) yield* zstdUnpacked(all);
  else yield* all;
}

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const feeding = (async () => {
    for await (const chunk of chunks) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) await drained(gunzip);
    }
    gunzip.end();
  })();
  feeding.catch((error: Error) => gunzip.destroy(error));
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } finally {
    gunzip.destroy();
  }
}

async function* zstdUnpacked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const decompress = new Decompress((chunk) => void ready.push(chunk));
  for await (const chunk of chunks) {
    decompress.push(chunk);
    yield* ready;
    ready = [];
  }
  decompress.push(new Uint8Array(0), true);
  yield* ready;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function isZstd(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
}
