import type { Path } from '../model/activity.ts';

/**
 * The paths that somebody may ask for, as a tree of names. Every node has a slot, inner ones too: their span serves
 * `json`, and a name that comes twice in one object is noticed.
 */
export interface TrieNode {
  readonly slot: number;
  readonly children: ReadonlyMap<string, TrieNode> | undefined;
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
  const settle = (draft: Draft, above: string): ReadonlyMap<string, TrieNode> | undefined => {
    if (draft.size === 0) return undefined;
    const nodes = [...draft].map(([name, below]): [string, TrieNode] => {
      const path = above === '' ? name : `${above}.${name}`;
      const isAsked = below.size > 0 || asked.has(path);
      const slot = isAsked ? slotOf.size : noSlot;
      if (isAsked) slotOf.set(path, slot);
      return [name, { slot, children: settle(below, path) }];
    });
    return new Map(nodes);
  };
  const children = settle(top, '');
  return { root: { slot: noSlot, children }, slots: slotOf.size, slotOf };
}

const noSlot = -1;

type Draft = Map<string, Draft>;
