import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootPath } from '../src/root.ts';
import { type Figure, figureOf } from './figure.ts';

const rounds = 3;

/** A drill in a range of its own, from its start to its last verdict, as fast as it goes. */
export async function drill(): Promise<readonly Figure[]> {
  return [measured('stolen-keys', 10), measured('workshop', 20)];
}

function measured(name: string, atMost: number): Figure {
  const seconds = Array.from({ length: rounds }, () => {
    const home = mkdtempSync(join(tmpdir(), 'yagura-bench-'));
    try {
      const env = { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: home };
      const out = execFileSync(process.execPath, [rootPath('bin', 'yagura.mjs'), 'drill', 'run', name, '--json'], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return (JSON.parse(out.toString()) as { realSeconds: number }).realSeconds;
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
  return figureOf(`drill ${name}`, seconds, {
    unit: 's',
    atMost,
    beside: 'real seconds, durable store, to the last verdict',
  });
}
