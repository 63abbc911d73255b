import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const names = ['doctor', 'detect', 'drill run', 'start'];
const rows: Record<string, string | undefined> = { docter: 'doctor', dtect: 'detect', strat: 'start', fly: undefined };

for (const [typed, meant] of Object.entries(rows)) {
  test(`"${typed}" means ${meant ?? 'nothing'}`, () => expect(nearest(typed, names)).toBe(meant));
}
