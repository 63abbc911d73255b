import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { indicatorsOf } from '../../../detect/lists/indicators.ts';
import { NamedList } from '../../../detect/lists/named-list.ts';
import type { Lists, ListUse } from '../../../detect/world.ts';

export interface ListFile {
  readonly use: ListUse;
  readonly path: string;
}

export interface ReadList {
  readonly list: NamedList;
  /** Entries that no log can hold. */
  readonly ignored: number;
  /** Nothing stands in the file, or remarks alone. */
  readonly isBlank: boolean;
}

/** Lists as files: plain, CSV, STIX 2.1 or a MISP export. A list is called by the name of its file. */
export function readLists(
  files: readonly ListFile[],
  read: (path: string) => ReadList,
): { readonly lists: Lists; readonly uses: ReadonlySet<ListUse> } {
  const byUse = new Map<ListUse, NamedList[]>();
  for (const { use, path } of files) byUse.set(use, [...(byUse.get(use) ?? []), read(path).list]);
  const all = [...byUse.values()].flat();
  const match = (use: ListUse, value: string) => {
    for (const list of byUse.get(use) ?? []) {
      const found = list.match(value);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const lists: Lists = {
    match,
    names: (use, value) => match(use, value) !== undefined,
    holds: (address) => all.some((list) => list.holds(address)),
  };
  return { lists, uses: new Set(byUse.keys()) };
}

export function readList(path: string): ReadList {
  const list = new NamedList(basename(path));
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  let ignored = 0;
  for (const indicator of indicatorsOf(text)) if (!list.add(indicator)) ignored++;
  return { list, ignored, isBlank: list.size === 0 && /^(?:\s*(?:[#;].*)?\n?)*$/.test(text) };
}

/** Whose an address is, by lines of `<address or range>,<account id>`; undefined when no line is one. */
export function readOwners(paths: readonly string[]): ((address: string) => string | undefined) | undefined {
  const byAccount = new Map<string, NamedList>();
  for (const line of paths.flatMap((path) => readFileSync(path, 'utf8').split('\n'))) {
    const [, address = '', account = ''] = /^\s*"?([\da-fA-F.:/]+)"?\s*[,;\t ]\s*"?(\d{12})"?\s*$/.exec(line) ?? [];
    if (account === '') continue;
    const list = byAccount.get(account) ?? new NamedList(account);
    byAccount.set(account, list);
    list.add(address);
  }
  if (byAccount.size === 0) return undefined;
  return (address) => [...byAccount.values()].find((list) => list.match(address) !== undefined)?.name;
}
