import { frozen } from '../frozen.ts';
import { keptCharactersMax, keptListRowsMax, keptListsMax, keptRowCharactersMax, keptRowsMax } from './limits.ts';
import { type Base, type Cell, type Layer, noRows } from './overlay.ts';
import type { KeyRange } from './port.ts';

/** A row of the state as it was read and parsed: frozen to its leaves, since everybody who reads it gets the same one. */
export interface Parsed {
  readonly value: unknown;
  /** Of its text. */
  readonly characters: number;
}

/** A base whose small rows and short lists are parsed once. */
export interface KeptBase extends Base {
  /** To be called with what a commit wrote, in the moment in which the layers below stop hiding it. */
  forget(written: Layer): void;
}

type Row = readonly [key: string, cell: Cell];

/**
 * Keeps committed state, up to a limit, by its keys and by the prefixes that were listed. Layers above hide what is
 * not committed yet, and what a commit wrote is forgotten when it becomes the base: nothing here outlives a change.
 */
export function keeping(base: Base): KeptBase {
  const rows = new Map<string, Cell | undefined>();
  /** By prefix; undefined: too long to be kept. */
  const lists = new Map<string, readonly Row[] | undefined>();
  /** The prefixes of the lists of each table. */
  const listsOf = new Map<string, string[]>();
  let characters = 0;
  const drop = (key: string) => {
    characters -= charactersOf(key, rows.get(key));
    rows.delete(key);
  };
  const keep = (key: string, cell: Cell | undefined) => {
    if (rows.has(key)) characters -= charactersOf(key, rows.get(key));
    characters += charactersOf(key, cell);
    rows.set(key, cell);
  };
  return {
    version: base.version,
    get(table, key) {
      if (table !== 'state') return base.get(table, key);
      const known = rows.get(key);
      if (typeof known !== 'string' && (known !== undefined || rows.has(key))) return known;
      const text = known ?? base.get(table, key);
      const cell = parsed(text);
      if (typeof cell === 'string') return cell;
      if (rows.size >= keptRowsMax || characters > keptCharactersMax) {
        rows.clear();
        characters = 0;
      }
      keep(key, cell);
      return cell;
    },
    range(table, range) {
      if (table !== 'state' || !isWhole(range)) return base.range(table, range);
      const { prefix } = range;
      const known = lists.get(prefix);
      if (known !== undefined) return known;
      const group = lists.has(prefix) ? undefined : groupOf(prefix);
      if (group === undefined) return base.range(table, range);
      const found = shortList(base.range(table, range));
      if (lists.size >= keptListsMax) {
        lists.clear();
        listsOf.clear();
      }
      lists.set(prefix, found);
      const ofGroup = listsOf.get(group);
      if (ofGroup === undefined) listsOf.set(group, [prefix]);
      else ofGroup.push(prefix);
      return found ?? base.range(table, range);
    },
    forget(written) {
      written.state.each((text, key) => {
        if (rows.has(key)) {
          // A row that is asked for need not be fetched again: its new text is here.
          if (text !== null && text.length <= keptRowCharactersMax) keep(key, text);
          else drop(key);
        }
        const group = groupOf(key);
        const stale = group && listsOf.get(group);
        if (!stale) return;
        for (const prefix of stale) lists.delete(prefix);
        listsOf.delete(group);
      });
    },
  };
}

function charactersOf(key: string, cell: Cell | undefined): number {
  if (cell === null || cell === undefined) return key.length;
  return key.length + (typeof cell === 'string' ? cell.length : cell.characters);
}

function isWhole({ after, limit, reverse }: KeyRange): boolean {
  return after === undefined && limit === undefined && reverse !== true;
}

/** `account/region/service/kind/`, in which every list lies that is kept. */
function groupOf(key: string): string | undefined {
  let at = -1;
  for (let part = 0; part < 4; part++) {
    at = key.indexOf('/', at + 1);
    if (at < 0) return undefined;
  }
  return key.slice(0, at + 1);
}

function shortList(found: Iterable<Row>): readonly Row[] | undefined {
  const list: Row[] = [];
  for (const [key, cell] of found) {
    const row = parsed(cell);
    if (list.length >= keptListRowsMax || typeof row === 'string') return undefined;
    list.push([key, row]);
  }
  return list.length === 0 ? noRows : list;
}

/** Long rows stay text: they are rare, and memory is for many. */
function parsed<C extends Cell | undefined>(cell: C): C | Parsed {
  if (typeof cell !== 'string' || cell.length > keptRowCharactersMax) return cell;
  return { value: frozen(JSON.parse(cell)), characters: cell.length };
}
