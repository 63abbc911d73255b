import { expect, it } from 'vitest';
import type { Shared } from '../model/activity.ts';
import { limits } from './limits.ts';
import { Situation, SituationRoom } from './situation.ts';

const call = (): Shared => ({ verdict: undefined });
const nobody = [0, 0];

it('holds until the first of its detectors has something to do', () => {
  const kept = { state: {}, touched: 0, bytes: 0 };
  const quiet = [5_000, 3_500].map((until) => ({ number: 1, kept, state: kept.state, until }));
  const situation = new Situation(nobody, quiet);
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
    nobody,
    [first, second].map((kept) => ({ number: 1, kept, state: kept.state, until: 9_000 })),
  );
  second.state = {};
  expect(situation.holds(0)).toBe(false);
});

it('asks those who still have something to do, and rests on all who had nothing to do', () => {
  const kept = [1, 2].map((touched) => ({ state: {}, touched, bytes: 0 }));
  const quiet = (index: number, number: number) => ({
    number,
    kept: kept[index]!,
    state: kept[index]!.state,
    until: 9_000,
  });
  const first = new Situation([0b110, 0b1], [quiet(0, 32)]);
  const second = new Situation(first.others!, [quiet(1, 1)], first);
  expect([first.others, second.others]).toEqual([
    [0b110, 0],
    [0b100, 0],
  ]);
  kept[0]!.state = {};
  expect(second.holds(0)).toBe(false);
});

it('holds for ever where nobody waits for anything', () => {
  expect(new Situation(nobody, []).holds(Date.UTC(2037, 0))).toBe(true);
});

it('forgets the one that was new the longest ago', () => {
  const situations = new SituationRoom().of(undefined);
  const calls = Array.from({ length: limits.situationsPerSetting + 1 }, call);
  const all = calls.map(() => new Situation(nobody, []));
  for (const [index, each] of calls.entries()) situations.set(each, all[index]!);
  expect(calls.map((each) => situations.get(each))).toEqual([undefined, ...all.slice(1)]);
  const again = new Situation(nobody, []);
  situations.set(calls[2]!, again);
  expect([situations.get(calls[1]!) === all[1], situations.get(calls[2]!) === again]).toEqual([true, true]);
});

it('forgets the older half when there are too many together', () => {
  const room = new SituationRoom();
  const [made, situation] = [call(), new Situation(nobody, [])];
  const half = limits.situationsTogether / 2;
  const filled = Array.from({ length: 3 * half - 1 }, () => {
    const situations = room.of(undefined);
    situations.set(made, situation);
    return situations;
  });
  const known = filled.map((each) => each.of === room && each.get(made) === situation);
  expect([known.indexOf(true), known.lastIndexOf(false)]).toEqual([half, half - 1]);
});
