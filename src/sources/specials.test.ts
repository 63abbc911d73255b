import { expect, it } from 'vitest';
import { Specials } from './specials.ts';

it.each([0, 1, 31, 32, 33, 65_535, 65_536, 65_537, 200_000])(
  'marks what ends a text in %i bytes, and what is beyond',
  (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => Math.imul(index + 1, 0x9e3779b1) >>> 24);
    const specials = new Specials();
    specials.of(new Uint8Array(100_000).fill(0x61));
    specials.of(bytes);
    const marked = (index: number) => ((specials.bits[index >> 5]! >>> (index & 31)) & 1) === 1;
    const wrong = bytes.findIndex((byte, index) => marked(index) !== (byte < 0x20 || byte === 0x22 || byte === 0x5c));
    expect(wrong).toBe(-1);
    expect(marked(length)).toBe(true);
  },
);
