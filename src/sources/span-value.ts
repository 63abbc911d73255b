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

/** 53 bits that tell ids apart, two independent hashes, as the scanner has them. */
export function fingerprintOf(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x9dc5811c;
  for (const byte of new TextEncoder().encode(text)) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995) ^ (b >>> 13);
  }
  return (a >>> 0) * 0x200000 + (b >>> 11);
}
