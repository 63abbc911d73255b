import { type Locale, locales } from '../model/words.ts';
import { UserError } from '../run/errors.ts';

/** `--lang`, else LC_ALL, else LANG, else English. A locale of a language that we do not speak is English, not an error. */
export function languageOf(flag: string | undefined, env: Readonly<Record<string, string | undefined>>): Locale {
  if (flag !== undefined) return spoken(flag);
  const wanted = env['LC_ALL'] || env['LANG'] || '';
  return locales.find((locale) => wanted.toLowerCase().split(/[_.@-]/)[0] === locale) ?? 'en';
}

function spoken(flag: string): Locale {
  const locale = locales.find((each) => each === flag);
  if (locale) return locale;
  throw new UserError({
    code: 'LANGUAGE_UNKNOWN',
    message: { en: `--lang "${flag}" is no language of ours`, ja: `--lang "${flag}" には対応していません` },
    expected: locales.join(', '),
    hint: '--lang en',
  });
}
