import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { self } from './self.ts';
import { trailFile } from './trail.ts';

/**
 * So many files of made records. A process of its own makes them: what that leaves in memory would be taken from the heap
 * of the run that is measured.
 */
export async function trailFolder(
  files: number,
  perFile: number,
): Promise<{ paths: readonly string[]; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-bench-'));
  const [code] = await once(fork(self, ['trail', folder, String(files), String(perFile)]), 'exit');
  if (code !== 0) throw new Error(`making the trail ended with ${code}`);
  const paths = readdirSync(folder).sort();
  return { paths: paths.map((name) => join(folder, name)), remove: () => rmSync(folder, { recursive: true }) };
}

/** They are named as CloudTrail names them, in the order of their records. */
export function fillTrailFolder(folder: string, files: number, perFile: number): void {
  for (let index = 0; index < files; index++) {
    const minute = new Date(Date.UTC(2026, 0, 5) + index * 83_000).toISOString().replace(/[-:]/g, '').slice(0, 13);
    const name = `111122223333_CloudTrail_us-west-2_${minute}Z_${String(index).padStart(16, 'x')}.json.gz`;
    writeFileSync(join(folder, name), trailFile(index, perFile));
  }
}
