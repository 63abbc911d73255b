import { Inflater } from '../../src/run/adapters/files/inflater.ts';

const inflater = new Inflater();

/** What our own inflater makes of it, at most so many bytes. */
export function unpacked(packed: Uint8Array, atMost: number): Uint8Array | undefined {
  inflater.input(packed.length).set(packed);
  return inflater.unpacked(packed.length, atMost);
}

/** Bytes that hardly repeat, the same each time. */
export function noise(size: number): Buffer {
  let state = 1;
  return Buffer.from(
    Uint8Array.from({ length: size }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      return state >>> 16;
    }),
  );
}
