import { expect, it } from 'vitest';
import { Recent } from './recent.ts';

// Fingerprints have 53 bits; neighbours share their lowest ones.
const print = (index: number) => index * 0x40000001 + 1;
const generation = 1 << 18;

function known(recent: Recent, first: number, last: number): number {
  let count = 0;
  for (let index = first; index < last; index++) if (recent.has(print(index))) count++;
  return count;
}

it('knows what came lately, however much that is', () => {
  const recent = new Recent();
  expect(known(recent, 0, 2 * generation)).toBe(0);
  expect(known(recent, generation, 2 * generation)).toBe(generation);
});

it('forgets what came before two generations', () => {
  const recent = new Recent();
  expect(known(recent, 0, 3 * generation)).toBe(0);
  expect(known(recent, 0, 100)).toBe(0);
  expect(known(recent, 0, 100)).toBe(100);
});

it('never knows what has no fingerprint', () => {
  const recent = new Recent();
  expect([recent.has(0), recent.has(0)]).toEqual([false, false]);
});
