import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDoor } from '../src/run/adapters/http/door.ts';
import { serveGateway } from '../src/run/adapters/http/gateway.ts';
import { openRange } from '../src/run/local.ts';
import { sendMany } from './light-client.ts';
import { self } from './self.ts';
import type { BenchKeys } from './sign.ts';

/** A server in a process of its own, so that the CPU time it tells is the server's alone. */
export interface Served {
  readonly port: number;
  readonly keys: BenchKeys;
  readonly account: string;
  /** CPU seconds that it has spent so far. */
  cpu(): Promise<number>;
  /** CPU seconds that it spends when a client in its own process sends it these. */
  cpuWithClient(requests: readonly Buffer[], count: number): Promise<number>;
  end(): Promise<void>;
}

/** `synced` is a range whose answers wait for the disk. */
export type Kind = 'hello' | 'range' | 'synced';

/** Starts this very bundle again, as a server. */
export async function startServer(kind: Kind): Promise<Served> {
  const child = fork(self, ['serve', kind], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const next = async () => (await once(child, 'message'))[0] as Record<string, unknown>;
  const cpuAfter = async (asked: Asked) => {
    const answer = next();
    child.send(asked);
    return (await answer)['cpu'] as number;
  };
  const ready = await next();
  return {
    port: ready['port'] as number,
    keys: ready['keys'] as BenchKeys,
    account: ready['account'] as string,
    cpu: () => cpuAfter({ requests: [], count: 0 }),
    cpuWithClient: (requests, count) =>
      cpuAfter({ requests: requests.map((request) => request.toString('latin1')), count }),
    async end() {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}

/** How a started process is asked for its CPU time: since its start, or for sending itself so many requests. */
interface Asked {
  readonly requests: readonly string[];
  readonly count: number;
}

/** What the started process does, until its parent lets go of it. */
export async function serveAs(kind: Kind): Promise<void> {
  const served = kind === 'hello' ? await hello() : await durableRange(kind === 'synced');
  process.on('message', async ({ requests, count }: Asked) => {
    const bytes = requests.map((request) => Buffer.from(request, 'latin1'));
    const before = count > 0 ? process.cpuUsage() : undefined;
    if (count > 0) await sendMany(served.port, bytes, count);
    const { user, system } = process.cpuUsage(before);
    process.send?.({ cpu: (user + system) / 1e6 });
  });
  process.once('disconnect', () => {
    void served.end().then(() => process.exit());
  });
  process.send?.({ port: served.port, keys: served.keys, account: served.account });
}

async function hello() {
  const server = createServer((_request, response) => response.end('hello'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    keys: undefined,
    account: '',
    async end() {
      server.closeAllConnections();
    },
  };
}

/** As `yagura start` makes it: LMDB in a folder, clock at the pace of the wall. */
async function durableRange(sync: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-bench-'));
  const crashed = (error: unknown) => console.error(error);
  const range = await openRange({ folder, sync, seed: 'bench', from: Date.now(), vintage: 'now', crashed });
  const door = await openDoor({
    identity: { sourceIp: '203.0.113.10', time: 'wall' },
    serve: serveGateway(range.gateway, range.clock),
    failed: crashed,
  });
  range.clock.pace(1);
  return {
    port: Number(new URL(door.url).port),
    keys: range.administrator,
    account: range.account,
    async end() {
      await door.close();
      await range.close();
      rmSync(folder, { recursive: true });
    },
  };
}
