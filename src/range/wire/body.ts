import { AwsError } from '../../aws/error.ts';
import { limits } from './limits.ts';
import type { Protocol } from './message.ts';

const empty = new Uint8Array(0);

/** Reads a body into memory, up to the limit. */
export async function readBody(body: Uint8Array | AsyncIterable<Uint8Array>, protocol: Protocol): Promise<Uint8Array> {
  if (body instanceof Uint8Array) {
    if (body.length > limits.bodyBytes) throw tooLarge(protocol);
    return body;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limits.bodyBytes) throw tooLarge(protocol);
    parts.push(part);
  }
  return parts.length === 0 ? empty : parts.length === 1 ? parts[0]! : Buffer.concat(parts, size);
}

/** S3 has words of its own. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function tooLarge(protocol: Protocol): AwsError {
  if (protocol === 'rest-xml')
    return new AwsError('MaxMessageLengthExceeded', 'Your request was too large.', { status: 400 });
  return new AwsError(
    'RequestEntityTooLargeException',
    `Request must be smaller than ${limits.bodyBytes} bytes for this operation`,
    { status: 413 },
  );
}
