import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wildcard } from './wildcard.ts';

test.each<[string, string, boolean]>([
  ['abc', 'abc', true],
  ['abc', 'abcd', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*', '', true],
  ['a*', 'a', true],
  ['a*c', 'ac', true],
  ['a*c', 'a', false],
  ['*b*', 'abc', true],
  ['*b?*', 'ab', false],
  ['a*b*c', 'a-c-b', false],
  ['a.c', 'abc', false],
  ['(a)', '(a)', true],
  ['a*b', 'a\nb', true],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(wildcard(pattern)(text)).toBe(expected);
});

/** By its definition: what is left after the first character of the pattern, for every way to take it. */
function naive(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === '*') return naive(rest, text) || (text !== '' && naive(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && naive(rest, text.slice(1));
}

test('is what its definition says', () => {
  const of = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });
  fc.assert(
    fc.property(of('ab*?'), of('ab'), (pattern, text) => wildcard(pattern)(text) === naive(pattern, text)),
    { numRuns: 2_000 },
  );
});

test('no pattern makes it explode', () => {
  const began = performance.now();
  expect(wildcard(`${'*a'.repeat(200)}*b`)('a'.repeat(20_000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(1_000);
});
