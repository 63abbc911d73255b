import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contextOf, givenKeys } from './context.ts';
import { patternOf } from './pattern.ts';

const context = contextOf(
  givenKeys({
    'aws:username': 'alice',
    'aws:PrincipalTag/team': 'a*b',
    'aws:PrincipalTag/cost center': '42',
    'aws:TagKeys': ['one', 'two'],
  }),
  { kind: 'anonymous' },
  '',
);

test.each([
  ['*', '', true],
  ['*', 'anything:at/all', true],
  ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b', true],
  ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
  ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket2', false],
  ['a*c', 'abbbc', true],
  ['a*c', 'ac', true],
  ['a*a', 'a', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['?', '', false],
  ['*?', 'x', true],
  ['*ab*ab', 'ab', false],
  ['*a?b*', 'xxaab', true],
  ['home/${aws:username}/*', 'home/alice/x', true],
  ['home/${AWS:UserName}/*', 'home/alice/x', true],
  ['home/${aws:username}/*', 'home/bob/x', false],
  // A variable's value is text, never a pattern.
  ['${aws:PrincipalTag/team}', 'a*b', true],
  ['${aws:PrincipalTag/team}', 'axb', false],
  // Without a value nothing matches, unless there is a default.
  ['${aws:PrincipalTag/none}*', 'x', false],
  ["${aws:PrincipalTag/none, 'dflt'}", 'dflt', true],
  ["${aws:username, 'dflt'}", 'dflt', false],
  ['${aws:TagKeys}', 'one', false],
  ['${*}', '*', true],
  ['${*}', 'x', false],
  ['${?}', '?', true],
  ['${?}', 'x', false],
  ['${$}{a}', '${a}', true],
  ['${aws:PrincipalTag/cost center}', '42', true],
  ["${ aws:PrincipalTag/none , 'a b' }", 'a b', true],
  ['${}', '${}', true],
  ['${unclosed', '${unclosed', true],
] as const)('the pattern %s and the text %s: %s', (pattern, text, expected) => {
  expect(patternOf(pattern, { variables: true, wildcards: true }).matches(text, context)).toBe(expected);
});

test('documents of before 2012 have no variables', () => {
  const pattern = patternOf('home/${aws:username}', { variables: false, wildcards: true });
  expect(pattern.matches('home/${aws:username}', context)).toBe(true);
  expect(pattern.matches('home/alice', context)).toBe(false);
});

test('a naive matcher agrees', () => {
  const letters = (...chars: string[]) => fc.string({ unit: fc.constantFrom(...chars), maxLength: 9 });
  fc.assert(
    fc.property(letters('a', 'b', ':', '*', '?'), letters('a', 'b', ':', '*', '?'), (pattern, text) => {
      const compiled = patternOf(pattern, { variables: true, wildcards: true });
      expect(compiled.matches(text, context)).toBe(naive(pattern, text));
    }),
    { numRuns: 3000 },
  );
});

test('no pattern makes it explode', () => {
  const pattern = patternOf(`${'*a'.repeat(2000)}*b`, { variables: false, wildcards: true });
  expect(pattern.matches('a'.repeat(20_000), context)).toBe(false);
});

function naive(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') return naive(pattern.slice(1), text) || (text !== '' && naive(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && naive(pattern.slice(1), text.slice(1));
}
