import { hostLimits } from '../limits.ts';
import { DiskError } from './errors.ts';
import { append, cloneTree, content, type FileNode, type FolderNode, file, folder, type Inode, walk } from './inode.ts';

/** Who acts on a disk. Root may do everything. */
export interface Actor {
  readonly uid: number;
  readonly gids: readonly number[];
  umask: number;
}

export const root: Actor = { uid: 0, gids: [0], umask: 0o022 };

/**
 * A host's disk: one tree of inodes, with Unix permissions and a quota. Everything is synchronous;
 * `view.ts` shows it to bash. Paths are absolute.
 */
export class Disk {
  readonly #root: FolderNode;
  readonly #now: () => number;
  #used = 0;
  #count = 0;
  /** Counts changes, so that a saver knows whether there are any. */
  version = 0;

  constructor(tree: FolderNode, now: () => number) {
    this.#root = cloneTree(tree) as FolderNode; // A folder's clone is a folder.
    this.#now = now;
    for (const [, node] of walk(this.#root, '')) this.#account(node, 1);
  }

  /** Bytes of all files. */
  get used(): number {
    return this.#used;
  }

  get tree(): FolderNode {
    return this.#root;
  }

  /** The inode at a path, links followed (the last one only where asked). */
  find(path: string, actor: Actor = root, followLast = true): Inode | undefined {
    try {
      return this.#walkTo(path, actor, followLast).node;
    } catch (error) {
      if (error instanceof DiskError && error.code !== 'EACCES') return undefined;
      throw error;
    }
  }

  need(path: string, actor: Actor, action: string, followLast = true): Inode {
    const { node } = this.#walkTo(path, actor, followLast);
    if (node === undefined) throw new DiskError('ENOENT', action, path);
    return node;
  }

  realPath(path: string, actor: Actor = root): string {
    const { real, node } = this.#walkTo(path, actor, true);
    if (node === undefined) throw new DiskError('ENOENT', 'realpath', path);
    return real;
  }

  read(path: string, actor: Actor = root): Uint8Array {
    const node = this.need(path, actor, 'open');
    if (node.kind === 'folder') throw new DiskError('EISDIR', 'read', path);
    if (!allows(node, actor, 4)) throw new DiskError('EACCES', 'open', path);
    // Links were followed, so that what is no folder is a file.
    return content(node as FileNode);
  }

  /** The text of a file, '' where there is none. */
  text(path: string): string {
    const node = this.find(path);
    return node?.kind === 'file' ? Buffer.from(content(node)).toString('utf8') : '';
  }

  write(path: string, bytes: Uint8Array, actor: Actor = root, mode = 0o666): void {
    if (path === '/dev/null' && this.find(path) !== undefined) return;
    const node = this.#writable(path, actor, mode, bytes.length);
    this.#grow(bytes.length - node.size, path);
    node.bytes = bytes;
    node.size = bytes.length;
    node.shared = true;
    this.#touched(node);
  }

  append(path: string, bytes: Uint8Array, actor: Actor = root): void {
    if (path === '/dev/null' && this.find(path) !== undefined) return;
    const node = this.#writable(path, actor, 0o666, bytes.length);
    if (node.size + bytes.length > hostLimits.fileBytes) throw new DiskError('EFBIG', 'write', path);
    this.#grow(bytes.length, path);
    append(node, bytes);
    this.#touched(node);
  }

  mkdir(path: string, actor: Actor = root, recursive = false, mode = 0o777): void {
    const { parent, name, node } = this.#walkTo(path, actor, true, recursive ? actor : undefined);
    if (node !== undefined) {
      if (recursive && node.kind === 'folder') return;
      throw new DiskError('EEXIST', 'mkdir', path);
    }
    this.#add(
      parent,
      name,
      folder(this.#now(), mode & ~actor.umask, actor.uid, actor.gids[0] ?? actor.uid),
      actor,
      path,
    );
  }

  link(path: string, node: Inode, actor: Actor = root): void {
    const place = this.#walkTo(path, actor, false);
    if (place.node !== undefined) throw new DiskError('EEXIST', 'link', path);
    this.#add(place.parent, place.name, node, actor, path);
  }

  remove(path: string, actor: Actor, recursive: boolean): void {
    const { parent, name, node } = this.#walkTo(path, actor, false);
    if (node === undefined) throw new DiskError('ENOENT', 'rm', path);
    if (node.kind === 'folder' && node.entries.size > 0 && !recursive) throw new DiskError('ENOTEMPTY', 'rm', path);
    this.#mayChange(parent, node, actor, path);
    for (const [, gone] of walk(node, '')) this.#account(gone, -1);
    parent.entries.delete(name);
    this.#touched(parent);
  }

  rename(from: string, to: string, actor: Actor): void {
    const source = this.#walkTo(from, actor, false);
    if (source.node === undefined) throw new DiskError('ENOENT', 'rename', from);
    const target = this.#walkTo(to, actor, false);
    if (target.node === source.node) return;
    if (`${target.real}/`.startsWith(`${source.real}/`)) throw new DiskError('EINVAL', 'rename', from);
    this.#mayChange(source.parent, source.node, actor, from);
    if (!allows(target.parent, actor, 2)) throw new DiskError('EACCES', 'rename', to);
    if (target.node !== undefined) this.remove(to, actor, false);
    source.parent.entries.delete(source.name);
    this.#touched(source.parent);
    this.#account(source.node, -1);
    // The image has it elsewhere.
    for (const [, moved] of walk(source.node, '')) moved.changed = true;
    this.#add(target.parent, target.name, source.node, actor, to);
  }

  /** Changes of mode and owner, after the caller has checked who may. */
  change(node: Inode, to: { mode?: number; uid?: number; gid?: number; mtime?: number }): void {
    Object.assign(node, to);
    this.#changed(node);
  }

  *paths(): Generator<string> {
    for (const [path] of walk(this.#root, '')) yield path === '' ? '/' : path;
  }

  #writable(path: string, actor: Actor, mode: number, bytes: number): FileNode {
    if (bytes > hostLimits.fileBytes) throw new DiskError('EFBIG', 'write', path);
    const { parent, name, node } = this.#walkTo(path, actor, true);
    if (node?.kind === 'folder') throw new DiskError('EISDIR', 'open', path);
    if (node !== undefined) {
      if (!allows(node, actor, 2)) throw new DiskError('EACCES', 'open', path);
      return node as FileNode; // Links were followed.
    }
    const made = file(new Uint8Array(), this.#now(), mode & ~actor.umask, actor.uid, actor.gids[0] ?? actor.uid);
    this.#add(parent, name, made, actor, path);
    return made;
  }

  #add(parent: FolderNode, name: string, node: Inode, actor: Actor, path: string): void {
    if (!allows(parent, actor, 2)) throw new DiskError('EACCES', 'open', path);
    if (name === '') throw new DiskError('EEXIST', 'open', path);
    if (this.#count >= hostLimits.inodes) throw new DiskError('ENOSPC', 'open', path);
    parent.entries.set(name, node);
    node.parent = parent;
    this.#account(node, 1);
    this.#touched(parent);
  }

  /** What a sticky folder such as /tmp holds belongs to its owner alone. */
  #mayChange(parent: FolderNode, node: Inode, actor: Actor, path: string): void {
    const sticky =
      (parent.mode & 0o1000) !== 0 && actor.uid !== 0 && actor.uid !== node.uid && actor.uid !== parent.uid;
    if (!allows(parent, actor, 2) || sticky) throw new DiskError(sticky ? 'EPERM' : 'EACCES', 'unlink', path);
  }

  #walkTo(path: string, actor: Actor, followLast: boolean, makeAs?: Actor) {
    if (path.length > hostLimits.pathBytes) throw new DiskError('ENAMETOOLONG', 'open', path);
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    let links = 0;
    let trail: { name: string; node: FolderNode }[] = [{ name: '', node: this.#root }];
    for (;;) {
      const parent = trail.at(-1)?.node ?? this.#root;
      const name = parts.shift();
      if (name === undefined)
        return { parent, name: '', node: parent as Inode, real: realOf(trail, '').replace(/(.)\/$/, '$1') };
      if (name === '..') {
        if (trail.length > 1) trail = trail.slice(0, -1);
        continue;
      }
      if (!allows(parent, actor, 1)) throw new DiskError('EACCES', 'open', path);
      const node = parent.entries.get(name);
      const last = parts.length === 0;
      if (node?.kind === 'link' && (!last || followLast)) {
        if (++links > hostLimits.linkDepth) throw new DiskError('ELOOP', 'open', path);
        parts.unshift(...node.target.split('/').filter((part) => part !== '' && part !== '.'));
        if (node.target.startsWith('/')) trail = trail.slice(0, 1);
        continue;
      }
      if (last) return { parent, name, node, real: realOf(trail, name) };
      if (node === undefined) {
        if (makeAs === undefined) throw new DiskError('ENOENT', 'open', path);
        const made = folder(this.#now(), 0o777 & ~makeAs.umask, makeAs.uid, makeAs.gids[0] ?? makeAs.uid);
        this.#add(parent, name, made, makeAs, path);
        trail.push({ name, node: made });
      } else if (node.kind === 'folder') trail.push({ name, node });
      else throw new DiskError('ENOTDIR', 'open', path);
    }
  }

  #grow(bytes: number, path: string): void {
    if (this.#used + bytes > hostLimits.diskBytes) throw new DiskError('ENOSPC', 'write', path);
    this.#used += bytes;
  }

  #account(node: Inode, sign: 1 | -1): void {
    this.#count += sign;
    if (node.kind === 'file') this.#used += sign * node.size;
  }

  #touched(node: Inode): void {
    node.mtime = this.#now();
    this.#changed(node);
  }

  #changed(node: Inode): void {
    this.version++;
    for (let each: Inode | undefined = node; each !== undefined && !each.changed; each = each.parent)
      each.changed = true;
  }
}

function realOf(trail: readonly { readonly name: string }[], last: string): string {
  let path = '';
  for (const { name } of trail) path += `${name}/`;
  return path + last || '/';
}

/** Whether permission bits (4 read, 2 write, 1 search or execute) are granted. */
export function allows(node: Inode, actor: Actor, bits: number): boolean {
  if (actor.uid === 0) return bits !== 1 || node.kind === 'folder' || (node.mode & 0o111) !== 0;
  const shift = node.uid === actor.uid ? 6 : actor.gids.includes(node.gid) ? 3 : 0;
  return ((node.mode >> shift) & bits) === bits;
}
