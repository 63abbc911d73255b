import { createServer } from 'node:net';
import { version } from '../root.ts';
import { doorPath } from './adapters/door/place.ts';
import { openDoor } from './adapters/door/server.ts';
import { openDoor as openHttp } from './adapters/http/door.ts';
import { serveGateway } from './adapters/http/gateway.ts';
import { doorAnswers } from './answers.ts';
import { WorldError } from './errors.ts';
import type { LocalRange } from './local.ts';
import { outsideAddress } from './outside-address.ts';

export interface Serving {
  readonly port: number;
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Opens the range to clients on loopback: the AWS endpoint, then the control door beside it. */
export async function serve(
  range: LocalRange,
  options: {
    readonly port: number;
    readonly region: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    failed(error: unknown): void;
  },
): Promise<Serving> {
  const http = await openHttp({
    identity: { sourceIp: outsideAddress, time: 'wall' },
    serve: serveGateway(range.gateway, range.clock),
    port: options.port,
    failed: options.failed,
  }).catch((error: unknown) => {
    throw portTaken(error, options.port);
  });
  const endpoint = http.url;
  range.reachedAt(endpoint);
  const port = Number(new URL(endpoint).port);
  const door = await openDoor(
    doorPath(port, options.env),
    version(),
    doorAnswers(range, { endpoint, region: options.region }),
  );
  return {
    port,
    endpoint,
    async close() {
      await door.close();
      await http.close();
    },
  };
}

/** Refuses a port that is in use now, before anybody waits for what will be served on it. */
export async function checkPort(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((free, taken) => {
    probe.once('error', (error) => taken(portTaken(error, port)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => free()));
  });
}

function portTaken(error: unknown, port: number): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error;
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
