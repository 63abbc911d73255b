import { expect, it } from 'vitest';
import { ByBytes } from './generation.ts';

function texts(count: number): { readonly bytes: Buffer; readonly at: (index: number) => readonly [number, number] } {
  const all = Array.from({ length: count }, (_, index) => `value-${index}-`.padEnd(10 + (index % 30), 'x'));
  const ends = all.reduce<number[]>(
    (before, text) => [...before.slice(-count), (before.at(-1) ?? 0) + text.length],
    [],
  );
  return { bytes: Buffer.from(all.join('')), at: (index) => [index === 0 ? 0 : ends[index - 1]!, ends[index]!] };
}

it('makes one value for each bytes, however many there are', () => {
  let made = 0;
  const { bytes, at } = texts(1_000);
  const values = new ByBytes(2_048, (of, start, end) => ({ text: of.toString('latin1', start, end), number: made++ }));
  const first = Array.from({ length: 1_000 }, (_, index) => values.of(bytes, ...at(index)));
  expect(first.map((value) => value?.text)).toEqual(
    Array.from({ length: 1_000 }, (_, index) => bytes.toString('latin1', ...at(index))),
  );
  for (let index = 0; index < 1_000; index++) expect(values.of(bytes, ...at(index))).toBe(first[index]);
  expect(made).toBe(1_000);
});
