import { accountOfUid, groupsOf } from '../users/accounts.ts';
import type { Disk } from './disk.ts';
import type { Inode } from './inode.ts';

/** `-rw-r--r--`, as ls and stat write it. */
export function modeText({ kind, mode }: Inode): string {
  const bits = [6, 3, 0].map((shift) => (mode >> shift) & 7);
  const three = (bit: number, special: boolean, mark: string) => {
    const execute = special ? ((bit & 1) === 1 ? mark : mark.toUpperCase()) : (bit & 1) === 1 ? 'x' : '-';
    return `${(bit & 4) === 4 ? 'r' : '-'}${(bit & 2) === 2 ? 'w' : '-'}${execute}`;
  };
  const [user = 0, group = 0, other = 0] = bits;
  const type = { file: '-', folder: 'd', link: 'l' }[kind];
  return `${type}${three(user, (mode & 0o4000) !== 0, 's')}${three(group, (mode & 0o2000) !== 0, 's')}${three(other, (mode & 0o1000) !== 0, 't')}`;
}

export function ownerName(disk: Disk, uid: number): string {
  return accountOfUid(disk, uid)?.name ?? `${uid}`;
}

export function groupName(disk: Disk, gid: number): string {
  return groupsOf(disk).find((group) => group.gid === gid)?.name ?? `${gid}`;
}

export function sizeOf(node: Inode): number {
  if (node.kind === 'file') return node.size;
  return node.kind === 'link' ? node.target.length : Math.max(6, node.entries.size * 16);
}

/** Blocks of 1024 bytes, of which a file system of 4096 gives out four at a time. */
export function blocksOf(node: Inode): number {
  return node.kind === 'file' ? Math.ceil(node.size / 4096) * 4 : 0;
}

export function linksOf(node: Inode): number {
  if (node.kind !== 'folder') return 1;
  return 2 + [...node.entries.values()].filter(({ kind }) => kind === 'folder').length;
}
