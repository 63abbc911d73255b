import { internals } from '../bash/internals.ts';
import { borrowed } from '../bash/shell.ts';
import { commands } from '../commands/table.ts';
import { Disk } from '../disk/disk.ts';
import { type FolderNode, folder, link, walk } from '../disk/inode.ts';
import { baseFiles } from './base-files.ts';
import { installPackage, putFile, putFolder, putProgram } from './install.ts';
import { type PackageSpec, packagesOf, preinstalled } from './packages.ts';

/** What a disk is made from. Shared by all hosts of a vintage: their disks copy on write. */
export interface Image {
  readonly tree: FolderNode;
  readonly packages: readonly PackageSpec[];
}

const built = new Map<'now' | '2019', Image>();

export function createImage(vintage: 'now' | '2019'): Image {
  const known = built.get(vintage);
  if (known !== undefined) return known;
  const image = build(vintage);
  built.set(vintage, image);
  return image;
}

/** When the image was made; files that nobody touched have this time. */
const madeAt = { now: Date.UTC(2025, 11, 1), '2019': Date.UTC(2019, 5, 1) };

function build(vintage: 'now' | '2019'): Image {
  const disk = new Disk(folder(madeAt[vintage]), () => madeAt[vintage]);
  for (const path of folders) putFolder(disk, path);
  for (const [path, target] of Object.entries(links)) disk.link(path, link(target, madeAt[vintage]));
  for (const path of ['/tmp', '/var/tmp']) chmod(disk, path, 0o1777);
  chmod(disk, '/root', 0o550);
  for (const [path, { text, mode, uid }] of Object.entries(baseFiles(vintage))) putFile(disk, path, text, mode, uid);
  own(disk, '/home/ec2-user', 0o700, 1000);
  const packaged = new Set(packagesOf(vintage).flatMap((spec) => spec.commands ?? []));
  const ours = [...internals, ...commands].flatMap((command) => command.names);
  for (const name of [...borrowed, ...ours]) if (!packaged.has(name)) putProgram(disk, name);
  const packages = packagesOf(vintage);
  for (const spec of packages) if (preinstalled[vintage].includes(spec.name)) installPackage(disk, spec);
  for (const [, node] of walk(disk.tree, '')) node.changed = false;
  return { tree: disk.tree, packages };
}

function own(disk: Disk, path: string, mode: number, uid: number): void {
  const node = disk.find(path);
  if (node !== undefined) disk.change(node, { mode, uid, gid: uid });
}

function chmod(disk: Disk, path: string, mode: number): void {
  const node = disk.find(path);
  if (node !== undefined) disk.change(node, { mode });
}

const folders = [
  '/boot',
  '/dev',
  '/etc',
  '/home',
  '/mnt',
  '/opt',
  '/proc',
  '/root',
  '/run',
  '/srv',
  '/sys',
  '/tmp',
  '/usr/bin',
  '/usr/lib',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/share',
  '/usr/libexec',
  '/usr/sbin',
  '/var/lib',
  '/var/log',
  '/var/spool/cron',
  '/var/tmp',
  '/var/www',
  '/etc/ssh/sshd_config.d',
  '/etc/cron.d',
  '/etc/sudoers.d',
  '/var/lib/cloud',
];

const links = { '/bin': 'usr/bin', '/sbin': 'usr/sbin', '/lib': 'usr/lib' };
