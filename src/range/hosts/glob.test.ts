import { expect, test } from 'vitest';
import { globOf } from './glob.ts';

test.each<[string, string, boolean]>([
  ['*.log', 'secure.log', true],
  ['*.log', 'secureXlog', false],
  ['*', '.hidden/deep', true],
  ['a?c', 'abc', true],
  ['[ab]*', 'beta', true],
  ['[!ab]*', 'beta', false],
  ['[a-c]', 'b', true],
  ['[]x]', ']', true],
  ['[^a]', '^', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['a[', 'a[', true],
  ['a+(b)', 'a+(b)', true],
  ['A', 'a', false],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(globOf(pattern)(text)).toBe(expected);
});

test('a case that does not count, and a backslash that is one', () => {
  expect(globOf('*.LOG', { ignoreCase: true })('a.log')).toBe(true);
  expect(globOf('a\\*', { plain: true })('a\\bc')).toBe(true);
  expect(globOf('a\\*', { plain: true })('a*')).toBe(false);
});

test('no pattern makes it explode', () => {
  const began = performance.now();
  expect(globOf(`${'*a'.repeat(30)}*b`)('a'.repeat(1_000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(2_000);
});
