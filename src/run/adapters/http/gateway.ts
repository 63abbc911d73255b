import type { ServerResponse } from 'node:http';
import { AwsError } from '../../../aws/error.ts';
import type { Clock } from '../../../range/clock.ts';
import type { Gateway } from '../../../range/gateway.ts';
import { drained } from '../drained.ts';
import type { Serve } from './door.ts';
import { smallBodyBytesMax } from './limits.ts';
import type { SmallRequest } from './small-request.ts';

/** What a door serves: node:http's request in, the gateway's answer out. */
export function serveGateway(gateway: Gateway, clock: Pick<Clock, 'now'>): Serve {
  return async (request, response, connection) => {
    const rendered = await gateway.serve(
      {
        method: request.method ?? 'GET',
        target: request.url ?? '/',
        headers: flat(request),
        body: await bodyOf(request),
      },
      connection,
    );
    // An SDK that sees another time than its own adopts it, and signs its next request by it.
    if (connection.time === 'virtual') response.setHeader('date', new Date(clock.now()).toUTCString());
    response.writeHead(rendered.status, rendered.headers);
    if (typeof rendered.body === 'string') {
      // As many bytes as letters: then it is ASCII, and node writes head and body at once.
      response.end(
        rendered.body,
        rendered.headers['content-length'] === String(rendered.body.length) ? 'latin1' : 'utf8',
      );
    } else await send(response, rendered.body);
    // What a refused upload still sends must not be read as the next request.
    if (!request.complete) request.resume();
  };
}

/** A body that says it is small is read before the call begins: that costs less than a stream for each. */
function bodyOf(request: SmallRequest): AsyncIterable<Uint8Array> | Uint8Array | Promise<Uint8Array> {
  const { 'transfer-encoding': coding, 'content-length': length } = request.headers;
  if (coding !== undefined) return streamed(request);
  if (length === undefined) return nothing;
  return Number(length) <= smallBodyBytesMax ? request.whole() : streamed(request);
}

/** A body that breaks off is the client's mistake, and no bug of the range. */
async function* streamed(request: SmallRequest): AsyncIterable<Uint8Array> {
  try {
    yield* request;
  } catch (error) {
    if (!request.destroyed) throw error;
    // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    const words = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
    throw new AwsError('IncompleteBody', words, { status: 400 });
  }
}

const nothing = Buffer.alloc(0);

async function send(response: ServerResponse, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  if (body instanceof Uint8Array) {
    // Node writes head and body at once where the body is text, and its Latin-1 has a letter for each byte.
    if (body.length > smallBodyBytesMax) response.end(body);
    else response.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'), 'latin1');
    return;
  }
  for await (const chunk of body) {
    if (response.destroyed) return;
    if (!response.write(chunk)) {
      await drained(response);
    }
  }
  response.end();
}

function flat(request: SmallRequest): Readonly<Record<string, string>> {
  const { headers: given } = request;
  // Only this one comes as a list.
  if (given['set-cookie'] === undefined) return given as Record<string, string>;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}
