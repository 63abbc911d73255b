import type { Locale, Words } from '../model/words.ts';
import { asWorldError, textOf, UserError } from '../run/errors.ts';
import { type Exit, exit } from './exit.ts';

const labels = {
  error: { en: 'error', ja: 'エラー' },
  expected: { en: 'expected', ja: '想定:' },
  hint: { en: 'try:', ja: '対処:' },
} satisfies Record<string, Words>;

/** Three parts: what is wrong, what was expected, what to do. Our own bugs keep their stack. */
export function renderError(error: unknown, locale: Locale): string {
  const known = error instanceof UserError ? error : asWorldError(error);
  if (known === undefined) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${labels.error[locale]} BUG: ${stack}\n`;
  }
  const lines = [`${labels.error[locale]} ${known.code}: ${textOf(known.said, locale)}`];
  if (known.expected) lines.push(`  ${labels.expected[locale]} ${textOf(known.expected, locale)}`);
  if (known.hint) lines.push(`  ${labels.hint[locale]} ${textOf(known.hint, locale)}`);
  return `${lines.join('\n')}\n`;
}

export function exitOf(error: unknown): Exit {
  if (error instanceof UserError) return exit.usage;
  return asWorldError(error) === undefined ? exit.bug : exit.world;
}
