import { compareKeys, isPlain } from './keys.ts';
import { blockKeysMax, scannedRowsMax } from './limits.ts';
import type { KeyRange } from './port.ts';

/** Of maps that have no key: nobody writes into it. */
const none: never[] = [];

/**
 * A map whose keys list in byte order: a hash map for single keys, and sorted blocks of keys for ranges. A new key waits
 * outside the blocks until a range or a removal asks for order: most maps are never asked.
 * At a million keys an insertion is two binary searches and a move inside one block.
 */
export class SortedMap<V> {
  /** Made with the first key: the step of a commit lays out three maps and mostly fills one. */
  #rows: Map<string, V> | undefined;
  #blocks: string[][] = none;
  #unsorted: string[] = none;
  #version = 0;
  /** True while every key is plain: then keys are compared natively, ten times as fast. */
  #plain = true;

  get size(): number {
    return this.#rows === undefined ? 0 : this.#rows.size;
  }

  /** Changes whenever a key comes or goes: an open range then looks for its place again. */
  get version(): number {
    return this.#version;
  }

  get(key: string): V | undefined {
    return this.#rows?.get(key);
  }

  set(key: string, value: V): void {
    if (this.#rows === undefined) {
      this.#rows = new Map();
      this.#blocks = [];
      this.#unsorted = [];
    }
    const before = this.#rows.size;
    this.#rows.set(key, value);
    if (this.#rows.size === before) return;
    this.#unsorted.push(key);
    this.#version++;
  }

  delete(key: string): void {
    if (this.#rows === undefined || !this.#rows.delete(key)) return;
    this.#sort();
    const index = this.#blockOf(key);
    const block = this.#blocks[index]!;
    block.splice(this.#place(block, key), 1);
    if (block.length === 0 && this.#blocks.length > 1) this.#blocks.splice(index, 1);
    this.#version++;
  }

  /** Whether some key begins so; cheap for the few rows of a step, which then need no order. */
  mayHold(prefix: string): boolean {
    if (this.#rows === undefined) return false;
    if (this.#rows.size > scannedRowsMax) return true;
    for (const key of this.#rows.keys()) if (key.startsWith(prefix)) return true;
    return false;
  }

  /** In the order in which the keys came. */
  each(take: (value: V, key: string) => void): void {
    this.#rows?.forEach(take);
  }

  /** May be changed while it is read: what comes is always the next key of what is there then. */
  *range(range: KeyRange): Generator<readonly [string, V]> {
    if (this.#rows === undefined) return;
    const { prefix, reverse = false } = range;
    let after = range.after;
    let left = range.limit ?? Number.POSITIVE_INFINITY;
    let version = this.#version;
    let at = this.#seek(prefix, after, reverse);
    while (left-- > 0) {
      if (version !== this.#version) {
        version = this.#version;
        at = this.#seek(prefix, after, reverse);
      }
      const key = this.#blocks[at.block]?.[at.index];
      if (key === undefined || !key.startsWith(prefix)) return;
      yield [key, this.#rows.get(key) as V];
      after = key;
      if (version === this.#version) this.#step(at, reverse);
    }
  }

  #sort(): void {
    if (this.#unsorted.length === 0) return;
    if (this.#blocks.length === 0) this.#blocks.push([]);
    for (const key of this.#unsorted) this.#insert(key);
    this.#unsorted = [];
  }

  #insert(key: string): void {
    this.#plain &&= isPlain(key);
    const index = this.#blockOf(key);
    const block = this.#blocks[index]!;
    block.splice(this.#place(block, key), 0, key);
    if (block.length <= blockKeysMax) return;
    // Keys mostly come in order: then the left block stays nearly full.
    const cut = index === this.#blocks.length - 1 ? blockKeysMax - 8 : blockKeysMax >> 1;
    this.#blocks.splice(index + 1, 0, block.splice(cut));
  }

  /** The last block that begins at or before the key. */
  #blockOf(key: string): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    const native = this.#plain && isPlain(key);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const first = this.#blocks[middle]![0]!;
      if (native ? first <= key : compareKeys(first, key) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where the key is in the block, or would be. */
  #place(block: readonly string[], key: string): number {
    let low = 0;
    let high = block.length;
    const native = this.#plain && isPlain(key);
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = block[middle]!;
      if (native ? at < key : compareKeys(at, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #seek(prefix: string, after: string | undefined, reverse: boolean): Position {
    this.#sort();
    if (reverse) return this.#seekBack(prefix, after);
    const inside = after !== undefined && compareKeys(after, prefix) >= 0;
    const from = inside ? after : prefix;
    const block = this.#blockOf(from);
    const at = { block, index: this.#place(this.#blocks[block]!, from) };
    if (at.index >= this.#blocks[block]!.length) this.#turn(at);
    if (inside && this.#blocks[at.block]?.[at.index] === after) this.#step(at, false);
    return at;
  }

  #seekBack(prefix: string, after: string | undefined): Position {
    const end = endOf(prefix);
    const to = after !== undefined && (end === undefined || compareKeys(after, end) < 0) ? after : end;
    if (to === undefined) {
      const last = this.#blocks.length - 1;
      return { block: last, index: this.#blocks[last]!.length - 1 };
    }
    const block = this.#blockOf(to);
    const at = { block, index: this.#place(this.#blocks[block]!, to) };
    this.#step(at, true);
    return at;
  }

  #step(at: Position, reverse: boolean): void {
    at.index += reverse ? -1 : 1;
    if (at.index < 0) {
      at.block--;
      at.index = (this.#blocks[at.block]?.length ?? 0) - 1;
    } else if (at.index >= (this.#blocks[at.block]?.length ?? 0)) this.#turn(at);
  }

  #turn(at: Position): void {
    at.block++;
    at.index = 0;
  }
}

interface Position {
  block: number;
  index: number;
}

/** The first string, in byte order, after everything that begins with the prefix; undefined for none. */
export function endOf(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.length - 1; last >= 0; last--) {
    const next = points[last]! + 1;
    if (next > 0x10ffff) continue;
    // The code points of surrogates do not exist in UTF-8.
    return String.fromCodePoint(...points.slice(0, last), next === 0xd800 ? 0xe000 : next);
  }
  return undefined;
}
