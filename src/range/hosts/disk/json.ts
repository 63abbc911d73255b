import type { FolderNode, Inode } from './inode.ts';
import { content, file, folder, link } from './inode.ts';

/**
 * A disk as JSON: mode, uid, gid, mtime, then what it is. Text is kept readable, other bytes are base64 (`b`).
 * What is still as the image had it is left out, so that a host costs what it changed: a folder of the image (`i`)
 * has only what is otherwise there, a new one (`d`) all.
 */
export type InodeJson =
  | readonly [mode: number, uid: number, gid: number, mtime: number, kind: 't' | 'b' | 'l', text: string]
  | readonly [mode: number, uid: number, gid: number, mtime: number, kind: 'd', entries: EntriesJson]
  | readonly [mode: number, uid: number, gid: number, mtime: number, kind: 'i', entries: EntriesJson]
  | 'image'
  | 'gone';

type EntriesJson = { readonly [name: string]: InodeJson };

export function toJson(node: Inode, image: Inode | undefined): InodeJson {
  if (!node.changed) return 'image';
  const head = [node.mode, node.uid, node.gid, node.mtime] as const;
  if (node.kind === 'link') return [...head, 'l', node.target];
  if (node.kind === 'file') {
    const bytes = Buffer.from(content(node));
    const text = bytes.toString('utf8');
    return Buffer.from(text, 'utf8').equals(bytes) ? [...head, 't', text] : [...head, 'b', bytes.toString('base64')];
  }
  const before = image?.kind === 'folder' ? image.entries : undefined;
  const entries: [string, InodeJson][] = [];
  for (const [name, child] of node.entries) if (child.changed) entries.push([name, toJson(child, before?.get(name))]);
  for (const name of before?.keys() ?? []) if (!node.entries.has(name)) entries.push([name, 'gone']);
  return [...head, before === undefined ? 'd' : 'i', Object.fromEntries(entries)];
}

export function fromJson(json: InodeJson, image: Inode | undefined): Inode {
  if (json === 'image' || json === 'gone') {
    if (image === undefined) throw new Error('a disk refers to a file that its image does not have');
    return image;
  }
  const [mode, uid, gid, mtime] = json;
  if (json[4] === 'd' || json[4] === 'i') {
    const made: FolderNode = folder(mtime, mode, uid, gid);
    const before = image?.kind === 'folder' ? image.entries : undefined;
    if (json[4] === 'i') for (const [name, child] of before ?? []) made.entries.set(name, child);
    for (const [name, child] of Object.entries(json[5]))
      if (child === 'gone') made.entries.delete(name);
      else made.entries.set(name, fromJson(child, before?.get(name)));
    return made;
  }
  if (json[4] === 'l') return link(json[5], mtime, uid, gid);
  return file(Buffer.from(json[5], json[4] === 't' ? 'utf8' : 'base64'), mtime, mode, uid, gid);
}
