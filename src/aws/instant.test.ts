import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instant } from './instant.ts';

it('writes what Date does, to the second', () =>
  fc.assert(
    fc.property(fc.integer({ min: -2_000_000_000_000, max: 8_000_000_000_000 }), (time) => {
      expect(instant(time)).toBe(`${new Date(Math.floor(time / 1000) * 1000).toISOString().slice(0, 19)}Z`);
      expect(instant(time + 1)).toBe(`${new Date(time + 1).toISOString().slice(0, 19)}Z`);
    }),
  ));
