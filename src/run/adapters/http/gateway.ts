import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../range/clock.ts';
import type { Gateway } from '../../../range/gateway.ts';
import type { Serve } from './door.ts';

/** What a door serves: node:http's request in, the gateway's answer out. */
export function serveGateway(gateway: Gateway, clock: Pick<Clock, 'now'>): Serve {
  return async (request, response, connection) => {
    const rendered = await gateway.serve(
      { method: request.method ?? 'GET', target: request.url ?? '/', headers: flat(request), body: request },
      connection,
    );
    // An SDK that sees another time than its own adopts it, and signs its next request by it.
    if (connection.time === 'virtual') response.setHeader('date', new Date(clock.now()).toUTCString());
    response.writeHead(rendered.status, rendered.headers);
    await send(response, rendered.body);
    // What a refused upload still sends must not be read as the next request.
    if (!request.complete) request.resume();
  };
}

async function send(response: ServerResponse, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  if (body instanceof Uint8Array) {
    response.end(body);
    return;
  }
  for await (const chunk of body) {
    if (response.destroyed) return;
    if (!response.write(chunk)) {
      await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    }
  }
  response.end();
}

function flat(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}
