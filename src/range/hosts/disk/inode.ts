/** What a directory's entry leads to. Times are virtual epoch milliseconds. */
export type Inode = FileNode | FolderNode | LinkNode;

interface Owned {
  mode: number;
  uid: number;
  gid: number;
  mtime: number;
  /** Of the disk's tree; undefined for its root and for what is not on a disk yet. */
  parent: FolderNode | undefined;
  /** It, or something below it, differs from the image. */
  changed: boolean;
}

export interface FileNode extends Owned {
  readonly kind: 'file';
  /** May be longer than the content, so that a log grows without being copied at each line. */
  bytes: Uint8Array;
  size: number;
  /** Another disk may hold the same bytes: they are replaced, never written into. */
  shared: boolean;
}

export interface FolderNode extends Owned {
  readonly kind: 'folder';
  readonly entries: Map<string, Inode>;
}

export interface LinkNode extends Owned {
  readonly kind: 'link';
  readonly target: string;
}

export function folder(mtime: number, mode = 0o755, uid = 0, gid = uid): FolderNode {
  return { kind: 'folder', mode, uid, gid, mtime, entries: new Map(), parent: undefined, changed: true };
}

export function file(bytes: Uint8Array, mtime: number, mode = 0o644, uid = 0, gid = uid): FileNode {
  return {
    kind: 'file',
    mode,
    uid,
    gid,
    mtime,
    bytes,
    size: bytes.length,
    shared: true,
    parent: undefined,
    changed: true,
  };
}

export function link(target: string, mtime: number, uid = 0, gid = uid): LinkNode {
  return { kind: 'link', target, mode: 0o777, uid, gid, mtime, parent: undefined, changed: true };
}

export function content({ bytes, size }: FileNode): Uint8Array {
  return bytes.subarray(0, size);
}

export function append(node: FileNode, more: Uint8Array): void {
  const size = node.size + more.length;
  if (node.shared || size > node.bytes.length) {
    const grown = new Uint8Array(Math.max(size, node.size * 2));
    grown.set(content(node));
    node.bytes = grown;
    node.shared = false;
  }
  node.bytes.set(more, node.size);
  node.size = size;
}

/** A copy that shares the bytes of files. */
export function cloneTree(node: Inode, parent?: FolderNode): Inode {
  if (node.kind === 'link') return { ...node, parent };
  if (node.kind === 'folder') {
    const copy: FolderNode = { ...node, parent, entries: new Map() };
    for (const [name, child] of node.entries) copy.entries.set(name, cloneTree(child, copy));
    return copy;
  }
  node.shared = true;
  return { ...node, parent };
}

export function* walk(node: Inode, path: string): Generator<[path: string, node: Inode]> {
  yield [path, node];
  if (node.kind !== 'folder') return;
  for (const [name, child] of node.entries) yield* walk(child, `${path}/${name}`);
}
