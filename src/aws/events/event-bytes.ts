import { ByteTable } from './byte-table.ts';
import { type Asked, constantAbsent, constantListed, type Fields, noConstant, ParsedFields } from './fields.ts';
import { absent, type Leaf, leavesAt, listed, type Scalar } from './leaves.ts';

/**
 * An event as JSON in bytes, of which only what rules name is looked at: the rest is leapt over, and strings are made
 * only for tests that need one. What is not plain (a repeated or escaped name, broken JSON) goes through JSON.parse.
 * Values that no rule names are not checked: the bytes are taken for JSON.
 */
export class EventBytes implements Fields {
  readonly #asked: readonly Asked[];
  readonly #root: Node;
  /** The nodes on the way to each path, the path's own last. */
  readonly #ways: readonly (readonly Node[])[];
  readonly #constants: readonly ByteTable<number>[];
  readonly #values: (Scalar | undefined)[];
  readonly #leaves: (readonly Leaf[] | undefined)[];
  #hasLeaves = false;
  readonly #parsed: ParsedFields;
  #isParsed = false;
  #now = 0;
  #bytes: Buffer = Buffer.alloc(4_096);
  #view: DataView = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);

  constructor(asked: readonly Asked[]) {
    this.#asked = asked;
    const top = new Draft();
    const drafts = asked.map(({ path }) => top.way(path));
    this.#root = top.node();
    this.#ways = drafts.map((way) => way.map((draft) => draft.node()));
    this.#constants = asked.map(
      ({ constants }) =>
        new ByteTable([...constants].flatMap(([value, id]) => (typeof value === 'string' ? [[value, id]] : []))),
    );
    this.#values = asked.map(() => undefined);
    this.#leaves = asked.map(() => undefined);
    this.#parsed = new ParsedFields(asked);
  }

  over(event: Uint8Array): this {
    if (this.#bytes.length < event.length + padding) {
      this.#bytes = Buffer.alloc((event.length + padding) * 2);
      this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    }
    this.#bytes.set(event, 0);
    this.#bytes.set(sentinel, event.length);
    this.#now++;
    this.#values.fill(undefined);
    if (this.#hasLeaves) this.#leaves.fill(undefined);
    this.#hasLeaves = false;
    const start = this.#blanks(0);
    const end = this.#bytes[start] === brace ? this.#object(start, this.#root) : broken;
    this.#isParsed = end < 0 || this.#blanks(end) !== event.length;
    if (this.#isParsed) this.#parsed.over(JSON.parse(this.#bytes.toString('utf8', 0, event.length)));
    return this;
  }

  constantAt(path: number): number {
    if (this.#isParsed) return this.#parsed.constantAt(path);
    const node = this.#nodeAt(path);
    if (node === undefined) return constantAbsent;
    if (node.kind === list) return constantListed;
    if (node.kind === text) return this.#constants[path]!.find(this.#bytes, node.start, node.end) ?? noConstant;
    const value = this.scalarAt(path);
    return typeof value === 'symbol' ? constantAbsent : (this.#asked[path]!.constants.get(value) ?? noConstant);
  }

  scalarAt(path: number): Scalar | typeof absent | typeof listed {
    if (this.#isParsed) return this.#parsed.scalarAt(path);
    const node = this.#nodeAt(path);
    if (node === undefined) return absent;
    if (node.kind === list) return listed;
    const known = this.#values[path];
    if (known !== undefined) return known;
    const found = this.#bytes.toString('utf8', node.start, node.end);
    const value = node.kind === text ? found : (JSON.parse(found) as Scalar);
    this.#values[path] = value;
    return value;
  }

  leavesAt(path: number): readonly Leaf[] {
    if (this.#isParsed) return this.#parsed.leavesAt(path);
    const known = this.#leaves[path];
    if (known !== undefined) return known;
    const node = this.#nodeAt(path)!;
    // One list is one object, whatever path leads through it.
    node.list ??= JSON.parse(this.#bytes.toString('utf8', node.start, node.end)) as unknown;
    const leaves = leavesAt(node.list, this.#asked[path]!.path.slice(node.depth));
    this.#leaves[path] = leaves;
    this.#hasLeaves = true;
    return leaves;
  }

  /** The path's scalar or the list on the way to it; undefined where neither is. */
  #nodeAt(path: number): Node | undefined {
    const way = this.#ways[path]!;
    const own = way[way.length - 1]!;
    if (own.seen === this.#now) return own.kind === object ? undefined : own;
    for (const node of way) if (node.seen === this.#now && node.kind === list) return node;
    return undefined;
  }

  /** An object of which some names are asked for: the position after it, negative where it is not plain. */
  #object(start: number, node: Node): number {
    const bytes = this.#bytes;
    let at = this.#blanks(start + 1);
    if (bytes[at] === braceEnd) return at + 1;
    for (;;) {
      if (bytes[at] !== quote) return broken;
      const nameStart = ++at;
      at = this.#nameEnd(nameStart);
      if (at < 0) return broken;
      const child = node.names!.find(bytes, nameStart, at);
      at = bytes[at + 1] === colon && bytes[at + 2]! > blank ? at + 2 : this.#colon(at + 1);
      if (at < 0) return broken;
      at = child === undefined ? this.#skip(at) : this.#value(at, child);
      if (at < 0) return broken;
      if (bytes[at]! <= blank) at = this.#blanks(at);
      if (bytes[at] === braceEnd) return at + 1;
      if (bytes[at] !== comma) return broken;
      at = bytes[at + 1]! <= blank ? this.#blanks(at + 1) : at + 1;
    }
  }

  /** The quote after a name, negative where the name is escaped. Four bytes a step while none of them is special. */
  #nameEnd(start: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    let at = start;
    while (!isSpecial(view.getInt32(at))) at += 4;
    while (bytes[at] !== quote) if (bytes[at++] === backslash) return broken;
    return at;
  }

  #value(start: number, node: Node): number {
    if (node.seen === this.#now) return broken;
    node.seen = this.#now;
    node.list = undefined;
    node.start = start;
    const first = this.#bytes[start];
    if (first === brace) {
      node.kind = object;
      return node.names === undefined ? this.#skip(start) : this.#object(start, node);
    }
    const end = this.#skip(start);
    if (end < 0) return end;
    node.end = end;
    node.kind = first === bracket ? list : scalar;
    if (first === quote && !this.#hasEscape) {
      node.kind = text;
      node.start = start + 1;
      node.end = end - 1;
    }
    return end;
  }

  /** Over any value. */
  #skip(start: number): number {
    const bytes = this.#bytes;
    const first = bytes[start];
    if (first === quote) return this.#text(start + 1);
    if (first !== brace && first !== bracket) return this.#word(start);
    let depth = 0;
    for (let at = start; ; ) {
      const byte = bytes[at]!;
      if (byte === quote) {
        at = this.#text(at + 1);
        if (at < 0) return broken;
        continue;
      }
      if (byte === 0) return broken;
      at++;
      if (byte === brace || byte === bracket) depth++;
      else if ((byte === braceEnd || byte === bracketEnd) && --depth === 0) return at;
    }
  }

  #word(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    for (
      let byte = bytes[at]!;
      byte > blank && byte !== comma && byte !== braceEnd && byte !== bracketEnd;
      byte = bytes[++at]!
    ) {
      if (byte === quote) return broken;
    }
    return at === start ? broken : at;
  }

  #hasEscape = false;

  /** From within a text to after its closing quote. Four bytes a step while none of them is special. */
  #text(start: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    this.#hasEscape = false;
    for (let at = start; ; ) {
      while (!isSpecial(view.getInt32(at))) at += 4;
      while (bytes[at] !== quote && bytes[at] !== backslash) at++;
      // The quote that ends the loops is followed by a zero.
      if (bytes[at] === quote) return bytes[at + 1] === 0 ? broken : at + 1;
      this.#hasEscape = true;
      at += 2;
    }
  }

  #colon(start: number): number {
    const at = this.#blanks(start);
    return this.#bytes[at] === colon ? this.#blanks(at + 1) : broken;
  }

  #blanks(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    while (bytes[at] === blank || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
    return at;
  }
}

const [quote, backslash, colon, comma, blank] = [0x22, 0x5c, 0x3a, 0x2c, 0x20] as const;
const [brace, braceEnd, bracket, bracketEnd] = [0x7b, 0x7d, 0x5b, 0x5d] as const;
const broken = -1;
const padding = 16;
/** A quote with a zero after it ends every loop; twice, because an escape at the end steps over one. */
const sentinel = Uint8Array.from({ length: padding }, (_, index) => (index === 0 || index === 2 ? quote : 0));

/** Whether a quote or a backslash is among four bytes; now and then also where there is none. */
function isSpecial(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const slashes = word ^ 0x5c5c5c5c;
  return ((((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes)) & 0x80808080) !== 0;
}

const [object, list, text, scalar] = [0, 1, 2, 3] as const;

/** A name that some path has, and what the present event has there. */
interface Node {
  readonly names: ByteTable<Node> | undefined;
  /** How many names lead here. */
  readonly depth: number;
  seen: number;
  kind: number;
  start: number;
  end: number;
  list: unknown;
}

class Draft {
  readonly #below = new Map<string, Draft>();
  readonly #depth: number;
  #node: Node | undefined;

  constructor(depth = 0) {
    this.#depth = depth;
  }

  /** The drafts that a path leads through. */
  way([name, ...rest]: readonly string[]): readonly Draft[] {
    if (name === undefined) return [];
    const next = this.#below.get(name) ?? new Draft(this.#depth + 1);
    this.#below.set(name, next);
    return [next, ...next.way(rest)];
  }

  node(): Node {
    const below = [...this.#below].map(([name, draft]) => [name, draft.node()] as const);
    this.#node ??= {
      names: below.length === 0 && this.#depth > 0 ? undefined : new ByteTable(below),
      depth: this.#depth,
      seen: 0,
      kind: object,
      start: 0,
      end: 0,
      list: undefined,
    };
    return this.#node;
  }
}
