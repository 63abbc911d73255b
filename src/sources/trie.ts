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

/** `quiet` paths are known to be there, so that the scanner expects them, and nobody asks for them. */
export function trieOf(paths: Iterable<Path>, quiet: readonly Path[] = []): Trie {
  const top: Draft = new Map();
  const asked = new Set<Path>();
  for (const path of [...paths].concat(quiet)) {
    let below = top;
    for (const name of path.split('.')) {
      const next = below.get(name) ?? new Map();
      below.set(name, next);
      below = next;
    }
    if (!quiet.includes(path)) asked.add(path);
  }
  const slotOf = new Map<Path, number>();
  const settle = (draft: Draft, above: string): Children | undefined => {
    if (draft.size === 0) return undefined;
    const nodes = [...draft].map(([name, below]) => {
      const path = above === '' ? name : `${above}.${name}`;
      const isAsked = below.size > 0 || asked.has(path);
      const slot = isAsked ? slotOf.size : noSlot;
      if (isAsked) slotOf.set(path, slot);
      return { name, node: { slot, children: settle(below, path) } };
    });
    return new Children(nodes);
  };
  const children = settle(top, '');
  return { root: { slot: noSlot, children }, slots: slotOf.size, slotOf };
}

export const noSlot = -1;

type Draft = Map<string, Draft>;

/** Names of one object, found by their length and a few of their letters. */
export class Children {
  readonly #mask: number;
  readonly #table: (Child | undefined)[];
  /** The name that came first the last time. */
  readonly first: Child;

  constructor(nodes: readonly { readonly name: string; readonly node: TrieNode }[]) {
    let size = 4;
    while (size < nodes.length * 4) size *= 2;
    this.#mask = size - 1;
    this.#table = new Array<Child | undefined>(size).fill(undefined);
    for (const { name, node } of nodes) {
      const child = childOf(name, node);
      let at = hashOf(child.bytes, 0, child.bytes.length) & this.#mask;
      while (this.#table[at] !== undefined) at = (at + 1) & this.#mask;
      this.#table[at] = child;
    }
    this.first = { ...childOf('', nodes[0]!.node), next: undefined };
  }

  find(source: Uint8Array, start: number, end: number): Child | undefined {
    for (let at = hashOf(source, start, end) & this.#mask; ; at = (at + 1) & this.#mask) {
      const child = this.#table[at];
      if (child === undefined) return undefined;
      if (isSame(child.bytes, source, start, end)) return child;
    }
  }
}

export interface Child {
  readonly bytes: Uint8Array;
  /** `name":`, and its words at 0, 4, 8 and so on; the last one ends where it ends. */
  readonly length: number;
  readonly words: Int32Array;
  readonly node: TrieNode;
  /** The name that followed the last time: most records have theirs in the same order. */
  next: Child | undefined;
}

function childOf(name: string, node: TrieNode): Child {
  const bytes = new TextEncoder().encode(name);
  const whole = new TextEncoder().encode(`${name}":`);
  const view = new DataView(whole.buffer);
  const length = whole.length;
  const words =
    length < 4
      ? []
      : Array.from({ length: Math.ceil(length / 4) }, (_, i) => view.getInt32(Math.min(i * 4, length - 4), true));
  return { bytes, length, words: Int32Array.from(words), node, next: undefined };
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
