import { expect, it } from 'vitest';
import { compare, comparisons } from './compare.ts';

// The short run; `npm run differential` compares a million cases each.
it.each(Object.keys(comparisons))('finds no difference in %s', (name) => {
  const { cases, differences } = compare(name, { cases: 1_500, seed: 7 });
  expect(differences).toEqual([]);
  expect(cases).toBe(1_500);
});
