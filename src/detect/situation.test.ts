import { expect, it } from 'vitest';
import type { Situation } from '../model/activity.ts';
import { Kept } from './memory.ts';
import { Known, type Quiet } from './situation.ts';

const nobody = [0, 0];
const never = Number.NEGATIVE_INFINITY;

it('holds until the first of its detectors has something to do', () => {
  const { known, situation } = made();
  known.learn(nobody, [quiet(kept(), 5_000), quiet(kept(), 3_500)], false);
  expect([0, 2_999, 3_500, 4_000, 5_000].map((time) => known.holds(time))).toEqual([true, true, false, false, false]);
  known.rest();
  expect(situation.rests).toBe(3_500);
});

it('holds no more when the state of one of its detectors is another', () => {
  const { known, situation } = made();
  const [first, second] = [kept(), kept()];
  known.learn(nobody, [quiet(first, 9_000), quiet(second, 9_000)], false);
  known.rest();
  second.change(second.state);
  expect([known.holds(0), situation.rests]).toEqual([true, 9_000]);
  second.change({});
  expect([known.holds(0), situation.rests]).toEqual([false, never]);
});

it('does not hold when a detector that was asked later took the room of one that rests', () => {
  const { known } = made();
  const evicted = quiet(kept(), 9_000);
  evicted.kept.change(undefined);
  known.learn(nobody, [evicted, quiet(kept(), 9_000)], false);
  expect(known.holds(0)).toBe(false);
  known.learn(nobody, [quiet(kept(), 9_000), evicted], false);
  expect(known.holds(0)).toBe(false);
});

it('asks those who still have something to do, and rests on all who had nothing to do', () => {
  const { known, situation } = made();
  const [first, second] = [kept(), kept()];
  known.learn([0b110, 0b1], [quiet(first, 9_000, 32)], false);
  const others = [known.others];
  known.learn(known.others!, [quiet(second, 9_000, 1)], true);
  known.rest();
  expect([...others, known.others]).toEqual([
    [0b110, 0],
    [0b100, 0],
  ]);
  expect(situation.rests).toBe(never);
  first.change({});
  expect(known.holds(0)).toBe(false);
});

it('holds for ever where nobody waits for anything', () => {
  const { known } = made();
  known.learn(nobody, [], false);
  expect(known.holds(Date.UTC(2037, 0))).toBe(true);
});

it('is not kept in mind where nobody asks for it any more', () => {
  const one = kept();
  const over = Array.from({ length: 64 }, () => {
    const each = made();
    each.known.learn(nobody, [quiet(one, 9_000)], false);
    each.situation.isOver = true;
    return each.known;
  });
  expect(over.filter((known) => known.holds(0)).length).toBeLessThan(20);
});

function made() {
  const situation: TestSituation = {
    setting,
    call: part,
    known: undefined,
    isOver: false,
    rests: never,
    rest(until) {
      this.rests = until;
    },
  };
  const known = new Known({}, situation, undefined);
  situation.known = known;
  return { known, situation };
}

type TestSituation = Situation & { isOver: boolean; rests: number };

const part = { verdict: undefined };
const setting = { verdict: undefined, caller: part, from: part, agent: part };

function kept(): Kept {
  return new Kept({}, 0, 0);
}

function quiet(of: Kept, until: number, number = 1): Quiet {
  return { number, kept: of, state: of.state, until };
}
