import { hashOfName } from '../../model/hash.ts';
import { tablesAt } from './event-walk.ts';

/** A name of some paths: its number, and the names below it. */
export interface Name {
  readonly number: number;
  readonly below: ReadonlyMap<string, Name>;
}

/** The names of these paths as a tree, for each path the numbers of the names on the way, its own last, and how deep each is. */
export function namesOf(paths: readonly (readonly string[])[]): {
  readonly top: ReadonlyMap<string, Name>;
  readonly ways: readonly (readonly number[])[];
  readonly depths: readonly number[];
} {
  const depths: number[] = [];
  const top = new Map<string, Draft>();
  const ways = paths.map((path) => {
    let names = top;
    return path.map((name, index) => {
      let next = names.get(name);
      if (next === undefined) {
        next = { number: depths.push(index + 1) - 1, below: new Map() };
        names.set(name, next);
      }
      names = next.below;
      return next.number;
    });
  });
  return { top, ways, depths };
}

interface Draft extends Name {
  readonly below: Map<string, Draft>;
}

/**
 * Names as the walk reads them (tools/scan-event/), where `tablesAt` is: a table by a hash of the name, and of each name
 * its number, its own table, its length and its bytes.
 */
export function layNames(names: ReadonlyMap<string, Name>): Uint8Array {
  const tables = new Uint8Array(bytesOf(names));
  lay(names, tables, 0);
  return tables;
}

function bytesOf(names: ReadonlyMap<string, Name>): number {
  let bytes = 4 + 4 * placesFor(names.size);
  for (const [name, { below }] of names) {
    bytes += roundedUp(head + textOf(name).length) + (below.size > 0 ? bytesOf(below) : 0);
  }
  return bytes;
}

/** Where it ends. */
function lay(names: ReadonlyMap<string, Name>, tables: Uint8Array, at: number): number {
  const words = new Int32Array(tables.buffer);
  const mask = placesFor(names.size) - 1;
  let end = at + 4 + 4 * (mask + 1);
  words[at >> 2] = mask;
  for (const [name, { number, below }] of names) {
    const [child, text] = [end, textOf(name)];
    tables.set(text, child + head);
    end = roundedUp(child + head + text.length);
    words.set([number, below.size > 0 ? tablesAt + end : 0, text.length], child >> 2);
    if (below.size > 0) end = lay(below, tables, end);
    let place = hashOfName(text) & mask;
    while (words[(at >> 2) + 1 + place] !== 0) place = (place + 1) & mask;
    words[(at >> 2) + 1 + place] = tablesAt + child;
  }
  return end;
}

const textOf = (name: string) => new TextEncoder().encode(name);
const roundedUp = (bytes: number) => (bytes + 3) & ~3;
/** What stands before the bytes of a name. */
const head = 12;

/** A quarter is taken at most, so that a name that nobody asks for is soon told. */
function placesFor(names: number): number {
  let places = 4;
  while (places < names * 4) places *= 2;
  return places;
}
