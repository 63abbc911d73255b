import { expect, it } from 'vitest';
import { scannedLines } from '../../../test/fakes/scanned-lines.ts';

it('finds lines with another number of fields odd, and passes over empty ones', () => {
  const { flows, odd } = scannedLines(['start', 'bytes'], '1 2\n\n1\n1 2 3\n1 2 \n\u0001\n\r\n3 4\n');
  expect([flows.length, odd]).toEqual([2, ['1', '1 2 3', '1 2', '\u0001']]);
});

it('sorts lines that are years apart', () => {
  const starts = [1_767_571_200, 5, 99_999_999_999, 1_767_571_199, 5, 0];
  const { flows } = scannedLines(['start', 'bytes'], starts.map((start, index) => `${start} ${index}\n`).join(''));
  expect(flows.map((flow) => [flow.time / 1_000, flow.bytes])).toEqual([
    [0, 5],
    [5, 1],
    [5, 4],
    [1_767_571_199, 3],
    [1_767_571_200, 0],
    [99_999_999_999, 2],
  ]);
});
