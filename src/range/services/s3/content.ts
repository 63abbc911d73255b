import { createHash, hash } from 'node:crypto';
import { AwsError } from '../../../aws/error.ts';
import { blobDropping } from '../../drop-blob.ts';
import type { Call, Preparation } from '../../operation.ts';
import type { Blobs } from '../../store/port.ts';
import { type ChecksumName, checksums, createChecksum } from '../../wire/checksum.ts';
import { SmallBody } from '../../wire/small-body.ts';
import { inlineBodyBytesMax, singlePutBytesMax } from './limits.ts';
import { bodies, type Content } from './tables.ts';

/** A body that was read whole, and what is known of it then. */
export interface Received {
  readonly size: number;
  readonly md5: Buffer;
  readonly checksum: Readonly<Record<string, string>>;
  readonly bytes?: Buffer;
  readonly file?: string;
}

type Body = AsyncIterable<Uint8Array> | Uint8Array | undefined;

/** Takes a body, hashing as it goes: a small one into memory, a larger one into a blob. What is there needs no waiting. */
export function receive(
  body: Body,
  algorithm: string | undefined,
  preparation: Pick<Preparation, 'blobs'>,
  into: 'either' | 'blob' = 'either',
): Received | Promise<Received> {
  const sum = sumOf(algorithm);
  if (!(body instanceof SmallBody) || into === 'blob') return received(body, sum, preparation, into);
  const bytes = body.bytes();
  if (bytes.length > inlineBodyBytesMax) return received(bytes, sum, preparation, into);
  sum?.update(bytes);
  const md5 = hash('md5', bytes, 'buffer');
  // A view and no copy: nothing comes between this and the commit that keeps it.
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return { size: bytes.length, md5, checksum: sum?.shown() ?? {}, bytes: view };
}

interface Sum {
  update(part: Uint8Array): void;
  shown(): Readonly<Record<string, string>>;
}

function sumOf(algorithm: string | undefined): Sum | undefined {
  const name = checksums.find((each) => each === algorithm?.toLowerCase());
  if (name === undefined) return undefined;
  const sum = createChecksum(name);
  return {
    update: (part) => sum.update(part),
    shown: () => ({ [checksumMembers[name]]: sum.base64() }),
  };
}

async function received(
  body: Body,
  sum: Sum | undefined,
  { blobs }: Pick<Preparation, 'blobs'>,
  into: 'either' | 'blob',
): Promise<Received> {
  const md5 = createHash('md5');
  let size = 0;
  const seen = (part: Uint8Array) => {
    size += part.length;
    if (size > singlePutBytesMax) throw tooLarge(size);
    md5.update(part);
    sum?.update(part);
    return part;
  };
  const head: Uint8Array[] = [];
  const parts = chunksOf(body)[Symbol.asyncIterator]();
  let next = await parts.next();
  while (!next.done && size <= inlineBodyBytesMax) {
    head.push(seen(next.value));
    if (size <= inlineBodyBytesMax) next = await parts.next();
  }
  const result = () => ({ size, md5: md5.digest(), checksum: sum?.shown() ?? {} });
  if (size <= inlineBodyBytesMax && into === 'either') return { ...result(), bytes: Buffer.concat(head) };
  const { file } = await blobs.write(rest(head, parts, seen));
  return { ...result(), file };
}

async function* rest(
  head: readonly Uint8Array[],
  parts: AsyncIterator<Uint8Array>,
  seen: (part: Uint8Array) => Uint8Array,
): AsyncGenerator<Uint8Array> {
  yield* head;
  for (let next = await parts.next(); !next.done; next = await parts.next()) yield seen(next.value);
}

async function* chunksOf(body: Body): AsyncGenerator<Uint8Array> {
  if (body === undefined) return;
  if (body instanceof Uint8Array) yield body;
  else yield* body;
}

function tooLarge(size: number): AwsError {
  const message = 'Your proposed upload exceeds the maximum allowed size';
  const members = { ProposedSize: size, MaxSizeAllowed: singlePutBytesMax };
  return new AwsError('EntityTooLarge', message, { status: 400, members });
}

/** The checksum that a call asks for, by its name or because it brings one. */
export function checksumAsked(input: Readonly<Record<string, unknown>>): ChecksumName | undefined {
  const named = input['ChecksumAlgorithm'];
  const byName = typeof named === 'string' ? named.toLowerCase() : '';
  return checksums.find((each) => byName === each || input[checksumMembers[each]] !== undefined);
}

const checksumMembers: Readonly<Record<ChecksumName, string>> = {
  crc32: 'ChecksumCRC32',
  crc32c: 'ChecksumCRC32C',
  sha1: 'ChecksumSHA1',
  sha256: 'ChecksumSHA256',
};

/** Keeps what was received, in the commit that makes the object. */
export function keep(call: Call, received: Received): Content {
  if (received.file !== undefined)
    return { size: received.size, files: [{ file: received.file, size: received.size }] };
  const inline = call.ids.hex(32);
  bodies.put(call, inline, received.bytes!.toString('base64'));
  return { size: received.size, inline };
}

/** Bytes from `start` up to and without `end`. */
export function bytesOf(
  content: Content,
  inline: string | undefined,
  blobs: Blobs,
  start = 0,
  end = content.size,
): AsyncIterable<Uint8Array> {
  if (inline === undefined) return bytesOfFiles(content, blobs, start, end);
  return new SmallBody(() => Buffer.from(inline, 'base64').subarray(start, end));
}

async function* bytesOfFiles(content: Content, blobs: Blobs, start: number, end: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const { file, size } of content.files ?? []) {
    if (at + size > start && at < end) yield* within(blobs.read(file), at, start, end);
    at += size;
  }
}

async function* within(
  parts: AsyncIterable<Uint8Array>,
  from: number,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let at = from;
  for await (const part of parts) {
    const piece = part.subarray(Math.max(0, start - at), Math.max(0, end - at));
    at += part.length;
    if (piece.length > 0) yield piece;
    if (at >= end) return;
  }
}

/** Of objects that are gone. */
export const { drop: dropFile, consumer: fileDropping } = blobDropping('s3.drop');
