import { createHash } from 'node:crypto';
import { AwsError } from '../../aws/error.ts';
import { type Checksum, type ChecksumName, checksums, createChecksum } from './checksum.ts';
import { type Chunk, createChunkDecoder, incompleteBody } from './chunk-decoder.ts';
import type { RawRequest } from './message.ts';
import { refuse } from './sigv4/refusals.ts';
import { sha256Hex } from './sigv4/signing-key.ts';
import { contentMismatch, type PayloadGuard, type Signed } from './sigv4/verify.ts';
import { SmallBody } from './small-body.ts';
import type { Routed } from './wire.ts';

type Body = RawRequest['body'];

/** A step over a body's parts that throws AwsError where the whole is not what was promised. */
interface Stage {
  push(bytes: Uint8Array): Uint8Array[];
  end(): void;
}

/** The request's body without its transfer coding; reading it to the end proves signature, length and checksums. */
export function guardedBody({ operation, request }: Routed, signed: Signed | undefined): Body {
  const { body, headers } = request;
  const guard = signed?.payload ?? unguarded;
  const promised = promisedStages(headers, guard, operation);
  if (promised.length === 0) {
    if (guard.kind !== 'sha256') return body;
    // Without the object of a hash that grows, which most small bodies need not.
    if (body instanceof SmallBody) return new SmallBody(() => proved(body.bytes(), guard.hex));
  }
  const stages = guard.kind === 'sha256' ? [contentHash(guard.hex), ...promised] : promised;
  if (body instanceof SmallBody) return new SmallBody(() => whole(body.bytes(), stages));
  return body instanceof Uint8Array ? whole(body, stages) : parts(body, stages);
}

const unguarded: PayloadGuard = { kind: 'none' };

/** What headers say of the body besides the hash that was signed. */
function promisedStages(headers: RawRequest['headers'], guard: PayloadGuard, operation: string): readonly Stage[] {
  const stages: Stage[] = [];
  if (isChunked(headers)) stages.push(unchunked(headers, guard));
  // There the checksums are those of the object, not of the body.
  if (operation !== 'CompleteMultipartUpload') {
    for (const [name, header] of checksumHeaders) {
      const expected = headers[header];
      if (expected !== undefined) stages.push(declaredChecksum(name, expected));
    }
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined) stages.push(contentMd5(md5));
  return stages;
}

const checksumHeaders = checksums.map((name) => [name, `x-amz-checksum-${name}`] as const);

function isChunked(headers: RawRequest['headers']): boolean {
  return (
    headers['content-encoding']?.includes('aws-chunked') === true ||
    headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true
  );
}

function whole(body: Uint8Array, stages: readonly Stage[]): Uint8Array {
  const found = through(body, stages);
  for (const stage of stages) stage.end();
  return found.length === 1 ? found[0]! : Buffer.concat(found);
}

async function* parts(body: AsyncIterable<Uint8Array>, stages: readonly Stage[]): AsyncGenerator<Uint8Array> {
  for await (const part of body) yield* through(part, stages);
  for (const stage of stages) stage.end();
}

function through(bytes: Uint8Array, stages: readonly Stage[]): Uint8Array[] {
  let flow = [bytes];
  for (const stage of stages) flow = flow.flatMap((part) => stage.push(part));
  return flow;
}

/** A body that is there, proved by one hash at once. */
function proved(bytes: Uint8Array, declared: string): Uint8Array {
  const computed = sha256Hex(bytes);
  if (computed !== declared) throw contentMismatch(declared, computed);
  return bytes;
}

function contentHash(declared: string): Stage {
  const hash = createHash('sha256');
  return {
    push(bytes) {
      hash.update(bytes);
      return [bytes];
    },
    end() {
      const computed = hash.digest('hex');
      if (computed !== declared) throw contentMismatch(declared, computed);
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html */
function unchunked(headers: RawRequest['headers'], guard: PayloadGuard): Stage {
  const decoder = createChunkDecoder();
  const signatures = guard.kind === 'signed-chunks' ? chunkSignatures(guard) : undefined;
  const named = (headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const sums = new Map<string, Checksum>();
  for (const name of checksums) {
    if (named.includes(`x-amz-checksum-${name}`)) sums.set(`x-amz-checksum-${name}`, createChecksum(name));
  }
  let length = 0;
  return {
    push(bytes) {
      const found: Uint8Array[] = [];
      for (const chunk of decoder.push(bytes)) {
        signatures?.check(chunk);
        length += chunk.data.length;
        for (const sum of sums.values()) sum.update(chunk.data);
        if (chunk.data.length > 0) found.push(chunk.data);
      }
      return found;
    },
    end() {
      const trailers = decoder.end();
      const declared = headers['x-amz-decoded-content-length'];
      if (declared !== undefined && Number(declared) !== length) throw incompleteBody();
      signatures?.checkTrailers(trailers, named[0] !== '');
      for (const [name, value] of trailers) {
        const sum = sums.get(name);
        if (sum !== undefined && sum.base64() !== value) throw badChecksum(name);
      }
    },
  };
}

interface ChunkSignatures {
  check(chunk: Chunk): void;
  checkTrailers(trailers: readonly (readonly [string, string])[], expected: boolean): void;
}

function chunkSignatures({ key, context, seed }: Extract<PayloadGuard, { kind: 'signed-chunks' }>): ChunkSignatures {
  let previous = seed;
  const emptyHash = sha256Hex('');
  const step = (algorithm: string, hashes: string, given: string) => {
    const expected = key.sign(`${algorithm}\n${context}\n${previous}\n${hashes}`);
    if (expected !== given) throw refuse('mismatch', 's3');
    previous = expected;
  };
  return {
    check: ({ data, signature }) => step('AWS4-HMAC-SHA256-PAYLOAD', `${emptyHash}\n${sha256Hex(data)}`, signature),
    checkTrailers(trailers, expected) {
      if (!expected) return;
      const signature = trailers.find(([name]) => name === 'x-amz-trailer-signature')?.[1] ?? '';
      const others = trailers.filter(([name]) => name !== 'x-amz-trailer-signature');
      const text = others.map(([name, value]) => `${name}:${value}\n`).join('');
      step('AWS4-HMAC-SHA256-TRAILER', sha256Hex(text), signature);
    },
  };
}

function declaredChecksum(name: ChecksumName, expected: string): Stage {
  const sum = createChecksum(name);
  return {
    push(bytes) {
      sum.update(bytes);
      return [bytes];
    },
    end() {
      if (sum.base64() !== expected) throw badChecksum(`x-amz-checksum-${name}`);
    },
  };
}

function contentMd5(expected: string): Stage {
  const hash = createHash('md5');
  return {
    push(bytes) {
      hash.update(bytes);
      return [bytes];
    },
    end() {
      if (hash.digest('base64') === expected) return;
      const message = 'The Content-MD5 you specified did not match what we received.';
      throw new AwsError('BadDigest', message, { status: 400, members: { ExpectedDigest: expected } });
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function badChecksum(header: string): AwsError {
  const name = header.replace('x-amz-checksum-', '').toUpperCase();
  return new AwsError('BadDigest', `The ${name} you specified did not match the calculated checksum.`, { status: 400 });
}
