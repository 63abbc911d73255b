import { constants, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { noise, unpacked } from './packing.ts';

const most = 1_000_000;

/** What is there to unpack: what repeats near and far, what does not, nothing. */
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 3_000 }),
  fc.string({ maxLength: 2_000 }).map((text) => Buffer.from(text.repeat(7))),
  fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.nat(20_000)).map(([unit, size]) => repeated(unit, size)),
  fc
    .tuple(fc.uint8Array({ maxLength: 300 }), fc.nat(40_000))
    .map(([part, far]) => Buffer.concat([part, noise(far), part])),
);
const packings = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED),
});

const members = fc.array(fc.tuple(contents, packings), { minLength: 1, maxLength: 4 });
const damage = fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { maxLength: 3 });

/** Each takes one generated file and says whether both readings agree. */
export const packedProperties = {
  'what was packed in any way, member after member, is unpacked': fc.property(members, (all) => {
    const packed = Buffer.concat(all.map(([content, packing]) => gzipSync(content, packing)));
    const found = unpacked(packed, most);
    return found !== undefined && Buffer.concat(all.map(([content]) => content)).equals(found);
  }),
  'of what is damaged or cut nothing else is unpacked than by zlib': fc.property(
    contents,
    packings,
    damage,
    fc.option(fc.nat(100_000)),
    (content, packing, changes, cut) => {
      const packed = gzipSync(content, packing);
      for (const [at, byte] of changes) packed[at % packed.length] = byte;
      const given = cut === null ? packed : packed.subarray(0, cut % packed.length);
      const found = unpacked(given, most);
      return found === undefined ? changes.length > 0 || cut !== null : gunzipSync(given).equals(found);
    },
  ),
};

function repeated(unit: Uint8Array, size: number): Buffer {
  return Buffer.alloc(size, unit);
}
