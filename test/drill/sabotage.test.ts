import { expect, it } from 'vitest';
import { outcomeOf } from '../sabotage/outcome.ts';
import { sabotages } from '../sabotage/sabotages.ts';

it.each(sabotages)('with $name, breaks what it must and no more', async (sabotage) => {
  expect((await outcomeOf(sabotage)).wrong).toEqual([]);
});
