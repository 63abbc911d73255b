import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { PieceRoom, piecesOf } from './unpack.ts';

it('gathers chunks into memory that is used again and is longer than each piece', async () => {
  const chunks = Array.from({ length: 40 }, (_, n) => Buffer.alloc(100 + n, n));
  const [all, places]: [Buffer[], Set<ArrayBufferLike>] = [[], new Set()];
  for await (const { bytes } of piecesOf(Readable.from(chunks), 500, new PieceRoom().gather)) {
    all.push(Buffer.from(bytes));
    places.add(bytes.buffer);
    expect(bytes.length).toBeLessThan(bytes.buffer.byteLength);
  }
  expect(Buffer.concat(all)).toEqual(Buffer.concat(chunks));
  expect(all.length).toBeGreaterThan(5);
  expect(places.size).toBe(1);
});
