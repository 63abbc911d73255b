import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bareEnvironment } from '../../scripts/clients.mjs';
import { rootPath } from '../../src/root.ts';
import { freePort } from '../support/port.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A range as anybody starts it, in a process of its own, and its first administrator's keys as `credentials` prints them. */
export interface StartedRange {
  readonly endpoint: string;
  /** What clients run with: these keys and nothing of the machine's. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder that ends with the range. */
  readonly folder: string;
  yagura(...args: readonly string[]): Promise<Ran>;
  /** The same with more in its environment. */
  yaguraWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran>;
  end(): Promise<void>;
}

export async function startRange(...flags: readonly string[]): Promise<StartedRange> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-tour-'));
  const own = { ...bareEnvironment, HOME: folder, TMPDIR: folder };
  const port = String(await freePort());
  const bin = rootPath('bin', 'yagura.mjs');
  const child = spawn(process.execPath, [bin, 'start', '--memory', '--seed', 'tour', '--port', port, ...flags], {
    env: own,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const yaguraWith: StartedRange['yaguraWith'] = (env, ...args) =>
    run(process.execPath, [bin, ...args, '--port', port], { ...own, ...env });
  const yagura: StartedRange['yagura'] = (...args) => yaguraWith({}, ...args);
  await once(createInterface(child.stdout), 'line');
  const { out } = await yagura('credentials');
  const exports = Object.fromEntries(
    [...out.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  return {
    endpoint: `http://127.0.0.1:${port}`,
    env: { ...own, ...exports },
    folder,
    yagura,
    yaguraWith,
    async end() {
      child.kill('SIGTERM');
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((done) => {
    execFile(program, args, { env, maxBuffer: 2 ** 26 }, (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}
