import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import { luck } from '../../src/range/clock/luck.ts';
import { rootPath } from '../../src/root.ts';
import { openLmdbStore } from '../../src/run/adapters/store/lmdb.ts';
import { type CallerState, faults } from './model.ts';

export interface KillOptions {
  readonly kills: number;
  readonly seed: string;
  readonly sync?: boolean;
  /** The control: a worker that answers too early. */
  readonly broken?: boolean;
  progress?(kill: number): void;
}

export interface KillReport {
  readonly kills: number;
  readonly answered: number;
  readonly faults: readonly string[];
}

/** Kills a writing process again and again at moments of luck, and looks each time whether all that was answered is there. */
export async function killAgainAndAgain(options: KillOptions): Promise<KillReport> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-crash-'));
  const known = new Map<string, CallerState>();
  const random = luck(options.seed);
  const found: string[] = [];
  let answers = 0;
  const worker = await bundledWorker();
  try {
    for (let kill = 1; kill <= options.kills; kill++) {
      const answered = await runAndKill(options, worker, folder, random() * 150);
      const store = openLmdbStore({ folder, freeBytesMin: 0 });
      for (const [caller, count] of answered) answers += count - (known.get(caller)?.count ?? 0);
      found.push(...faults(store, answered, known).map((fault) => `kill ${kill}: ${fault}`));
      await store.close();
      options.progress?.(kill);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(worker);
  }
  return { kills: options.kills, answered: answers, faults: found };
}

/** The highest count that each caller was answered. */
async function runAndKill(
  options: KillOptions,
  worker: string,
  folder: string,
  afterMs: number,
): Promise<Map<string, number>> {
  const flags = [options.sync ? 'sync' : '', options.broken ? 'broken' : ''].filter((flag) => flag !== '');
  const child = spawn(process.execPath, [worker, folder, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const answered = new Map<string, number>();
  const lines = createInterface({ input: child.stdout });
  const opened = new Promise<void>((resolve, reject) => {
    child.once('exit', (status) => reject(new Error(`the worker ended by itself with status ${status}`)));
    lines.on('line', (line) => {
      if (line === 'open') resolve();
      const space = line.lastIndexOf(' ');
      // A kill may cut the last line.
      if (space > 0 && /^caller\/.\/.+ \d+$/.test(line))
        answered.set(line.slice(0, space), Number(line.slice(space + 1)));
    });
  });
  const read = new Promise<void>((resolve) => lines.once('close', resolve));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await opened;
  await setTimeout(afterMs);
  child.kill('SIGKILL');
  await Promise.all([read, exited]);
  return answered;
}

/** Node 20 starts no TypeScript; inside the checkout, so that it finds the packages. */
async function bundledWorker(): Promise<string> {
  await mkdir(rootPath('.build'), { recursive: true });
  const outfile = rootPath('.build', `crash-worker-${process.pid}-${Date.now()}.mjs`);
  const entryPoints = [rootPath('test', 'crash', 'worker.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', packages: 'external' });
  return outfile;
}
