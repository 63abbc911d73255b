import fc from 'fast-check';
import { flowProperties } from './flows.ts';
import { packedProperties } from './packed.ts';
import { patternProperties } from './patterns.ts';
import { recordProperties } from './records.ts';

export interface Comparison {
  readonly cases: number;
  /** Reports of cases on which the two readings differ. */
  readonly differences: readonly string[];
}

/** Fast readings against naive ones, by name. Each property gets its share of the cases. */
export const comparisons: Readonly<Record<string, Readonly<Record<string, fc.IPropertyWithHooks<never>>>>> = {
  flows: flowProperties as never,
  packed: packedProperties as never,
  patterns: patternProperties as never,
  records: recordProperties as never,
};

export function compare(
  name: string,
  given: {
    readonly cases: number;
    readonly seed: number;
    /** Cases that an earlier run with this seed has compared; they are not compared again. */
    readonly from?: number;
    progress?(cases: number, differences: readonly string[]): void;
  },
): Comparison {
  const properties = Object.entries(comparisons[name] ?? {});
  const differences: string[] = [];
  let cases = 0;
  for (const [what, property] of properties) {
    const share = Math.ceil(given.cases / properties.length);
    // In rounds, so that memory holds one round's cases.
    for (let done = 0; done < share; done += round) {
      const count = Math.min(round, share - done);
      if (cases + count <= (given.from ?? 0)) {
        cases += count;
        continue;
      }
      const details = fc.check(property, { numRuns: count, seed: given.seed + done });
      cases += details.numRuns;
      if (details.failed) differences.push(`${what}: seed ${details.seed}, ${fc.stringify(details.counterexample)}`);
      given.progress?.(cases, differences);
    }
  }
  return { cases, differences };
}

const round = 10_000;
