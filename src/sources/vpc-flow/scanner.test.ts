import { expect, it } from 'vitest';
import { Spare } from '../spare.ts';
import { FlowNumbers } from './flow-numbers.ts';
import { columnsOf, FlowScanner, type SpareNumbers } from './scanner.ts';

const scanner = new FlowScanner();
const spare: SpareNumbers = new Spare((length) => new Float64Array(length));

/** What the scanner makes of lines, and the lines that it finds odd. */
function scanned(fields: readonly string[], text: string) {
  const bytes = Buffer.from(text);
  const odd: string[] = [];
  const { size, noData, skipData } = scanner.over(columnsOf(fields), bytes, 0, bytes.length, ({ start, end }) =>
    odd.push(bytes.toString('latin1', start, end).trimEnd()),
  );
  const rows = scanner.rows(spare);
  const flows = Array.from({ length: size }, (_, row) => {
    const flow = new FlowNumbers();
    flow.move(rows, row);
    return flow;
  });
  return { flows, odd, noData, skipData };
}

it('finds lines with another number of fields odd, and passes over empty ones', () => {
  const { flows, odd } = scanned(['start', 'bytes'], '1 2\n\n1\n1 2 3\n1 2 \n\u0001\n\r\n3 4\n');
  expect([flows.length, odd]).toEqual([2, ['1', '1 2 3', '1 2', '\u0001']]);
});

it('sorts lines that are years apart', () => {
  const starts = [1_767_571_200, 5, 99_999_999_999, 1_767_571_199, 5, 0];
  const { flows } = scanned(['start', 'bytes'], starts.map((start, index) => `${start} ${index}\n`).join(''));
  expect(flows.map((flow) => [flow.time / 1_000, flow.bytes])).toEqual([
    [0, 5],
    [5, 1],
    [5, 4],
    [1_767_571_199, 3],
    [1_767_571_200, 0],
    [99_999_999_999, 2],
  ]);
});
