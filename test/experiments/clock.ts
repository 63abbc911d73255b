import { deepEqual, equal } from 'node:assert/strict';
import { zippedFunctions } from './clock-functions.ts';
import { type Played, played } from './clock-world.ts';

const hours = 6;

/**
 * Six virtual hours of functions in processes of their own, a request that is parked, a host with cron and a background
 * job, again and again with one seed: each run must leave the same rows to the byte.
 */
export async function clock(runs: number): Promise<void> {
  const zips = await zippedFunctions();
  const hashes = new Set<string>();
  const seconds: number[] = [];
  for (let nth = 1; nth <= runs; nth++) {
    const began = performance.now();
    const run = await played('1', hours, zips);
    seconds.push((performance.now() - began) / 1_000);
    judge(run);
    hashes.add(run.sha256);
    console.log(
      `run ${nth}: ${run.lines} rows, ${seconds.at(-1)?.toFixed(2)} s, ${hashes.size === 1 ? 'as the first' : `${hashes.size} different ones by now`}`,
    );
  }
  equal(hashes.size, 1, 'expected the same rows from every run');
  const [middle = 0] = seconds.sort((a, b) => a - b).slice(seconds.length >> 1);
  console.log(`${runs} runs of ${hours} virtual hours: the same to the byte, median ${middle.toFixed(2)} s`);
}

/** What the functions and the host must have seen, whatever the seed. */
export function judge({ hours, said, cron, beats, invoked }: Played): void {
  // One comes too early: its ten minutes begin when its rule is made.
  equal(said.calls?.length, hours * 6 - 1);
  for (const accounts of said.calls) equal(new Set(accounts as readonly string[]).size, 1);
  const times = <T>(count: number, each: T) => Array.from({ length: count }, () => each);
  deepEqual(said.waits, times(2 * hours, 5_000), 'setTimeout is virtual');
  deepEqual(said.polls, times(hours, ['"rested"', 5_000]), 'a parked request takes its virtual time');
  deepEqual(said.revokes, [
    {
      date: '2026-01-05T00:11:00.000Z',
      before: 'answered',
      stolen: 'AuthorizationErrorException',
      renewed: 'answered',
    },
  ]);
  equal(cron.length, hours * 12);
  equal(beats.length, hours * 60);
  const each = Array.from({ length: hours }, (_, hour) => `0${hour}:30:05`);
  deepEqual(invoked, each, "a host's cron waits for a function");
}
