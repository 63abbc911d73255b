import {
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
import { buildInto } from './bundle.mjs';
import { alive } from './lock.mjs';
import { stop, whileWaiting } from './say.mjs';
import { stampOf } from './stamp.mjs';

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
    // Another process that builds at this moment takes its own away.
    const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (path === folder || name === 'current' || Date.now() - since < keptMs || inUse(path)) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function inUse(path) {
  const pids = join(path, '.pids');
  return existsSync(pids) && readdirSync(pids).some((pid) => alive(Number(pid)));
}
