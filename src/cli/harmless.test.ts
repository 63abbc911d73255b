import { expect, test } from 'vitest';
import { harmless, harmlessWord } from './harmless.ts';

test.each([
  ['colours', '\u001b[31mred', '\\u001b[31mred'],
  ['the title of the window', '\u001b]0;owned\u0007', '\\u001b]0;owned\\u0007'],
  ['the other way to begin such', '\u009b31m', '\\u009b31m'],
  ['going back over the line', 'false\rtrue\b', 'false\\u000dtrue\\u0008'],
  ['turning the direction', 'gnp\u202eexe', 'gnp\\u202eexe'],
  ['nothing', '権限 “x” é\t1\n', '権限 “x” é\t1\n'],
])('a text with %s does not steer a terminal', (_, text, shown) => {
  expect(harmless(text)).toBe(shown);
});

test('a word does not break its line', () => {
  expect(harmlessWord('x\n0 findings\t')).toBe('x\\u000a0 findings\\u0009');
});

test('a line of JSON says the same', () => {
  const value = { name: 'a\u009b\u202e\u007f\n' };
  expect(JSON.parse(harmless(JSON.stringify(value)))).toEqual(value);
});
