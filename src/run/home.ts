import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { WorldError } from './errors.ts';
import { isHeld, type Lock, lockFolder, lockName } from './lock.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Home {
  readonly folder: string;
  readonly lock: Lock;
}

/** The lasting range's: `--data`, else $YAGURA_HOME, else ~/.yagura/range. Made 0700 and locked. */
export function lastingHome(flag: string | undefined, env: Environment): Home {
  const folder = resolve(flag ?? (env['YAGURA_HOME'] || join(homedir(), '.yagura', 'range')));
  makePrivate(folder);
  return { folder, lock: writable(folder, () => lockFolder(folder)) };
}

/** A drill's own: temporary, locked, removed by `end()` or moved to where no sweep comes by `keep()`. */
export interface PassingHome extends Home {
  end(): void;
  /** Where it is from then on. */
  keep(): string;
}

/** What a killed drill left goes first. */
export function passingHome(env: Environment): PassingHome {
  sweep(env);
  const runs = runsFolder(env);
  makePrivate(runs);
  const folder = writable(runs, () => mkdtempSync(join(runs, 'run-')));
  const lock = lockFolder(folder);
  return {
    folder,
    lock,
    end: () => rmSync(folder, { recursive: true, force: true }),
    keep() {
      const kept = join(privateTemporary(env), 'kept', basename(folder));
      makePrivate(dirname(kept));
      renameSync(folder, kept);
      lock.release();
      rmSync(join(kept, lockName), { force: true });
      return kept;
    },
  };
}

// Between the making of a folder and its lock there is a moment.
const unlockedMs = 60_000;

/** Removes the folders of runs whose process is dead. Every command that makes a run does this first. */
export function sweep(env: Environment): void {
  const runs = runsFolder(env);
  for (const name of namesIn(runs)) {
    const folder = join(runs, name);
    const held = isHeld(folder);
    if (held === true || (held === undefined && ageMs(folder) < unlockedMs)) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** For sockets: $XDG_RUNTIME_DIR/yagura, else a private folder of the user in the temporary one. */
export function runtimeFolder(env: Environment): string {
  const given = env['XDG_RUNTIME_DIR'];
  const folder = given ? join(given, 'yagura') : privateTemporary(env);
  makePrivate(folder);
  return folder;
}

function runsFolder(env: Environment): string {
  return join(privateTemporary(env), 'runs');
}

function privateTemporary(env: Environment): string {
  return join(env['TMPDIR'] || tmpdir(), `yagura-${userInfo().username}`);
}

/** Ours and nobody else's: in a temporary folder somebody could have been there before us. */
function makePrivate(folder: string): void {
  writable(folder, () => makeFolders(folder));
  const { uid, mode } = lstatSync(folder);
  if (process.getuid && uid !== process.getuid()) throw notOurs(folder, `uid ${uid}`);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** One by one: with `recursive`, Node 20 tries for ever below a folder like /proc, in which nothing can be made. */
function makeFolders(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    makeFolders(dirname(folder));
    makeFolders(folder);
  }
}

function writable<T>(folder: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof WorldError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw notOurs(folder, code, error);
  }
}

function notOurs(folder: string, why: string, cause?: unknown): WorldError {
  return new WorldError(
    {
      code: 'FOLDER_NOT_WRITABLE',
      message: { en: `${folder} cannot be used (${why})`, ja: `${folder} は使用できません (${why})` },
      expected: {
        en: 'a folder of this user, on a disk with room',
        ja: 'このユーザーが所有し、空き容量のあるフォルダー',
      },
      hint: {
        en: '--data <another folder>, or another TMPDIR',
        ja: '--data で別のフォルダーを指定するか、TMPDIR を変える',
      },
    },
    cause,
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function ageMs(folder: string): number {
  return Date.now() - (lstatSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}
