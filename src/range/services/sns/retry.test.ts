import { expect, test } from 'vitest';
import { retryDelayMs } from './retry.ts';

test('three at once, two a second apart, ten that grow, then every 20 seconds', () => {
  const first = Array.from({ length: 16 }, (_, index) => retryDelayMs(index + 1));
  expect(first.slice(0, 6)).toEqual([0, 0, 0, 1_000, 1_000, 1_000]);
  expect(first.slice(5, 15)).toEqual([...first.slice(5, 15)].sort((a, b) => a! - b!));
  expect(first.slice(14)).toEqual([20_000, 20_000]);
  expect([retryDelayMs(100_015), retryDelayMs(100_016)]).toEqual([20_000, undefined]);
});
