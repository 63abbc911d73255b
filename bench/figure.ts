/** What a bench says: one number, how far its rounds lay apart, and what it must not pass. */
export interface Figure {
  readonly name: string;
  /** The median of the rounds. */
  readonly value: number;
  /** `x`: times what the same run measured beside it. */
  readonly unit: 'x' | 'us' | 's' | 'MB' | 'records/s' | 'lines/s' | 'events/s';
  readonly spread: readonly [least: number, most: number];
  readonly atMost?: number;
  readonly atLeast?: number;
  /** What it was measured with or against. */
  readonly beside: string;
}

export function figureOf(
  name: string,
  values: readonly number[],
  more: Pick<Figure, 'unit' | 'beside' | 'atMost' | 'atLeast'>,
): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { name, value: at(Math.floor(sorted.length / 2)), spread: [at(0), at(sorted.length - 1)], ...more };
}

/** What one design gave beside another, round by round. */
export function ratiosOf(rates: readonly number[], beside: readonly number[]): readonly number[] {
  return rates.map((rate, round) => rate / beside[round]!);
}

/** Missed: what was promised and was not kept. */
export function isMissed({ value, atMost, atLeast }: Figure): boolean {
  return Number.isNaN(value) || (atMost !== undefined && value > atMost) || (atLeast !== undefined && value < atLeast);
}

/** CPU seconds that `run` costs this process: other work on the machine is not ours. */
export async function cpuOf(run: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
