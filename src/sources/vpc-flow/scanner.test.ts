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

it.each([
  ['in many parts', ''],
  ['with a line that is longer than a part', 'x'.repeat(70_000)],
])('reads a long piece %s as a short one', (_name, long) => {
  const lines = Array.from({ length: 20_000 }, (_, index) =>
    index % 1_000 === 7 ? `odd ${index}` : `${index} ${2 * index} ${index === 12_345 ? long : ''}y`,
  );
  const { flows, odd } = scannedLines(['start', 'bytes', 'other'], `${lines.join('\n')}\n`);
  const isOdd = (line: string) => line.startsWith('odd');
  expect(odd).toEqual(lines.filter(isOdd));
  const starts = lines.map((_, index) => index).filter((index) => !isOdd(lines[index]!));
  expect(flows.map(({ time, bytes }) => [time / 1_000, bytes])).toEqual(starts.map((index) => [index, 2 * index]));
  let at = 0;
  const places = lines.map((line) => {
    at += line.length + 1;
    return at - line.length - 1;
  });
  expect(flows.map(({ line }) => line)).toEqual(starts.map((index) => places[index]));
});
