import { constants, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { noise, unpacked } from '../../../../test/differential/packing.ts';

const most = 1_000_000;

it('passes over the fields of a header', () => {
  const plain = gzipSync('content');
  const texts = Buffer.from('name\0comment\0');
  const named = Buffer.concat([plain.subarray(0, 10), Buffer.from([3, 0, 1, 2, 3]), texts, plain.subarray(10)]);
  named[3] = 4 | 8 | 16;
  expect(Buffer.from(unpacked(named, most)!).toString()).toBe('content');
});

it('leaves to others what is larger than it may be, and what is no gzip', () => {
  const large = gzipSync(Buffer.alloc(most + 1));
  expect(unpacked(large, most)).toBeUndefined();
  expect(unpacked(gzipSync(noise(most + 1)), most)).toBeUndefined();
  expect(unpacked(Buffer.from('no gzip at all'), most)).toBeUndefined();
  expect(unpacked(gzipSync(Buffer.alloc(most)), most)).toHaveLength(most);
  // Its last look-up tells several literals and the end.
  const literals = { strategy: constants.Z_HUFFMAN_ONLY };
  for (let size = 100; size < 120; size++) {
    const packed = gzipSync('ab'.repeat(60).slice(0, size), literals);
    expect(unpacked(packed, size), `${size}`).toHaveLength(size);
    expect(unpacked(packed, size - 1), `${size}`).toBeUndefined();
  }
});

it('holds long members against their sum, whatever is left over of its vectors', () => {
  for (const size of [16_383, 16_384, 16_385, 16_399, 20_000, 65_536, 250_007]) {
    const content = noise(size);
    const packed = gzipSync(content);
    expect(content.equals(unpacked(packed, most)!), `${size}`).toBe(true);
    for (const at of [packed.length - 8, packed.length - 5]) {
      const wrong = Buffer.from(packed);
      wrong[at]! ^= 0x10;
      expect(unpacked(wrong, most), `${size}`).toBeUndefined();
    }
  }
});

it('tells a single wrong bit wherever it is', () => {
  // Stored, so that the stream itself has nothing to say of it.
  const packed = gzipSync(noise(30_000), { level: 0 });
  for (let at = 15; at < packed.length - 8; at += 97) {
    const wrong = Buffer.from(packed);
    wrong[at]! ^= 1 << (at % 8);
    expect(unpacked(wrong, most), `${at}`).toBeUndefined();
  }
});
