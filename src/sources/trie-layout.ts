import type { Path } from '../model/activity.ts';
import { hashOfName } from '../model/hash.ts';
import type { Trie, TrieNode } from './trie.ts';

/**
 * Writes a trie down as the scanner reads it (tools/scan/known.ts): nodes, their children in a table by a hash of the
 * name, and then a byte for each slot with the code of its path, 0 for none.
 */
export function layTrie(
  trie: Trie,
  codes: Readonly<Record<Path, number>>,
  buffer: ArrayBuffer,
  at: number,
): { readonly root: number; readonly codesAt: number } {
  const words = new Int32Array(buffer);
  const bytes = new Uint8Array(buffer);
  let free = at;
  const take = (size: number) => {
    const taken = free;
    free = (free + size + 7) & ~7;
    return taken;
  };
  const layNode = ({ slot, children }: TrieNode): number => {
    const node = take(8);
    words[node >> 2] = slot;
    words[(node >> 2) + 1] = children === undefined ? 0 : layChildren(children);
    return node;
  };
  const layChildren = (children: ReadonlyMap<string, TrieNode>): number => {
    let places = 4;
    while (places < children.size * 4) places *= 2;
    const list = take(8 + places * 4) >> 2;
    words[list] = places - 1;
    for (const [name, node] of children) {
      const child = layChild(name, node);
      let place = hashOfName(new TextEncoder().encode(name)) & (places - 1);
      while (words[list + 2 + place] !== 0) place = (place + 1) & (places - 1);
      words[list + 2 + place] = child;
    }
    return list << 2;
  };
  const layChild = (name: string, node: TrieNode): number => {
    const text = new TextEncoder().encode(`${name}":`);
    const child = take(12 + text.length);
    words[child >> 2] = layNode(node);
    words[(child >> 2) + 2] = text.length;
    bytes.set(text, child + 12);
    return child;
  };
  const root = layNode(trie.root);
  const codesAt = take(trie.slots);
  for (const [path, code] of Object.entries(codes)) bytes[codesAt + trie.slotOf.get(path)!] = code;
  return { root, codesAt };
}
