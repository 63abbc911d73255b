import { type Finding, type Level, levelOf } from '../model/finding.ts';
import type { Words } from '../model/words.ts';

/** Findings per million records of a background in which nothing bad happens. */
export const goal = { aboveLow: 5, low: 200 } as const;

/** Of which log the background is. */
export const backgrounds = ['calls', 'flows', 'queries', 'balancers', 'distributions', 'acls', 'objects'] as const;
export type BackgroundOf = (typeof backgrounds)[number];

export interface Noise {
  readonly of: BackgroundOf;
  readonly records: number;
  readonly days: number;
  readonly principals: number;
  readonly aboveLow: number;
  readonly low: number;
  readonly byType: readonly TypeNoise[];
}

export interface TypeNoise {
  readonly type: string;
  readonly level: Level;
  readonly findings: number;
  /** One of them. */
  readonly example: Words;
}

export interface Background {
  readonly of: BackgroundOf;
  readonly records: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly principals: number;
}

export function noiseOf(
  findings: readonly Finding[],
  { of, records, firstTime, lastTime, principals }: Background,
): Noise {
  const byType = new Map<string, TypeNoise>();
  for (const { type, severity, description } of findings) {
    const level = levelOf(severity);
    const key = `${level} ${type}`;
    const known = byType.get(key);
    byType.set(key, { type, level, findings: (known?.findings ?? 0) + 1, example: known?.example ?? description });
  }
  const aboveLow = findings.filter(({ severity }) => levelOf(severity) !== 'low').length;
  return {
    of,
    records,
    days: (lastTime - firstTime) / 86_400_000,
    principals,
    aboveLow,
    low: findings.length - aboveLow,
    byType: [...byType.values()].sort((a, b) => b.findings - a.findings || (a.type < b.type ? -1 : 1)),
  };
}

/** A shorter background is held to the same numbers: most of what speaks does so while nothing is known yet. */
export function isWithinGoal({ records, aboveLow, low }: Noise): boolean {
  const millions = Math.max(1, records / 1_000_000);
  return aboveLow <= goal.aboveLow * millions && low <= goal.low * millions;
}
