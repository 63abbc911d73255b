import { expect, test } from 'vitest';
import { UserError, WorldError } from '../run/errors.ts';
import { exitOf, renderError } from './errors.ts';

const taken = new WorldError({
  code: 'RANGE_PORT_TAKEN',
  message: { en: '127.0.0.1:4566 is in use', ja: '127.0.0.1:4566 は使用中です' },
  expected: { en: 'a free port for the range', ja: 'レンジ用の空きポート' },
  hint: 'yagura start --port 4666',
});

test('a message has three parts', () => {
  expect(renderError(taken, 'en')).toBe(
    'error RANGE_PORT_TAKEN: 127.0.0.1:4566 is in use\n  expected a free port for the range\n  try: yagura start --port 4666\n',
  );
  expect(renderError(taken, 'ja')).toBe(
    'エラー RANGE_PORT_TAKEN: 127.0.0.1:4566 は使用中です\n  想定: レンジ用の空きポート\n  対処: yagura start --port 4666\n',
  );
});

test('what was not said is left out', () => {
  expect(renderError(new UserError({ code: 'X', message: 'wrong' }), 'en')).toBe('error X: wrong\n');
});

test('a bug keeps its stack', () => {
  expect(renderError(new Error('broken'), 'en')).toMatch(/^error BUG: Error: broken\n +at /);
});

const exits: Record<string, [error: unknown, code: number]> = {
  'a mistake of the user': [new UserError({ code: 'X', message: 'x' }), 2],
  'the world failing': [taken, 3],
  'a full disk that nobody expected': [Object.assign(new Error('x'), { code: 'ENOSPC' }), 3],
  'a bug': [new TypeError('x'), 70],
  'something thrown that is no error': ['x', 70],
};

for (const [name, [error, code]] of Object.entries(exits)) {
  test(`${name} ends with ${code}`, () => expect(exitOf(error)).toBe(code));
}
