import { type Locale, locales, type Words } from '../../model/words.ts';

/** Text that is HTML already. Everything else that goes into a page is escaped. */
export interface Markup {
  readonly html: string;
}

export type Part = Markup | string | number | readonly Part[];

/** A template of HTML into which nothing gets unescaped but other templates. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: strings.map((text, index) => text + (index < parts.length ? textOf(parts[index]!) : '')).join('') };
}

/** A text in every language; the page shows one of them at a time. */
export function both(words: Words): Markup {
  return { html: locales.map((locale: Locale) => `<span lang="${locale}">${escaped(words[locale])}</span>`).join('') };
}

function textOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map(textOf).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
