import { limits } from './limits.ts';

/**
 * One string for each short value, however often it comes: a log repeats a few thousand of them. Values are found by
 * their bytes, so that a string is made only for a new one. When the table is full the older half goes; strings that
 * somebody holds stay valid.
 */
export class Interner {
  #young = new Generation();
  #old = new Generation();
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  /** The text of ASCII bytes without escapes. */
  text(bytes: Buffer, start: number, end: number): string {
    return this.plainText(bytes, start, end) ?? bytes.toString('latin1', start, end);
  }

  /** The text of these bytes if they stand for themselves: undefined for escapes and for anything beyond ASCII. */
  plainText(bytes: Buffer, start: number, end: number): string | undefined {
    if (end - start > limits.internedBytes)
      return isPlain(bytes, start, end) ? bytes.toString('latin1', start, end) : undefined;
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const hash = hashOf(this.#view, start, end);
    return this.#young.find(hash, this.#view, start, end) ?? this.#new(hash, bytes, start, end);
  }

  #new(hash: number, bytes: Buffer, start: number, end: number): string | undefined {
    // What is known stands for itself, so only what is new must be looked at.
    let text = this.#old.find(hash, this.#view, start, end);
    if (text === undefined) {
      if (!isPlain(bytes, start, end)) return undefined;
      text = bytes.toString('latin1', start, end);
    }
    if (this.#young.isFull) [this.#young, this.#old] = [this.#old.emptied(), this.#young];
    this.#young.add(hash, text, bytes, start, end);
    return text;
  }
}

/** Texts by their bytes, in an open table. What is compared lies together, because memory is what a look-up waits for. */
class Generation {
  readonly #texts: string[] = [];
  /** For each place: hash, where the bytes begin, their number, and the number of the text plus one. */
  readonly #table = new Int32Array(slots * 4);
  #bytes = new Uint8Array(64 * 1024);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;

  get isFull(): boolean {
    return this.#texts.length === capacity;
  }

  emptied(): this {
    this.#texts.length = 0;
    this.#table.fill(0);
    this.#used = 0;
    return this;
  }

  find(hash: number, view: DataView, start: number, end: number): string | undefined {
    const table = this.#table;
    const length = end - start;
    for (let at = (hash & mask) * 4; ; at = (at + 4) & wrap) {
      const number = table[at + 3]!;
      if (number === 0) return undefined;
      if (table[at] !== hash || table[at + 2] !== length) continue;
      if (isSame(this.#view, table[at + 1]!, view, start, length)) return this.#texts[number - 1];
    }
  }

  add(hash: number, text: string, bytes: Buffer, start: number, end: number): void {
    const table = this.#table;
    let at = (hash & mask) * 4;
    while (table[at + 3] !== 0) at = (at + 4) & wrap;
    const length = end - start;
    if (this.#bytes.length < this.#used + length) this.#grow();
    for (let i = 0; i < length; i++) this.#bytes[this.#used + i] = bytes[start + i]!;
    table[at] = hash;
    table[at + 1] = this.#used;
    table[at + 2] = length;
    table[at + 3] = this.#texts.push(text);
    this.#used += length;
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

const capacity = limits.internedTexts / 2;
const slots = limits.internedTexts;
const mask = slots - 1;
const wrap = slots * 4 - 1;

// Four bytes a step: views read them at any offset.

function isSame(known: DataView, first: number, view: DataView, start: number, length: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (known.getInt32(first + i) !== view.getInt32(start + i)) return false;
  for (; i < length; i++) if (known.getUint8(first + i) !== view.getUint8(start + i)) return false;
  return true;
}

function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    hash = Math.imul(hash ^ view.getInt32(i), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ view.getUint8(i), 0x5bd1e995);
  return hash ^ (hash >>> 13);
}

function isPlain(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === 0x5c || byte >= 0x80) return false;
  }
  return true;
}
