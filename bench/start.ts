import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootPath } from '../src/root.ts';
import { ask } from '../src/run/adapters/door/client.ts';
import { freePort } from '../test/support/port.ts';
import { type Figure, figureOf } from './figure.ts';
import { requestBytes, sendOne } from './light-client.ts';
import type { BenchKeys } from './sign.ts';

const rounds = 5;
const lookMs = 5;
/** Long enough for what starts late to be there, such as a first collection of garbage. */
const idleMs = 2_000;

/** A process of `yagura start` with a durable store: to its first answered call, and what it keeps when idle. */
export async function start(): Promise<readonly Figure[]> {
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'yagura-bench-'));
    try {
      const { took, kept } = await started(folder);
      seconds.push(took);
      megabytes.push(kept);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return [
    figureOf('start to the first answered call', seconds, {
      unit: 's',
      atMost: 1,
      beside: 'wall time of yagura start --data',
    }),
    figureOf('memory, idle', megabytes, { unit: 'MB', atMost: 120, beside: 'resident, after one call' }),
  ];
}

async function started(folder: string): Promise<{ readonly took: number; readonly kept: number }> {
  const port = await freePort();
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder };
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [rootPath('bin', 'yagura.mjs'), 'start', '--data', join(folder, 'range'), '--port', String(port)],
    { env, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const exit = once(child, 'exit');
  try {
    while (!(await isOpen(port))) await sleep(lookMs);
    const body = Buffer.from('Action=GetCallerIdentity&Version=2011-06-15');
    const contentType = 'application/x-www-form-urlencoded';
    const plain = { method: 'POST', path: '/', host: `127.0.0.1:${port}`, service: 'sts', contentType, body };
    await sendOne(port, requestBytes(plain, await keysOf(port, env)));
    const took = (performance.now() - began) / 1_000;
    await sleep(idleMs);
    const kept = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1_024;
    return { took, kept };
  } finally {
    child.kill('SIGTERM');
    await exit;
  }
}

/** The door opens a moment after the endpoint. */
async function keysOf(port: number, env: Readonly<Record<string, string>>): Promise<BenchKeys> {
  for (;;) {
    const keys = await ask(port, env, 'credentials').catch(() => undefined);
    if (keys !== undefined) return keys as BenchKeys;
    await sleep(lookMs);
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const say = (open: boolean) => {
      socket.destroy();
      done(open);
    };
    socket.once('connect', () => say(true));
    socket.once('error', () => say(false));
  });
}
