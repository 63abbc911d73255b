/** What a directory's entry leads to. Times are virtual epoch milliseconds. */
export type Inode = FileNode | FolderNode | LinkNode;

interface Owned {
  mode: number;
  uid: number;
  gid: number;
  mtime: number;
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
  return { kind: 'folder', mode, uid, gid, mtime, entries: new Map() };
}

export function file(bytes: Uint8Array, mtime: number, mode = 0o644, uid = 0, gid = uid): FileNode {
  return { kind: 'file', mode, uid, gid, mtime, bytes, size: bytes.length, shared: true };
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
export function cloneTree(node: Inode): Inode {
  if (node.kind === 'link') return { ...node };
  if (node.kind === 'folder') {
    const entries = new Map([...node.entries].map(([name, child]) => [name, cloneTree(child)] as const));
    return { ...node, entries };
  }
  node.shared = true;
  return { ...node };
}
