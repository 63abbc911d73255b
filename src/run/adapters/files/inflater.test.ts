import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Inflater } from './inflater.ts';

const inflater = new Inflater();
const most = 1_000_000;

it('passes over the fields of a header', () => {
  const plain = gzipSync('content');
  const texts = Buffer.from('name\0comment\0');
  const named = Buffer.concat([plain.subarray(0, 10), Buffer.from([3, 0, 1, 2, 3]), texts, plain.subarray(10)]);
  named[3] = 4 | 8 | 16;
  expect(Buffer.from(inflater.unpacked(named, most)!).toString()).toBe('content');
});

it('leaves to others what is larger than it may be, and what is no gzip', () => {
  const large = gzipSync(Buffer.alloc(most + 1));
  expect(inflater.unpacked(large, most)).toBeUndefined();
  expect(inflater.unpacked(gzipSync(noise(most + 1)), most)).toBeUndefined();
  expect(inflater.unpacked(Buffer.from('no gzip at all'), most)).toBeUndefined();
  expect(inflater.unpacked(gzipSync(Buffer.alloc(most)), most)).toHaveLength(most);
});

/** Bytes that hardly repeat, the same each time. */
function noise(size: number): Buffer {
  let state = 1;
  return Buffer.from(
    Uint8Array.from({ length: size }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      return state >>> 16;
    }),
  );
}
