import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { whileWaiting } from './say.mjs';

/** Runs `work` while no other living process holds the lock file. A lock of a dead process is taken over. */
export async function underLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  if (!take(file)) {
    await whileWaiting(`waiting for process ${holder(file)}, which holds ${file}`, async () => {
      while (!take(file)) await sleep(100);
    });
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const pid = holder(file);
  if (pid !== undefined && !alive(pid)) bury(file, pid);
  return false;
}

/** Two processes may see the same dead holder; the rename goes to one of them, and a lock that is not the dead one's is put back. */
function bury(file, pid) {
  const grave = `${file}.${process.pid}`;
  try {
    renameSync(file, grave);
    if (holder(grave) !== pid) renameSync(grave, file);
  } catch {
    // Another process was faster.
  }
  rmSync(grave, { force: true });
}

/** Undefined while the holder has made the file but not yet written its number. */
function holder(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

export function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
