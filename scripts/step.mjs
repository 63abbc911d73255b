import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './ensure.mjs';

/** The checks that `npm run check` and `npm test` are made of. Each shows its own output and says whether it passed. */
export const step = {
  biome: () => node('@biomejs/biome/bin/biome', 'check', '.'),
  types: () => node('typescript7/bin/tsc', '-p', '.'),
  vitest: (...args) => node('vitest/vitest.mjs', 'run', ...args),
};

function node(program, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return status === 0;
}
