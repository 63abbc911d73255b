import { limits } from './limits.ts';

/**
 * One string for each short value, however often it comes: a log repeats a few thousand of them. When the table is
 * full the older half goes; strings that somebody holds stay valid.
 */
export class Interner {
  #young = new Array<string | undefined>(slots).fill(undefined);
  #old: (string | undefined)[] = new Array<string | undefined>(slots).fill(undefined);
  #count = 0;

  /** The text of ASCII bytes without escapes. */
  text(bytes: Buffer, start: number, end: number): string {
    return this.plainText(bytes, start, end) ?? bytes.toString('latin1', start, end);
  }

  /** The text of these bytes if they stand for themselves: undefined for escapes and for anything beyond ASCII. */
  plainText(bytes: Buffer, start: number, end: number): string | undefined {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte === 0x5c || byte >= 0x80) return undefined;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    if (end - start > limits.internedBytes) return bytes.toString('latin1', start, end);
    hash ^= hash >>> 15;
    const length = end - start;
    let at = hash & mask;
    for (let probe = 0; probe < probes; probe++, at = (at + 1) & mask) {
      const known = this.#young[at];
      if (known === undefined) return this.#add(at, this.#older(hash, bytes, start, length));
      if (isText(known, bytes, start, length)) return known;
    }
    return this.#add(hash & mask, this.#older(hash, bytes, start, length));
  }

  #older(hash: number, bytes: Buffer, start: number, length: number): string {
    let at = hash & mask;
    for (let probe = 0; probe < probes; probe++, at = (at + 1) & mask) {
      const known = this.#old[at];
      if (known === undefined) break;
      if (isText(known, bytes, start, length)) return known;
    }
    return bytes.toString('latin1', start, start + length);
  }

  #add(at: number, text: string): string {
    this.#young[at] = text;
    this.#count++;
    if (this.#count > limits.internedTexts / 2) {
      this.#old = this.#young;
      this.#young = new Array<string | undefined>(slots).fill(undefined);
      this.#count = 0;
    }
    return text;
  }
}

const slots = limits.internedTexts;
const mask = slots - 1;
const probes = 8;

function isText(known: string, bytes: Buffer, start: number, length: number): boolean {
  if (known.length !== length) return false;
  for (let i = 0; i < length; i++) if (known.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
