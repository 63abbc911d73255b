import { type Actor, allows, type Disk } from './disk.ts';
import { type DiskCode, DiskError } from './errors.ts';
import { resolve } from './view.ts';

/** Whether a shell's `> path` will be refused, and why. */
export function writeRefusal(disk: Disk, actor: Actor, path: string): DiskCode | undefined {
  if (path === '/dev/null' || path.startsWith('/dev/std') || path === '/dev/tty') return undefined;
  try {
    const node = disk.find(path, actor);
    if (node?.kind === 'folder') return 'EISDIR';
    if (node !== undefined) return allows(node, actor, 2) ? undefined : 'EACCES';
    const parent = disk.need(resolve(path, '..'), actor, 'open');
    if (parent.kind !== 'folder') return 'ENOTDIR';
    return allows(parent, actor, 2) ? undefined : 'EACCES';
  } catch (error) {
    if (error instanceof DiskError) return error.code;
    throw error;
  }
}

/** Behind a path it asks, by the cheap test `[[ -e path/mark ]]`, whether the path may be written. */
export const writableMark = '/.__can';
