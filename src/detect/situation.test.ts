import { expect, it } from 'vitest';
import type { Shared } from '../model/activity.ts';
import { limits } from './limits.ts';
import { Situation, Situations } from './situation.ts';

const call = (): Shared => ({ verdict: undefined });

it('holds until the first of its detectors has something to do', () => {
  const kept = { state: {}, touched: 0, bytes: 0 };
  const quiet = [5_000, 3_500].map((until) => ({ kept, state: kept.state, until }));
  const situation = new Situation(quiet, undefined);
  expect([0, 2_999, 3_500, 4_000, 5_000].map((time) => situation.holds(time))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

it('holds no more when the state of one of its detectors is another', () => {
  const [first, second] = [
    { state: {}, touched: 0, bytes: 0 },
    { state: {}, touched: 0, bytes: 0 },
  ];
  const situation = new Situation(
    [first, second].map((kept) => ({ kept, state: kept.state, until: 9_000 })),
    undefined,
  );
  second.state = {};
  expect(situation.holds(0)).toBe(false);
});

it('holds for ever where nobody waits for anything', () => {
  expect(new Situation([], undefined).holds(Date.UTC(2037, 0))).toBe(true);
});

it('forgets the one that was new the longest ago', () => {
  const situations = new Situations({}, undefined);
  const calls = Array.from({ length: limits.situationsPerSetting + 1 }, call);
  const all = calls.map(() => new Situation([], undefined));
  for (const [index, each] of calls.entries()) situations.set(each, all[index]!);
  expect(calls.map((each) => situations.get(each))).toEqual([undefined, ...all.slice(1)]);
  const again = new Situation([], undefined);
  situations.set(calls[2]!, again);
  expect([situations.get(calls[1]!) === all[1], situations.get(calls[2]!) === again]).toEqual([true, true]);
});
