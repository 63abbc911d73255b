import { expect, it } from 'vitest';
import { memoryStore } from './memory.ts';
import { SortedMap } from './sorted-map.ts';
import { storeContract } from './store.contract.ts';

storeContract('a store in memory', async () => memoryStore(), 300);

it('keeps order over many blocks, forwards and backwards, whatever the order of insertion and removal', () => {
  const map = new SortedMap<number>();
  const key = (n: number) => `k${String(n).padStart(6, '0')}`;
  const count = 5_000;
  for (let n = 0; n < count; n++) map.set(key((n * 7919) % count), n);
  for (let n = 0; n < count; n += 3) map.delete(key(n));
  const expected = Array.from({ length: count }, (_, n) => n)
    .filter((n) => n % 3 !== 0)
    .map(key);
  expect(Array.from(map.range({ prefix: 'k' }), ([k]) => k)).toEqual(expected);
  expect(Array.from(map.range({ prefix: 'k', reverse: true }), ([k]) => k)).toEqual(expected.reverse());
  expect(Array.from(map.range({ prefix: 'k', after: key(2_500), limit: 2 }), ([k]) => k)).toEqual([
    key(2_501),
    key(2_503),
  ]);
});
