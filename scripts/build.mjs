// npm run build: a current build, and where it is. `--dist` is npm's `prepare`: what pack, publish and installs from git ship.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildInto } from './bundle.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensure, root } from './ensure.mjs';

if (process.argv.includes('--dist')) await makeDist();
else process.stdout.write(`${fileURLToPath(await ensure())}\n`);

async function makeDist() {
  // `npx yagura` in a fresh clone links the checkout and prepares it before anything is installed; bin does it all itself.
  if (process.env.npm_command === 'exec') return;
  await ensureDependencies(root);
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  await buildInto(root, dist);
}
