import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { alone, assets, functions, modules } from './entries.mjs';
import { alive } from './lock.mjs';
import { stop, whileWaiting } from './say.mjs';
import { stampOf } from './stamp.mjs';
import { zipOf } from './zip.mjs';

const keptMs = 60 * 60 * 1000;

/** The folder of a build of the sources as they stand; made when there is none. */
export async function currentBuild(root) {
  const stamp = stampOf(root);
  const builds = join(root, '.build');
  const folder = join(builds, stamp);
  if (!existsSync(join(folder, '.done'))) await make(root, builds, folder);
  note(builds, folder, stamp);
  return folder;
}

async function make(root, builds, folder) {
  let work;
  try {
    mkdirSync(builds, { recursive: true });
    work = mkdtempSync(join(builds, 'tmp-'));
  } catch (error) {
    stop(
      `NOT_BUILT: ${folder} does not exist and ${builds} cannot be written (${error.code})`,
      'as its owner: npm run build',
    );
  }
  try {
    await whileWaiting('building', () => buildInto(root, work));
    renameSync(work, folder);
  } catch (error) {
    // Who loses the rename uses the winner's build: it is of the same sources.
    if (!existsSync(join(folder, '.done'))) failed(error);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  prune(builds, folder);
}

/** esbuild has printed its messages by now; an old build is never run in place of one that failed. */
function failed(error) {
  stop(error.errors ? `BUILD_FAILED: ${error.errors.length} errors, see above` : `BUILD_FAILED: ${error.stack}`);
}

export async function buildInto(root, folder) {
  const { build } = await import('esbuild');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const external = Object.keys(dependencies);
  await Promise.all([
    build({
      ...esm(root),
      entryPoints: modules,
      outdir: folder,
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      external,
    }),
    ...alone.map((options) => build({ ...esm(root), outdir: folder, external, ...options })),
    ...functions.map((each) => buildFunction(build, root, folder, each)),
  ]);
  for (const path of assets) cpSync(join(root, 'src', path), join(folder, path), { recursive: true });
  // mkdtemp makes 0700, and a checkout may be used by others than who built it.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, '.done'), '');
}

/** Options of every bundle. The banner's name is long because bundled libraries declare the short ones themselves. */
export function esm(root) {
  const banner =
    "import { createRequire as yaguraCreateRequire } from 'node:module'; const require = yaguraCreateRequire(import.meta.url);";
  return {
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    loader: { '.md': 'text', '.sh': 'text' },
    legalComments: 'none',
    logLevel: 'warning',
  };
}

async function buildFunction(build, root, folder, { slug, source }) {
  const options = { ...esm(root), banner: {}, format: 'cjs', minify: true, keepNames: true };
  const { outputFiles } = await build({ ...options, entryPoints: [source], outfile: 'index.cjs', write: false });
  mkdirSync(join(folder, 'functions'), { recursive: true });
  writeFileSync(join(folder, 'functions', `${slug}.zip`), zipOf('index.cjs', outputFiles[0].contents));
}

/** Leaves word that this process uses the build (it loads chunks later), and which build is the current one. */
function note(builds, folder, stamp) {
  try {
    mkdirSync(join(folder, '.pids'), { recursive: true });
    const mark = join(folder, '.pids', String(process.pid));
    writeFileSync(mark, '');
    process.on('exit', () => rmSync(mark, { force: true }));
    const current = join(builds, 'current');
    if (existsSync(current) && readFileSync(current, 'utf8') === stamp) return;
    writeFileSync(`${current}.${process.pid}`, stamp);
    renameSync(`${current}.${process.pid}`, current);
  } catch {
    // A checkout that may not be written is used as it is.
  }
}

/** Old builds and left-over temporary ones go after an hour, unless a living process runs from them. */
function prune(builds, folder) {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    if (path === folder || name === 'current' || Date.now() - statSync(path).mtimeMs < keptMs || inUse(path)) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function inUse(path) {
  const pids = join(path, '.pids');
  return existsSync(pids) && readdirSync(pids).some((pid) => alive(Number(pid)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { ensure, root } = await import('./ensure.mjs');
  if (process.argv.includes('--dist')) await makeDist(root);
  else process.stdout.write(`${fileURLToPath(await ensure())}\n`);
}

/** npm's `prepare`: what pack, publish and installs from git ship. */
async function makeDist(root) {
  // `npx yagura` in a fresh clone links the checkout and prepares it before anything is installed; bin does it all itself.
  if (process.env.npm_command === 'exec') return;
  await ensureDependencies(root);
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  await buildInto(root, dist);
}
