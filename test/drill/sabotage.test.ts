import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../sabotage/outcome.ts';
import { sabotages } from '../sabotage/sabotages.ts';

// The others by command: npm run drill:sabotage.
const short = sabotages.filter(({ inSuite }) => inSuite);

describe.each(['stolen-keys', 'workshop'])('%s', (drill) => {
  it.each(short.filter((each) => each.drill === drill))('with $name, breaks what it must and no more', async (each) => {
    expect((await outcomeOf(each)).wrong).toEqual([]);
  });
});
