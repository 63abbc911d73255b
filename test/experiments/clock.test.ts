import '../hosts/virtual-globals.ts';
import { expect, it } from 'vitest';
import { judge } from './clock.ts';
import { zippedFunctions } from './clock-functions.ts';
import { played } from './clock-world.ts';

const zips = zippedFunctions();

it.each(['1', '2', '3', '4', '5'])('a virtual hour with seed %s leaves the same rows to the byte', async (seed) => {
  const [first, second] = [await played(seed, 1, await zips), await played(seed, 1, await zips)];
  judge(first);
  expect(second).toEqual(first);
});
