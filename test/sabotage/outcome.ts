import type { DrillResult } from '../../src/drill/result.ts';
import type { Sabotage } from './sabotage.ts';
import { playSpoilt } from './world.ts';

export interface SabotageOutcome {
  readonly expectations: DrillResult['expectations'];
  readonly broke: DrillResult['expectations'];
  /** What did not break though it should have, or broke though it should not have; empty: as it must be. */
  readonly wrong: readonly string[];
}

/** Plays the spoilt story and compares what broke with what must. */
export async function outcomeOf(sabotage: Sabotage): Promise<SabotageOutcome> {
  const { expectations, unexpected } = await playSpoilt(sabotage);
  const must = (name: string) => sabotage.breaks.some((part) => contains(name, part));
  const unknown = sabotage.breaks.filter((part) => !expectations.some(({ name }) => contains(name, part)));
  const wrong = expectations.filter(({ name, held }) => held === must(name));
  return {
    expectations,
    broke: expectations.filter(({ held }) => !held),
    wrong: [
      ...unknown.map((part) => `no expectation is named like: ${part}`),
      ...wrong.map(({ name, held, saw }) => `should have ${held ? 'broken' : 'held'}: ${name} (saw: ${saw})`),
      ...unexpected.map(({ type }) => `not expected: ${type}`),
    ],
  };
}

function contains(name: string, part: string | RegExp): boolean {
  return typeof part === 'string' ? name.includes(part) : part.test(name);
}
