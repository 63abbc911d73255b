import { spawn } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { underLock } from './lock.mjs';
import { say, seconds, stop, whileWaiting } from './say.mjs';

/** Installs what package-lock.json names, when node_modules does not already hold it. */
export async function ensureDependencies(root) {
  const missing = missingIn(root);
  if (missing.length === 0) return;
  if (isLink(join(root, 'node_modules'))) {
    // `npm ci` would empty the folder that the link points at, and that is another checkout's.
    say(`node_modules is a link and lacks ${missing[0]} (${missing.length} in all): left as it is`);
    return;
  }
  await underLock(join(root, '.build', 'install.lock'), async () => {
    if (missingIn(root).length > 0) await install(root);
  });
}

/** Packages of the lockfile that are absent or of another version. Optional ones may be absent: they are for other platforms. */
function missingIn(root) {
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {};
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json')) ?? {};
  return Object.entries(wanted)
    .filter(([path, { version, optional, devOptional, integrity }]) => {
      if (path === '') return false;
      const found = present[path];
      if (!found) return !(optional || devOptional);
      return found.version !== version || found.integrity !== integrity;
    })
    .map(([path]) => path);
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function install(root) {
  const began = Date.now();
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  say(`installing the dependencies into ${join(root, 'node_modules')} (npm ${args.join(' ')})`);
  const code = await whileWaiting('installing', () => npm(args, root));
  if (code !== 0)
    stop(`NPM_FAILED: npm ci ended with ${code}`, `npm ci --ignore-scripts   in ${root}, and see what it says`);
  const { count, bytes } = await sizeOf(join(root, 'node_modules'));
  say(`installed ${count} files, ${Math.round(bytes / 1e6)} MB, in ${seconds(began)}`);
}

function npm(args, cwd) {
  // Under `npm start` and `npx` the very npm that was called says where it is; otherwise the one on PATH.
  const own = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined;
  const [program, first] = own ? [process.execPath, [own]] : ['npm', []];
  const child = spawn(program, [...first, ...args], {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: !own && process.platform === 'win32',
  });
  return new Promise((done) => {
    child.on('error', (error) => done(error.message));
    child.on('close', (code, signal) => done(code ?? signal));
  });
}

async function sizeOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath ?? file.path, file.name))).size),
  );
  return { count: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
