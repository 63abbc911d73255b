import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorldError } from './errors.ts';
import { limits } from './limits.ts';

export interface Lock {
  release(): void;
}

/** Who holds it: a process number comes again, together with its start time it does not. */
interface Holder {
  readonly pid: number;
  readonly ticks: string;
}

export const lockName = 'yagura.lock';

/** One process at a time. A lock whose process is dead is taken over: `kill -9` leaves nothing to clean up by hand. */
export function lockFolder(folder: string): Lock {
  const file = join(folder, lockName);
  for (let tries = 0; tries < limits.lockTries; tries++) {
    if (take(file)) return { release: () => rmSync(file, { force: true }) };
    const holder = holderOf(folder);
    if (holder !== undefined && alive(holder)) throw taken(folder, holder);
    rmSync(file, { force: true });
  }
  throw taken(folder, holderOf(folder));
}

/** Whether a living process holds the folder; undefined when it has no lock at all. */
export function isHeld(folder: string): boolean | undefined {
  const holder = holderOf(folder);
  return holder && alive(holder);
}

/** Written aside and linked: nobody ever sees a lock without its holder, and the link goes to one process only. */
function take(file: string): boolean {
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, JSON.stringify({ pid: process.pid, ticks: ticksOf(process.pid) } satisfies Holder), {
    mode: 0o600,
  });
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function holderOf(folder: string): Holder | undefined {
  try {
    const { pid, ticks } = JSON.parse(readFileSync(join(folder, lockName), 'utf8'));
    return typeof pid === 'number' && typeof ticks === 'string' ? { pid, ticks } : { pid: 0, ticks: '' };
  } catch (error) {
    // What is not JSON was not written by us, or by a disk that was full: nobody holds it.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : { pid: 0, ticks: '' };
  }
}

function alive({ pid, ticks }: Holder): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return ticks === ticksOf(pid);
}

/** Field 22 of Linux's /proc/<pid>/stat, counted after the name, which may hold spaces and brackets; '' elsewhere. */
function ticksOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function taken(folder: string, holder: Holder | undefined): WorldError {
  const pid = holder?.pid ?? '?';
  return new WorldError({
    code: 'FOLDER_LOCKED',
    message: { en: `${folder} is in use by process ${pid}`, ja: `${folder} はプロセス ${pid} が使用中です` },
    expected: { en: 'a folder that no other range uses', ja: 'ほかのレンジが使っていないフォルダー' },
    hint: {
      en: `--data <another folder>, or end process ${pid}`,
      ja: `--data で別のフォルダーを指定するか、プロセス ${pid} を終了する`,
    },
  });
}
