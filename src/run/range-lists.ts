import { AddressSet } from '../detect/address-set.ts';
import type { ListMatch } from '../detect/world.ts';
import type { ReadScope } from '../range/operation.ts';
import { type List, listContents, lists } from '../range/services/guardduty/tables.ts';
import { limits } from './limits.ts';

/** The lists of one detector, as they match at a time. */
export interface RangeLists {
  match(kind: List['kind'], address: string, time: number): ListMatch | undefined;
}

export function rangeLists(scope: ReadScope): RangeLists {
  const sets = new Map<string, AddressSet>();
  const setOf = (content: string): AddressSet => {
    const known = sets.get(content);
    if (known !== undefined) return known;
    const set = new AddressSet();
    for (const entry of listContents.get(scope, content) ?? []) set.add(entry);
    if (sets.size >= limits.listSets) sets.clear();
    sets.set(content, set);
    return set;
  };
  return {
    match(kind, address, time) {
      for (const [, list] of lists.list(scope)) {
        if (list.kind !== kind) continue;
        for (const { from, until, content } of list.versions) {
          if (time < from || (until !== undefined && time >= until)) continue;
          const entry = setOf(content).entryOf(address);
          if (entry !== undefined) return { list: list.name, entry };
        }
      }
      return undefined;
    },
  };
}
