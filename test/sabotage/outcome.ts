import type { DrillResult } from '../../src/drill/result.ts';
import type { Sabotage } from './sabotages.ts';
import { playSpoilt } from './world.ts';

export interface SabotageOutcome {
  readonly name: string;
  readonly broke: DrillResult['expectations'];
  readonly unexpected: DrillResult['unexpected'];
  /** What did not break though it should have, or broke though it should not have; empty: as it must be. */
  readonly wrong: readonly string[];
}

/** Plays the spoilt story and compares what broke with what must. */
export async function outcomeOf({ name, spoil, breaks }: Sabotage): Promise<SabotageOutcome> {
  const { expectations, unexpected } = await playSpoilt(spoil);
  const broke = expectations.filter(({ held }) => !held);
  const missed = breaks.filter((part) => !broke.some((each) => each.name.includes(part)));
  const besides = broke.filter((each) => !breaks.some((part) => each.name.includes(part)));
  return {
    name,
    broke,
    unexpected,
    wrong: [
      ...missed.map((part) => `should have broken: ${part}`),
      ...besides.map((each) => `should have held: ${each.name} (saw: ${each.saw})`),
      ...unexpected.map(({ type }) => `not expected: ${type}`),
    ],
  };
}
