import type { Path } from '../model/activity.ts';
import { limits } from './limits.ts';
import { Repeats } from './repeats.ts';
import { Spans } from './spans.ts';
import { Specials } from './specials.ts';
import { type Child, noSlot, type Trie, type TrieNode } from './trie.ts';

/** Results of a scan that are no position. */
export const incomplete = -1;
export const malformed = -2;

/**
 * One pass over JSON in bytes that checks the whole grammar and writes down where the values of known paths begin and
 * end, so that nobody parses what nobody asks for. The byte at `end` must be 0: it stops every loop.
 */
export class Scanner {
  readonly #root: TrieNode;
  readonly spans: Spans;
  readonly #specials = new Specials();
  bytes: Buffer = Buffer.alloc(1);
  #view: DataView = new DataView(new ArrayBuffer(0));
  end = 0;
  /** The record has an escaped or repeated name where a known one may be: only JSON.parse can say what it means. */
  odd = false;
  /** Where and why the last scan was malformed. */
  at = 0;
  expected = '';
  /** The known value under the repeated path, and its place: what is within it has no spans. */
  readonly repeats = new Repeats();
  /** Its number in `repeats`, -1 when it is not kept there. */
  repeated = -1;
  readonly #seen: Int32Array;
  readonly #repeatedSlot: number;
  #record = 0;

  /** Objects under the repeated path come again and again, and nobody asks for spans within them. */
  constructor(trie: Trie, repeatedPath: Path) {
    this.#root = trie.root;
    this.spans = new Spans();
    this.#seen = new Int32Array(trie.slots);
    this.#repeatedSlot = trie.slotOf.get(repeatedPath) ?? -1;
  }

  /** Begins with other bytes. */
  over(bytes: Buffer, end: number): void {
    this.bytes = bytes;
    this.end = end;
    this.#specials.of(bytes);
    this.repeats.over(bytes);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Scans one value as a record and gives the position after it. Its spans are the latest ones of `spans`. */
  record(start: number): number {
    this.odd = false;
    this.repeated = -1;
    this.#record = (this.#record + 1) | 0;
    this.spans.begin();
    return this.bytes[start] === 0x7b ? this.#known(start, this.#root, 0) : this.#value(start, undefined, 0);
  }

  /** Skips blanks. */
  blanks(start: number): number {
    const { bytes } = this;
    let i = start;
    while (isBlank(bytes[i])) i++;
    return i;
  }

  /** An object of which some names are known. */
  #known(start: number, node: TrieNode, depth: number): number {
    const { bytes } = this;
    const children = node.children!;
    let i = this.blanks(start + 1);
    if (bytes[i] === 0x7d) return i + 1;
    let before: Child | undefined = children.first;
    for (;;) {
      if (bytes[i] !== 0x22) return this.#fail(i, 'a name in quotes');
      i++;
      let child: Child | undefined = before?.next;
      if (child !== undefined && this.#isNext(child, i)) i += child.length;
      else {
        const nameStart = i;
        i = this.#special(i);
        const isPlain = bytes[i] === 0x22;
        if (!isPlain) {
          this.odd = true;
          i = this.#text(i);
          if (i < 0) return i;
        }
        child = isPlain ? children.find(bytes, nameStart, i) : undefined;
        if (before !== undefined) before.next = child;
        // Most logs have no blanks.
        if (bytes[i + 1] === 0x3a && bytes[i + 2]! > 0x20) i += 2;
        else {
          i = this.#colon(i + 1);
          if (i < 0) return i;
        }
      }
      before = child;
      const valueStart = i;
      if (bytes[i] === 0x22) {
        i = this.#text(i + 1);
        if (i < 0) return i;
        i++;
      } else {
        const isRepeated = child !== undefined && child.node.slot === this.#repeatedSlot && bytes[i] === 0x7b;
        i = isRepeated ? this.#repeat(i, child!.node, depth + 1) : this.#value(i, child?.node, depth + 1);
        if (i < 0) return i;
      }
      if (child !== undefined) this.#note(child.node.slot, valueStart, i);
      if (bytes[i] === 0x2c && bytes[i + 1] === 0x22) {
        i++;
        continue;
      }
      i = this.blanks(i);
      if (bytes[i] === 0x7d) return i + 1;
      if (bytes[i] !== 0x2c) return this.#fail(i, '"," or "}"');
      i = this.blanks(i + 1);
    }
  }

  /** Whether this name with its quote and colon, and a value right after it, is here. */
  #isNext({ words, length }: Child, start: number): boolean {
    if (start + length >= this.end || this.bytes[start + length]! <= 0x20) return false;
    const last = words.length - 1;
    const view = this.#view;
    for (let i = 0; i < last; i++) if (words[i] !== view.getInt32(start + i * 4, true)) return false;
    return last >= 0 && words[last] === view.getInt32(start + length - 4, true);
  }

  #repeat(start: number, node: TrieNode, depth: number): number {
    // Its first two members: for an identity, the type and who it is.
    let prefix = start;
    for (let quotes = 0; quotes < 8 && prefix < this.end; quotes++) prefix = this.#special(prefix + 1);
    const length = prefix < this.end ? this.repeats.find(start, prefix) : 0;
    if (length > 0) {
      this.repeated = this.repeats.number;
      return start + length;
    }
    const before = this.spans.used;
    const end = this.#known(start, node, depth);
    if (end < 0) return end;
    this.spans.used = before;
    const isKept = !this.odd && prefix < end && this.repeats.add(this.bytes, start, end, prefix);
    this.repeated = isKept ? this.repeats.number : -1;
    return end;
  }

  #note(slot: number, start: number, end: number): void {
    if (slot === noSlot) return;
    if (this.#seen[slot] === this.#record) this.odd = true;
    this.#seen[slot] = this.#record;
    this.spans.add(slot, start, end);
  }

  #value(start: number, node: TrieNode | undefined, depth: number): number {
    const byte = this.bytes[start]!;
    if (byte === 0x22) {
      const quote = this.#text(start + 1);
      return quote < 0 ? quote : quote + 1;
    }
    if (byte === 0x7b || byte === 0x5b) {
      if (depth >= limits.depth) return this.#fail(start, `nesting of at most ${limits.depth}`);
      if (byte === 0x5b) return this.#list(start, depth);
      return node?.children === undefined ? this.#object(start, depth) : this.#known(start, node, depth);
    }
    if (byte === 0x74) return this.#word(start, wordTrue);
    if (byte === 0x66) return this.#word(start, wordFalse);
    if (byte === 0x6e) return this.#word(start, wordNull);
    return this.#number(start);
  }

  /** An object of which no name is known. */
  #object(start: number, depth: number): number {
    const { bytes } = this;
    let i = this.blanks(start + 1);
    if (bytes[i] === 0x7d) return i + 1;
    for (;;) {
      if (bytes[i] !== 0x22) return this.#fail(i, 'a name in quotes');
      i = this.#text(i + 1);
      if (i < 0) return i;
      if (bytes[i + 1] === 0x3a && bytes[i + 2]! > 0x20) i += 2;
      else {
        i = this.#colon(i + 1);
        if (i < 0) return i;
      }
      i = this.#value(i, undefined, depth + 1);
      if (i < 0) return i;
      if (bytes[i] === 0x2c && bytes[i + 1] === 0x22) {
        i++;
        continue;
      }
      i = this.blanks(i);
      if (bytes[i] === 0x7d) return i + 1;
      if (bytes[i] !== 0x2c) return this.#fail(i, '"," or "}"');
      i = this.blanks(i + 1);
    }
  }

  #list(start: number, depth: number): number {
    const { bytes } = this;
    let i = this.blanks(start + 1);
    if (bytes[i] === 0x5d) return i + 1;
    for (;;) {
      i = this.#value(i, undefined, depth + 1);
      if (i < 0) return i;
      i = this.blanks(i);
      if (bytes[i] === 0x5d) return i + 1;
      if (bytes[i] !== 0x2c) return this.#fail(i, '"," or "]"');
      i = this.blanks(i + 1);
    }
  }

  #colon(start: number): number {
    const i = this.blanks(start);
    return this.bytes[i] === 0x3a ? this.blanks(i + 1) : this.#fail(i, '":"');
  }

  /** From within a text to its closing quote. */
  #text(start: number): number {
    const { bytes } = this;
    let i = start;
    for (;;) {
      i = this.#special(i);
      const byte = bytes[i];
      if (byte === 0x22) return i;
      if (byte !== 0x5c) return this.#fail(i, 'no control character in a text');
      const escaped = bytes[i + 1]!;
      if (escaped === 0x75) {
        for (let digit = i + 2; digit < i + 6; digit++) {
          if (!isHex(bytes[digit])) return this.#fail(digit, 'four hex digits');
        }
        i += 6;
      } else if (escapes[escaped] === 1) i += 2;
      else return this.#fail(i + 1, 'an escape that JSON has');
    }
  }

  /** The next quote, backslash or control character. */
  #special(from: number): number {
    const { bits } = this.#specials;
    let at = from >> 5;
    let word = bits[at]! & (-1 << (from & 31));
    while (word === 0) word = bits[++at]!;
    return (at << 5) + 31 - Math.clz32(word & -word);
  }

  #word(start: number, word: Uint8Array): number {
    for (let i = 1; i < word.length; i++)
      if (this.bytes[start + i] !== word[i]) return this.#fail(start + i, 'a value');
    return start + word.length;
  }

  #number(start: number): number {
    const { bytes } = this;
    let i = start;
    if (bytes[i] === 0x2d) i++;
    if (!isDigit(bytes[i])) return this.#fail(i, 'a value');
    if (bytes[i] === 0x30) i++;
    else while (isDigit(bytes[i])) i++;
    if (bytes[i] === 0x2e) {
      if (!isDigit(bytes[++i])) return this.#fail(i, 'a digit');
      while (isDigit(bytes[i])) i++;
    }
    if (bytes[i] === 0x65 || bytes[i] === 0x45) {
      if (bytes[++i] === 0x2b || bytes[i] === 0x2d) i++;
      if (!isDigit(bytes[i])) return this.#fail(i, 'a digit');
      while (isDigit(bytes[i])) i++;
    }
    // A number at the very end may go on in what is read next.
    return i >= this.end ? this.#fail(i, 'more') : i;
  }

  #fail(at: number, expected: string): number {
    this.at = at;
    this.expected = expected;
    return at >= this.end ? incomplete : malformed;
  }
}

const escapes = new Uint8Array(256);
for (const character of '"\\/bfnrt') escapes[character.charCodeAt(0)] = 1;
const [wordTrue, wordFalse, wordNull] = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isHex(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}
