import { ByteTable } from './byte-table.ts';
import { eventWalk, kind, type Laid } from './event-walk.ts';
import { type Asked, constantAbsent, constantListed, type Fields, noConstant, ParsedFields } from './fields.ts';
import { absent, type Leaf, leavesAt, listed, type Scalar } from './leaves.ts';
import { listBytesHeldMax, listsHeldMax } from './limits.ts';
import { layNames, namesOf } from './name-tables.ts';

/**
 * An event as JSON in bytes, of which only what rules name is looked at: the rest is leapt over in WebAssembly
 * (tools/scan-event/), and strings are made only for tests that need one. What is not plain (a repeated or escaped name,
 * broken JSON) goes through JSON.parse. Values that no rule names are not checked: the bytes are taken for JSON.
 */
export class EventBytes implements Fields {
  readonly #asked: readonly Asked[];
  readonly #walk = eventWalk();
  readonly #laid: Laid;
  /** The names on the way to each path, the path's own last; and how many lead to each. */
  readonly #ways: readonly (readonly number[])[];
  readonly #depths: readonly number[];
  readonly #constants: readonly ByteTable<number>[];
  readonly #values: (Scalar | undefined)[];
  readonly #leaves: (readonly Leaf[] | undefined)[];
  /** The lists that this event has been asked for, by the name that they stand under. */
  readonly #lists = new Map<number, List>();
  /** Short lists of events before, by their bytes: what tags and kinds a thing has comes again and again. */
  readonly #known: readonly Map<string, List>[];
  readonly #parsed: ParsedFields;
  #isParsed = false;

  constructor(asked: readonly Asked[]) {
    this.#asked = asked;
    const { top, ways, depths } = namesOf(asked.map(({ path }) => path));
    this.#ways = ways;
    this.#depths = depths;
    this.#laid = { tables: layNames(top), names: depths.length };
    this.#constants = asked.map(
      ({ constants }) =>
        new ByteTable([...constants].flatMap(([value, id]) => (typeof value === 'string' ? [[value, id]] : []))),
    );
    this.#values = asked.map(() => undefined);
    this.#leaves = asked.map(() => undefined);
    this.#known = depths.map(() => new Map());
    this.#parsed = new ParsedFields(asked);
  }

  over(event: Uint8Array): this {
    this.#values.fill(undefined);
    if (this.#lists.size > 0) {
      this.#lists.clear();
      this.#leaves.fill(undefined);
    }
    this.#isParsed = !this.#walk.over(event, this.#laid);
    if (this.#isParsed) this.#parsed.over(JSON.parse(this.#walk.bytes.toString('utf8', 0, event.length)));
    return this;
  }

  constantAt(path: number): number {
    if (this.#isParsed) return this.#parsed.constantAt(path);
    const at = this.#placeOf(path);
    if (at < 0) return constantAbsent;
    const { places, bytes } = this.#walk;
    const what = places[at + 1];
    if (what === kind.list) return constantListed;
    if (what === kind.text) return this.#constants[path]!.find(bytes, places[at + 2]!, places[at + 3]!) ?? noConstant;
    const value = this.scalarAt(path);
    return typeof value === 'symbol' ? constantAbsent : (this.#asked[path]!.constants.get(value) ?? noConstant);
  }

  scalarAt(path: number): Scalar | typeof absent | typeof listed {
    if (this.#isParsed) return this.#parsed.scalarAt(path);
    const at = this.#placeOf(path);
    if (at < 0) return absent;
    const what = this.#walk.places[at + 1];
    if (what === kind.list) return listed;
    const known = this.#values[path];
    if (known !== undefined) return known;
    const found = this.#textAt(at);
    const value = what === kind.text ? found : (JSON.parse(found) as Scalar);
    this.#values[path] = value;
    return value;
  }

  leavesAt(path: number): readonly Leaf[] {
    if (this.#isParsed) return this.#parsed.leavesAt(path);
    const known = this.#leaves[path];
    if (known !== undefined) return known;
    const list = this.#listAt(this.#placeOf(path));
    let leaves = list.leaves.get(path);
    if (leaves === undefined) {
      leaves = leavesAt(list.json, this.#asked[path]!.path.slice(list.depth));
      list.leaves.set(path, leaves);
    }
    this.#leaves[path] = leaves;
    return leaves;
  }

  #listAt(at: number): List {
    const name = at >> 2;
    let list = this.#lists.get(name);
    if (list !== undefined) return list;
    const { places, bytes } = this.#walk;
    const [start, end] = [places[at + 2]!, places[at + 3]!];
    // As many letters as bytes, so lists that differ in one have other keys.
    const key = end - start > listBytesHeldMax ? undefined : bytes.toString('latin1', start, end);
    const known = this.#known[name]!;
    if (key !== undefined) list = known.get(key);
    if (list === undefined) {
      list = { json: JSON.parse(this.#textAt(at)) as unknown, depth: this.#depths[name]!, leaves: new Map() };
      if (known.size >= listsHeldMax) known.clear();
      if (key !== undefined) known.set(key, list);
    }
    this.#lists.set(name, list);
    return list;
  }

  /** Where the numbers are of the path's scalar or of the list on the way to it; negative where neither is. */
  #placeOf(path: number): number {
    const way = this.#ways[path]!;
    const walk = this.#walk;
    const own = walk.placeOf(way[way.length - 1]!);
    if (own >= 0) return walk.places[own + 1] === kind.object ? -1 : own;
    for (const name of way) {
      const at = walk.placeOf(name);
      if (at >= 0 && walk.places[at + 1] === kind.list) return at;
    }
    return -1;
  }

  #textAt(at: number): string {
    const { places, bytes } = this.#walk;
    return bytes.toString('utf8', places[at + 2], places[at + 3]);
  }
}

/** One list is one object, whatever path leads through it, and another than that under any other name. */
interface List {
  readonly json: unknown;
  /** How many names lead to it. */
  readonly depth: number;
  /** What stands in it, by path. */
  readonly leaves: Map<number, readonly Leaf[]>;
}
