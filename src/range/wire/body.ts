import { AwsError } from '../../aws/error.ts';
import { limits } from './limits.ts';

const empty = new Uint8Array(0);

/** Reads a body into memory, up to the limit. */
export async function readBody(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (body instanceof Uint8Array) {
    if (body.length > limits.bodyBytes) throw tooLarge();
    return body;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limits.bodyBytes) throw tooLarge();
    parts.push(part);
  }
  return parts.length === 0 ? empty : parts.length === 1 ? parts[0]! : Buffer.concat(parts, size);
}

function tooLarge(): AwsError {
  return new AwsError(
    'RequestEntityTooLargeException',
    `Request must be smaller than ${limits.bodyBytes} bytes for this operation`,
    { status: 413 },
  );
}
