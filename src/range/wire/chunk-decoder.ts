import { AwsError } from '../../aws/error.ts';
import { limits } from './limits.ts';

/** One chunk of an aws-chunked body; the last is empty. */
export interface Chunk {
  readonly data: Uint8Array;
  /** `chunk-signature`, where the body is signed by chunks. */
  readonly signature: string;
}

export interface ChunkDecoder {
  /** The chunks that these bytes complete. */
  push(bytes: Uint8Array): Chunk[];
  /** Throws where the body stopped too early. The trailers, in the order in which they came. */
  end(): readonly (readonly [name: string, value: string])[];
}

type Stage = 'size' | 'data' | 'trailer' | 'done';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
export function createChunkDecoder(): ChunkDecoder {
  let rest: Buffer = Buffer.alloc(0);
  let stage: Stage = 'size';
  let size = 0;
  let signature = '';
  const trailers: [string, string][] = [];

  const line = (limit: number): string | undefined => {
    const end = rest.indexOf('\r\n');
    if (end > limit || (end < 0 && rest.length > limit)) throw broken();
    if (end < 0) return undefined;
    const text = rest.toString('latin1', 0, end);
    rest = rest.subarray(end + 2);
    return text;
  };
  const steps: Record<Stage, (found: Chunk[]) => boolean> = {
    size(found) {
      const text = line(limits.chunkLineBytes);
      if (text === undefined) return false;
      const head = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(text);
      if (head === null) throw broken();
      size = Number.parseInt(head[1]!, 16);
      signature = head[2] ?? '';
      if (size > limits.chunkBytes) throw broken();
      if (size === 0) found.push({ data: new Uint8Array(0), signature });
      stage = size === 0 ? 'trailer' : 'data';
      return true;
    },
    data(found) {
      if (rest.length < size + 2) return false;
      if (rest[size] !== 13 || rest[size + 1] !== 10) throw broken();
      found.push({ data: rest.subarray(0, size), signature });
      rest = rest.subarray(size + 2);
      stage = 'size';
      return true;
    },
    trailer() {
      const text = line(limits.trailerBytes);
      if (text === undefined) return false;
      if (text === '') stage = 'done';
      else trailers.push(trailer(text));
      return stage !== 'done';
    },
    done: () => false,
  };
  return {
    push(bytes) {
      rest = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes]);
      const found: Chunk[] = [];
      while (steps[stage](found));
      return found;
    },
    end() {
      // Some clients leave out the empty line after the last chunk.
      if (stage !== 'done' && !(stage === 'trailer' && rest.length === 0)) throw incompleteBody();
      return trailers;
    },
  };
}

function trailer(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw broken();
  return [text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
}

function broken(): AwsError {
  const message =
    'The request body is not a valid aws-chunked encoding: expected <hex size>[;chunk-signature=...] lines.';
  return new AwsError('InvalidRequest', message, { status: 400 });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function incompleteBody(): AwsError {
  const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header.';
  return new AwsError('IncompleteBody', message, { status: 400 });
}
