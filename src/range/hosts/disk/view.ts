import type { FsStat, IFileSystem, MkdirOptions, RmOptions } from 'just-bash';
import { internalNames } from '../bash/internal-names.ts';
import { writableMark, writeRefusal } from './can-write.ts';
import { type Actor, allows, type Disk } from './disk.ts';
import { DiskError } from './errors.ts';
import { content, file, type Inode, link } from './inode.ts';

/** just-bash copies a plain object for each command, with all its functions; one of a class it only watches. */
class View {}

type Encoding = Parameters<IFileSystem['readFile']>[1];

/** One disk as one user sees it: the file system that bash is given. */
export function viewOf(disk: Disk, actor: Actor): IFileSystem {
  const stat = (path: string, follow: boolean): FsStat =>
    statOf(disk.need(path, actor, follow ? 'stat' : 'lstat', follow));
  const owned = (path: string, action: string): Inode => {
    const node = disk.need(path, actor, action);
    if (actor.uid !== 0 && actor.uid !== node.uid) throw new DiskError('EPERM', action, path);
    return node;
  };
  const copy = (from: string, to: string, recursive: boolean): void => {
    const node = disk.need(from, actor, 'cp');
    if (node.kind !== 'folder') {
      disk.write(to, disk.read(from, actor).slice(), actor, node.mode);
      return;
    }
    if (!recursive) throw new DiskError('EISDIR', 'cp', from);
    disk.mkdir(to, actor, true);
    for (const name of [...node.entries.keys()]) copy(`${from}/${name}`, `${to}/${name}`, true);
  };
  return Object.assign(new View(), {
    readFile: async (path, options) => decode(disk.read(path, actor), options),
    readFileBuffer: async (path) => disk.read(path, actor).slice(),
    writeFile: async (path, data, options) => disk.write(path, encode(data, options), actor),
    appendFile: async (path, data, options) => disk.append(path, encode(data, options), actor),
    exists: async (path) => exists(disk, actor, path),
    stat: async (path) => stat(path, true),
    lstat: async (path) => stat(path, false),
    mkdir: async (path, options?: MkdirOptions) => disk.mkdir(path, actor, options?.recursive === true),
    readdir: async (path) => namesOf(disk, actor, path),
    rm: async (path, options?: RmOptions) => {
      if (options?.force === true && disk.find(path, actor, false) === undefined) return;
      disk.remove(path, actor, options?.recursive === true);
    },
    cp: async (from, to, options) => copy(from, to, options?.recursive === true),
    mv: async (from, to) => disk.rename(from, to, actor),
    resolvePath: resolve,
    getAllPaths: () => [...disk.paths()],
    chmod: async (path, mode) => disk.change(owned(path, 'chmod'), { mode: mode & 0o7777 }),
    symlink: async (target, path) => disk.link(path, link(target, 0, actor.uid, actor.gids[0] ?? 0), actor),
    link: async (from, path) => {
      const node = disk.need(from, actor, 'link');
      // A hard link is a copy here: two names of one file that is then written to are rare on a host like this.
      if (node.kind === 'file') disk.link(path, file(content(node), node.mtime, node.mode, node.uid, node.gid), actor);
      else throw new DiskError('EPERM', 'link', from);
    },
    readlink: async (path) => {
      const node = disk.need(path, actor, 'readlink', false);
      if (node.kind !== 'link') throw new DiskError('EINVAL', 'readlink', path);
      return node.target;
    },
    realpath: async (path) => disk.realPath(path, actor),
    utimes: async (path, _atime, mtime) => disk.change(owned(path, 'utimes'), { mtime: mtime.getTime() }),
  } satisfies IFileSystem);
}

export function resolve(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function exists(disk: Disk, actor: Actor, path: string): boolean {
  if (path.endsWith(writableMark)) return writeRefusal(disk, actor, path.slice(0, -writableMark.length)) === undefined;
  try {
    return disk.find(path, actor) !== undefined;
  } catch (error) {
    if (error instanceof DiskError) return false;
    throw error;
  }
}

function namesOf(disk: Disk, actor: Actor, path: string): string[] {
  const node = disk.need(path, actor, 'scandir');
  if (node.kind !== 'folder') throw new DiskError('ENOTDIR', 'scandir', path);
  if (!allows(node, actor, 4)) throw new DiskError('EACCES', 'scandir', path);
  return [...node.entries.keys()].filter((name) => !internalNames.has(name)).sort();
}

function statOf(node: Inode): FsStat {
  return {
    isFile: node.kind === 'file',
    isDirectory: node.kind === 'folder',
    isSymbolicLink: node.kind === 'link',
    mode: node.mode,
    size: node.kind === 'file' ? node.size : 4096,
    mtime: new Date(node.mtime),
  };
}

function encodingOf(options: Encoding): string {
  return (typeof options === 'string' ? options : options?.encoding) ?? 'utf8';
}

function decode(bytes: Uint8Array, options: Encoding): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(bufferEncoding(encodingOf(options)));
}

function encode(data: string | Uint8Array, options: Encoding): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data, bufferEncoding(encodingOf(options))) : data.slice();
}

function bufferEncoding(name: string): BufferEncoding {
  return name === 'binary' ? 'latin1' : (name as BufferEncoding); // just-bash's names are Node's.
}
