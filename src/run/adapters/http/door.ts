import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Task } from '../../../range/clock.ts';
import { SmallRequest } from './small-request.ts';

/** Who comes through a door: a fact of the connection, which no header can change. */
export interface Identity {
  readonly sourceIp: string;
  /** By which clock its signatures are judged and its `Date` is sent. */
  readonly time: 'wall' | 'virtual';
  /** What holds the clock for a call through this door; undefined: an outside client, which enters by itself. */
  task?(): Strand | undefined;
}

/** One call's share of the hold of who makes it: released when the answer is sent. */
export type Strand = Task & { release(): void };

export interface ConnectionFacts {
  readonly sourceIp: string;
  readonly time: 'wall' | 'virtual';
  /** Scheme and authority of this door. */
  readonly endpoint: string;
  readonly task: Strand | undefined;
}

export type Serve = (request: SmallRequest, response: ServerResponse, connection: ConnectionFacts) => Promise<void>;

export interface Door {
  readonly url: string;
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly identity: Identity;
  readonly serve: Serve;
  /** A free port unless told. */
  readonly port?: number;
  /** What `serve` threw: our bug, since refusals are answers. */
  failed(error: unknown): void;
}

/** A loopback listener of its own for each who needs an address of its own. */
export async function openDoor({ identity, serve, port = 0, failed }: DoorOptions): Promise<Door> {
  let url = '';
  const server = createServer({ IncomingMessage: SmallRequest }, (request, response) => {
    void answer(request, response);
  });
  const answer = async (request: SmallRequest, response: ServerResponse) => {
    const { sourceIp, time } = identity;
    const task = identity.task?.();
    try {
      await serve(request, response, { sourceIp, time, endpoint: url, task });
    } catch (error) {
      // Who hung up within the request asks for nothing any more.
      if (request.complete || !request.destroyed) failed(error);
      response.destroy();
    } finally {
      task?.release();
    }
  };
  // A client of the range may think for hours of virtual time between two calls.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
