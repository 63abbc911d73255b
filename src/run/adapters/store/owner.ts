import { readFileSync } from 'node:fs';

/** Who has a store open: told apart from a later process that got the same number, and from a copy of the file. */
export interface Owner {
  readonly pid: number;
  /** When the process began, in the kernel's ticks; '' where the kernel does not say. */
  readonly began: string;
  readonly boot: string;
  /** The file's inode: a copy does not belong to who owns the original. */
  readonly file: string;
}

export function thisOwner(file: string): Owner {
  return { pid: process.pid, began: beganAt(process.pid), boot: bootId(), file };
}

/** False when the owner is dead, or another process by now has its number. */
export function isAlive(owner: Owner): boolean {
  if (owner.boot !== bootId()) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: there is such a process, of another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return owner.began === beganAt(owner.pid);
}

function beganAt(pid: number): string {
  // The command's name, in parentheses, may hold spaces. After it the state comes first, the start as the 20th field.
  const fields = read(`/proc/${pid}/stat`).split(') ').pop()?.split(' ') ?? [];
  // A zombie has ended: it only waits for its parent to hear of it.
  return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? '');
}

function bootId(): string {
  return read('/proc/sys/kernel/random/boot_id').trim();
}

/** '' on systems without /proc: there the number of the process has to do. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
