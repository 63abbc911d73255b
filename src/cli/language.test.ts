import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

const rows: Record<string, [flag: string | undefined, env: Record<string, string>, locale: string]> = {
  'the flag decides': ['en', { LC_ALL: 'ja_JP.UTF-8' }, 'en'],
  'then LC_ALL': [undefined, { LC_ALL: 'ja_JP.UTF-8', LANG: 'en_US.UTF-8' }, 'ja'],
  'then LANG': [undefined, { LC_ALL: '', LANG: 'ja_JP.eucJP' }, 'ja'],
  'a bare language counts': [undefined, { LANG: 'ja' }, 'ja'],
  'a language that only begins so does not': [undefined, { LANG: 'jam_JM' }, 'en'],
  'C is English': [undefined, { LC_ALL: 'C', LANG: 'ja_JP.UTF-8' }, 'en'],
  'nothing is English': [undefined, {}, 'en'],
};

for (const [name, [flag, env, locale]] of Object.entries(rows)) {
  test(name, () => expect(languageOf(flag, env)).toBe(locale));
}

test('a flag with another language is refused', () => {
  expect(() => languageOf('fr', {})).toThrowError(
    expect.objectContaining({ code: 'LANGUAGE_UNKNOWN', expected: 'en, ja' }),
  );
});
