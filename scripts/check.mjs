import { spawnSync } from 'node:child_process';

// The inner loop: format and lint, types, and the tests beside the code.
const steps = [
  ['node_modules/.bin/biome', 'check', '.'],
  [process.execPath, 'node_modules/typescript7/bin/tsc', '-p', '.'],
  ['node_modules/.bin/vitest', 'run', '--project', 'unit', '--passWithNoTests'],
];
for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
