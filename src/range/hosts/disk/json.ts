import type { FolderNode, Inode } from './inode.ts';
import { content, file, folder } from './inode.ts';

/**
 * A disk as JSON: mode, uid, gid, mtime, then what it is. Text is kept readable, other bytes are base64.
 * What is still as the image had it is left out, so that a host costs what it changed.
 */
export type InodeJson =
  | readonly [mode: number, uid: number, gid: number, mtime: number, kind: 't' | 'b' | 'l', text: string]
  | readonly [
      mode: number,
      uid: number,
      gid: number,
      mtime: number,
      kind: 'd',
      entries: { readonly [name: string]: InodeJson },
    ]
  | 'image';

export function toJson(node: Inode, image: Inode | undefined): InodeJson {
  if (image !== undefined && unchanged(node, image)) return 'image';
  const head = [node.mode, node.uid, node.gid, node.mtime] as const;
  if (node.kind === 'link') return [...head, 'l', node.target];
  if (node.kind === 'file') {
    const bytes = Buffer.from(content(node));
    const text = bytes.toString('utf8');
    return Buffer.from(text, 'utf8').equals(bytes) ? [...head, 't', text] : [...head, 'b', bytes.toString('base64')];
  }
  const before = image?.kind === 'folder' ? image.entries : undefined;
  const entries = [...node.entries].map(([name, child]) => [name, toJson(child, before?.get(name))] as const);
  return [...head, 'd', Object.fromEntries(entries)];
}

export function fromJson(json: InodeJson, image: Inode | undefined): Inode {
  if (json === 'image') {
    if (image === undefined) throw new Error('a disk refers to a file that its image does not have');
    return image;
  }
  const [mode, uid, gid, mtime] = json;
  if (json[4] === 'd') {
    const made: FolderNode = folder(mtime, mode, uid, gid);
    const before = image?.kind === 'folder' ? image.entries : undefined;
    for (const [name, child] of Object.entries(json[5])) made.entries.set(name, fromJson(child, before?.get(name)));
    return made;
  }
  if (json[4] === 'l') return { kind: 'link', mode, uid, gid, mtime, target: json[5] };
  return file(Buffer.from(json[5], json[4] === 't' ? 'utf8' : 'base64'), mtime, mode, uid, gid);
}

function unchanged(node: Inode, image: Inode): boolean {
  if (node.mode !== image.mode || node.uid !== image.uid || node.gid !== image.gid || node.mtime !== image.mtime)
    return false;
  if (node.kind === 'link') return image.kind === 'link' && image.target === node.target;
  if (node.kind === 'file') return image.kind === 'file' && node.bytes === image.bytes && node.size === image.size;
  if (image.kind !== 'folder' || image.entries.size !== node.entries.size) return false;
  for (const [name, child] of node.entries) {
    const before = image.entries.get(name);
    if (before === undefined || !unchanged(child, before)) return false;
  }
  return true;
}
