import type { World } from '../src/detect/world.ts';
import { type Figure, figureOf } from './figure.ts';
import { judged } from './judged.ts';
import { listsWorld } from './lists-world.ts';
import { trailFolder } from './trail-folder.ts';

/** Long enough for the start of a thread, a fifth of a second, to count little. */
const [rounds, fileCount, perFile] = [7, 960, 1_000];

/** By the clock: what a second thread gives to who waits. */
export async function workers(): Promise<readonly Figure[]> {
  const { paths, remove } = await trailFolder(fileCount, perFile);
  const world = listsWorld();
  const ratios: number[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const [one, two] = [await secondsOf(paths, world, 1), await secondsOf(paths, world, 2)];
      // The first round warms up.
      if (round > 0) ratios.push(one / two);
    }
  } finally {
    remove();
  }
  return [figureOf('workers: 2', ratios, { unit: 'x', atLeast: 1.4, beside: 'the rate of 1, by the clock' })];
}

async function secondsOf(files: readonly string[], world: World, count: number): Promise<number> {
  const began = performance.now();
  await judged(files, world, count);
  return (performance.now() - began) / 1_000;
}
