import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { esm, standApart } from '../../scripts/bundle.mjs';
import { builtPath, rootPath } from '../../src/root.ts';

export interface Started {
  readonly url: string;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<void>;
}

/** Starts the worker; no file of it may get larger than the limit, where one is given: a full disk without a disk. */
export async function started(
  worker: string,
  folder: string,
  { sync = false, fileKibibytesMax }: { readonly sync?: boolean; readonly fileKibibytesMax?: number } = {},
): Promise<Started> {
  const limit = fileKibibytesMax === undefined ? '' : `ulimit -f ${fileKibibytesMax}; `;
  const command = ['bash', process.execPath, worker, folder, ...(sync ? ['sync'] : [])];
  const child = spawn('bash', ['-c', `${limit}exec "$@"`, ...command], {
    stdio: ['ignore', 'pipe', fileKibibytesMax === undefined ? 'inherit' : 'ignore'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error(`the range ended by itself with ${child.exitCode}`)));
  });
  return { url, ended, kill: (signal) => void child.kill(signal) };
}

/** Node 20 starts no TypeScript. Beside the build, so that it finds the build's files. */
export async function bundledWorker(): Promise<string> {
  const outfile = builtPath(`crash-worker-${process.pid}-${Date.now()}.js`);
  const entryPoints = [rootPath('test', 'crash', 'worker.ts')];
  await build({ ...esm(rootPath()), entryPoints, outfile, packages: 'external', plugins: [standApart] });
  return outfile;
}
