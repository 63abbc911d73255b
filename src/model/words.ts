/** Every text a person reads exists in these languages; `en` is what AWS's own APIs speak. */
export const locales = ['en', 'ja'] as const;
export type Locale = (typeof locales)[number];
export type Words = Readonly<Record<Locale, string>>;
