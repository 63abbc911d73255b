import type { Path } from '../model/activity.ts';

/**
 * The paths that somebody may ask for, as a tree of names. Every node has a slot, inner ones too: their span serves
 * `json`, and a name that comes twice in one object is noticed.
 */
export interface TrieNode {
  readonly slot: number;
  readonly children: Children | undefined;
}

export interface Trie {
  readonly root: TrieNode;
  readonly slots: number;
  readonly slotOf: ReadonlyMap<Path, number>;
}

export function trieOf(paths: Iterable<Path>): Trie {
  const top: Draft = new Map();
  for (const path of paths) {
    let below = top;
    for (const name of path.split('.')) {
      const next = below.get(name) ?? new Map();
      below.set(name, next);
      below = next;
    }
  }
  const slotOf = new Map<Path, number>();
  const settle = (draft: Draft, above: string): Children | undefined => {
    if (draft.size === 0) return undefined;
    const nodes = [...draft].map(([name, below]) => {
      const path = above === '' ? name : `${above}.${name}`;
      const slot = slotOf.size;
      slotOf.set(path, slot);
      return { name, node: { slot, children: settle(below, path) } };
    });
    return new Children(nodes);
  };
  const children = settle(top, '');
  return { root: { slot: -1, children }, slots: slotOf.size, slotOf };
}

type Draft = Map<string, Draft>;

/** Names of one object, found by their length and a few of their letters. */
export class Children {
  readonly #mask: number;
  readonly #table: (Child | undefined)[];

  constructor(nodes: readonly { readonly name: string; readonly node: TrieNode }[]) {
    let size = 4;
    while (size < nodes.length * 4) size *= 2;
    this.#mask = size - 1;
    this.#table = new Array<Child | undefined>(size).fill(undefined);
    for (const { name, node } of nodes) {
      const bytes = new TextEncoder().encode(name);
      let at = hashOf(bytes, 0, bytes.length) & this.#mask;
      while (this.#table[at] !== undefined) at = (at + 1) & this.#mask;
      this.#table[at] = { bytes, node };
    }
  }

  find(source: Uint8Array, start: number, end: number): TrieNode | undefined {
    for (let at = hashOf(source, start, end) & this.#mask; ; at = (at + 1) & this.#mask) {
      const child = this.#table[at];
      if (child === undefined) return undefined;
      if (isSame(child.bytes, source, start, end)) return child.node;
    }
  }
}

interface Child {
  readonly bytes: Uint8Array;
  readonly node: TrieNode;
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0) return 0;
  const letters = bytes[start]! + bytes[start + (length >> 1)]! * 31 + bytes[end - 1]! * 961;
  const hash = Math.imul(letters + length * 29_791, 0x9e3779b1);
  return hash ^ (hash >>> 15);
}

function isSame(name: Uint8Array, source: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== source[start + i]) return false;
  return true;
}
