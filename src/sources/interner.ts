import { ByBytes } from './generation.ts';
import { limits } from './limits.ts';

/**
 * One string for each short value, however often it comes: a log repeats a few thousand of them. Values are found by
 * their bytes, so that a string is made only for a new one.
 */
export class Interner {
  // What is known stands for itself, so only what is new must be looked at.
  readonly #texts = new ByBytes<string>(limits.internedTexts, plainOf);

  /** The text of ASCII bytes without escapes. */
  text(bytes: Buffer, start: number, end: number): string {
    return this.plainText(bytes, start, end) ?? bytes.toString('latin1', start, end);
  }

  /** The text of these bytes if they stand for themselves: undefined for escapes and for anything beyond ASCII. */
  plainText(bytes: Buffer, start: number, end: number): string | undefined {
    return end - start > limits.internedBytes ? plainOf(bytes, start, end) : this.#texts.of(bytes, start, end);
  }
}

/** The text of bytes that stand for themselves, made anew. */
export function plainOf(bytes: Buffer, start: number, end: number): string | undefined {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === 0x5c || byte >= 0x80) return undefined;
  }
  return bytes.toString('latin1', start, end);
}
