import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { indicatorsOf } from '../../../detect/lists/indicators.ts';
import { NamedList } from '../../../detect/lists/named-list.ts';
import type { Lists, ListUse } from '../../../detect/world.ts';

export interface ListFile {
  readonly use: ListUse;
  readonly path: string;
}

/** Lists as files: plain, CSV, STIX 2.1 or a MISP export. A list is called by the name of its file. */
export function readLists(files: readonly ListFile[]): {
  readonly lists: Lists;
  readonly uses: ReadonlySet<ListUse>;
  readonly ignored: number;
} {
  const byUse = new Map<ListUse, NamedList[]>();
  let ignored = 0;
  for (const { use, path } of files) {
    const { list, ignored: more } = readList(path);
    byUse.set(use, [...(byUse.get(use) ?? []), list]);
    ignored += more;
  }
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
  return { lists, uses: new Set(byUse.keys()), ignored };
}

export function readList(path: string): { readonly list: NamedList; readonly ignored: number } {
  const list = new NamedList(basename(path));
  let ignored = 0;
  for (const indicator of indicatorsOf(readFileSync(path, 'utf8').replace(/^\ufeff/, ''))) {
    if (!list.add(indicator)) ignored++;
  }
  return { list, ignored };
}

/** Whose an address is, by lines of `<address or range>,<account id>`; what is neither is passed over, as in lists. */
export function readOwners(paths: readonly string[]): (address: string) => string | undefined {
  const byAccount = new Map<string, NamedList>();
  for (const line of paths.flatMap((path) => readFileSync(path, 'utf8').split('\n'))) {
    const [, address = '', account = ''] = /^\s*"?([\da-fA-F.:/]+)"?\s*[,;\t ]\s*"?(\d{12})"?\s*$/.exec(line) ?? [];
    if (account === '') continue;
    const list = byAccount.get(account) ?? new NamedList(account);
    byAccount.set(account, list);
    list.add(address);
  }
  return (address) => [...byAccount.values()].find((list) => list.match(address) !== undefined)?.name;
}
