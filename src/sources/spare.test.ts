import { expect, test } from 'vitest';
import { limits } from './limits.ts';
import { Spare } from './spare.ts';

const spare = () => new Spare((length) => new Uint8Array(length));

test('what was freed serves again, for what is a little longer too', () => {
  const all = spare();
  const [one, other] = [all.ofLength(100_000), all.ofLength(50_000)];
  all.free(one, other);
  expect(all.ofLength(101_000)).toBe(one);
  expect(all.ofLength(49_000)).toBe(other);
});

test('what is much too long serves nobody, and little is kept', () => {
  const all = spare();
  const one = all.ofLength(100_000);
  all.free(one, new Uint8Array(limits.spareBytes));
  expect(all.ofLength(10_000)).not.toBe(one);
  expect(all.ofLength(limits.spareBytes).byteLength).toBeGreaterThanOrEqual(limits.spareBytes);
  expect(all.ofLength(100_000)).toBe(one);
});
