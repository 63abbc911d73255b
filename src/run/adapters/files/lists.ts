import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AddressSet } from '../../../detect/address-set.ts';
import type { ListMatch, Lists, ListUse } from '../../../detect/world.ts';

export interface ListFile {
  readonly use: ListUse;
  readonly path: string;
}

/** Threat lists as files: one address, range or name a line; after `#`, and after a comma, come remarks. */
export function readLists(files: readonly ListFile[]): {
  readonly lists: Lists;
  readonly uses: ReadonlySet<ListUse>;
  readonly ignored: number;
} {
  const byUse = new Map<ListUse, NamedSet[]>();
  let ignored = 0;
  for (const { use, path } of files) {
    const set: NamedSet = { name: basename(path), addresses: new AddressSet(), names: new Set() };
    for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
      const entry = line.split(/[#,;]/)[0]!.trim().toLowerCase();
      if (entry === '' || set.addresses.add(entry)) continue;
      if (isName(entry)) set.names.add(entry);
      else ignored++;
    }
    byUse.set(use, [...(byUse.get(use) ?? []), set]);
  }
  const lists: Lists = {
    match: (use, value) => matchIn(byUse.get(use) ?? [], value),
  };
  return { lists, uses: new Set(byUse.keys()), ignored };
}

interface NamedSet {
  readonly name: string;
  readonly addresses: AddressSet;
  readonly names: Set<string>;
}

function matchIn(sets: readonly NamedSet[], value: string): ListMatch | undefined {
  for (const { name, addresses, names } of sets) {
    const entry = addresses.entryOf(value) ?? nameIn(names, value);
    if (entry !== undefined) return { list: name, entry };
  }
  return undefined;
}

/** A name is listed when it or one of its parents is. */
function nameIn(names: ReadonlySet<string>, value: string): string | undefined {
  if (names.size === 0) return undefined;
  const labels = value.toLowerCase().replace(/\.$/, '').split('.');
  for (let first = 0; first < labels.length - 1; first++) {
    const name = labels.slice(first).join('.');
    if (names.has(name)) return name;
  }
  return undefined;
}

function isName(text: string): boolean {
  return /^([a-z0-9_-]+\.)+[a-z0-9-]+$/.test(text);
}
