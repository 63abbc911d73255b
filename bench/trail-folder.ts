import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trailFile } from './trail.ts';

/** So many files of made records, named as CloudTrail names them. */
export function trailFolder(files: number, perFile: number): { paths: readonly string[]; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-bench-'));
  const paths = Array.from({ length: files }, (_, index) => {
    const minute = new Date(Date.UTC(2026, 0, 5) + index * 83_000).toISOString().replace(/[-:]/g, '').slice(0, 13);
    const name = `111122223333_CloudTrail_us-west-2_${minute}Z_${String(index).padStart(16, 'x')}.json.gz`;
    writeFileSync(join(folder, name), trailFile(index, perFile));
    return join(folder, name);
  });
  return { paths, remove: () => rmSync(folder, { recursive: true }) };
}
