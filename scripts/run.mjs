// node scripts/run.mjs <file.ts> [arguments]: bundles one TypeScript script and runs it, with everything ensured first.
import { rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esm, standApart } from './bundle.mjs';
import { ensure, root } from './ensure.mjs';
import { stop } from './say.mjs';

const [source, ...args] = process.argv.slice(2);
if (!source) {
  process.stderr.write('usage: node scripts/run.mjs <file.ts> [arguments]\n');
  process.exit(2);
}
const folder = fileURLToPath(await ensure());
const esbuild = await import('esbuild');
// Inside the build's folder, so that src/root.ts finds the files of this very build.
const outfile = join(folder, `run-${process.pid}-${basename(source, '.ts')}.js`);
process.on('exit', () => rmSync(outfile, { force: true }));
await esbuild
  .build({ ...esm(root), entryPoints: [resolve(source)], outfile, packages: 'external', plugins: [standApart] })
  .catch((error) => stop(`BUILD_FAILED: ${source}: ${error.message.split('\n')[0]}`));
await esbuild.stop();
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
process.argv = [process.execPath, resolve(source), ...args];
await import(outfile);
