import type { Json } from '../model/json.ts';
import { type Interner, plainOf } from './interner.ts';

/** The value of a span that the scanner has checked: it is JSON. */
export function jsonOfSpan(bytes: Buffer, start: number, end: number): Json {
  return JSON.parse(bytes.toString('utf8', start, end)) as Json;
}

/** The text of a span, undefined when its value is no text. Without an interner, where a text hardly comes again. */
export function textOfSpan(bytes: Buffer, start: number, end: number, interner?: Interner): string | undefined {
  if (bytes[start] !== 0x22) return undefined;
  const text =
    interner === undefined ? plainOf(bytes, start + 1, end - 1) : interner.plainText(bytes, start + 1, end - 1);
  // Escapes and anything beyond ASCII take the slow road.
  return text ?? (jsonOfSpan(bytes, start, end) as string);
}

/** 53 bits that tell ids apart: two independent hashes of bytes, fed in pieces. */
export class Fingerprint {
  #a = 0x811c9dc5;
  #b = 0x9dc5811c;

  begin(): this {
    this.#a = 0x811c9dc5;
    this.#b = 0x9dc5811c;
    return this;
  }

  add(bytes: Uint8Array, start: number, end: number): this {
    let a = this.#a;
    let b = this.#b;
    for (let i = start; i < end; i++) {
      a = Math.imul(a ^ bytes[i]!, 0x01000193);
      b = Math.imul(b ^ bytes[i]!, 0x5bd1e995) ^ (b >>> 13);
    }
    this.#a = a;
    this.#b = b;
    return this;
  }

  get value(): number {
    return (this.#a >>> 0) * 0x200000 + (this.#b >>> 11);
  }
}

export function fingerprintOf(text: string): number {
  const bytes = new TextEncoder().encode(text);
  return new Fingerprint().add(bytes, 0, bytes.length).value;
}
