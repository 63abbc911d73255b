import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WorldError } from '../../../cli/errors.ts';
import type { Connection } from '../../../range/chain/exchange.ts';
import type { Gateway } from '../../../range/gateway.ts';
import { headerBytesMax, requestMsMax } from './limits.ts';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A loopback socket in front of the gateway. Whoever connects here calls from the address and by the clock that the
 * socket was opened for: a caller's address comes from its connection, never from a header.
 */
export async function listen(
  gateway: Gateway,
  port: number,
  connection: Omit<Connection, 'endpoint'>,
): Promise<Listening> {
  const server = createServer({ maxHeaderSize: headerBytesMax, requestTimeout: requestMsMax }, (request, response) => {
    answer(gateway, connection, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portTaken(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return { port: bound, close: () => close(server) };
}

async function answer(
  gateway: Gateway,
  connection: Omit<Connection, 'endpoint'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers = flat(request);
  const rendered = await gateway.serve(
    { method: request.method ?? 'GET', target: request.url ?? '/', headers, body: request },
    { ...connection, endpoint: `http://${headers['host'] ?? '127.0.0.1'}` },
  );
  response.writeHead(rendered.status, rendered.headers);
  if (rendered.body instanceof Uint8Array) {
    response.end(rendered.body);
  } else {
    for await (const chunk of rendered.body) {
      if (!response.write(chunk))
        await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
      if (response.destroyed) break;
    }
    response.end();
  }
  // What a refused upload still sends must not be read as the next request.
  if (!request.complete) request.resume();
}

function flat(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function portTaken(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new WorldError(
    {
      code: 'RANGE_PORT_TAKEN',
      message: { en: `127.0.0.1:${port} is in use`, ja: `127.0.0.1:${port} は使用中です` },
      expected: { en: 'a free port for the range', ja: 'レンジのための空きポート' },
      hint: `--port ${port + 100}`,
    },
    error,
  );
}
