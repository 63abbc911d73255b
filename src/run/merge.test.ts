import { describe, expect, it } from 'vitest';
import { flowAt, flowRows, flowStride } from '../model/flow-rows.ts';
import type { Batch } from '../sources/batch.ts';
import { latenessMs, Merge } from './merge.ts';

/** Flows of these seconds, each told by its fingerprint. */
function piece(...flows: readonly (readonly [second: number, print: number])[]): Batch {
  const rows = flowRows(
    new Float64Array(flowStride * flows.length),
    Float64Array.from(flows, ([at]) => at * 1_000),
    true,
  );
  for (const [row, [, print]] of flows.entries()) rows.numbers[row * flowStride + flowAt.fingerprint] = print;
  const at = () => {
    throw new Error('nobody asks for one of them');
  };
  return { size: flows.length, flows: rows, timeAt: (row) => rows.times[row]!, at, problems: [], passed: {} };
}

/** What goes on together, and how many were late. */
function merged(...pieces: readonly Batch[]) {
  const together: number[][] = [];
  const merge = new Merge({
    row: () => expect.fail('flows go together'),
    flows: ({ flows }, first, end) => {
      together.push(
        Array.from(
          { length: end - first },
          (_, row) => flows!.numbers[(first + row) * flowStride + flowAt.fingerprint]!,
        ),
      );
    },
  });
  for (const each of pieces) merge.add(each);
  merge.drain(Number.POSITIVE_INFINITY);
  return { together, late: merge.late };
}

describe('flows of many files', () => {
  it('go on second by second, those of one file together', () => {
    const { together } = merged(piece([1, 10], [1, 11], [3, 12]), piece([1, 20], [2, 21], [2, 22]));
    expect(together).toEqual([[10, 11], [20], [21, 22], [12]]);
  });

  it('go on in the same order, whichever file came first', () => {
    // In the second the one file is before the other, in the first and the third after it.
    const one = () => piece([1, 30], [2, 1], [3, 30]);
    const other = () => piece([1, 20], [2, 20], [3, 20]);
    const expected = [[20], [30], [1], [20], [20], [30]];
    expect(merged(one(), other()).together).toEqual(expected);
    expect(merged(other(), one()).together).toEqual(expected);
  });

  it('are late when so much waited that later ones had to go on', () => {
    const many = Array.from({ length: 60_000 }, (_, index): [number, number] => [10_000 + index, index]);
    const { late } = merged(piece(...many), piece(...many), piece([1, 1], [10_000, 2]));
    expect(late).toBe(2);
    expect(latenessMs).toBeLessThan(10_000_000);
  });
});
