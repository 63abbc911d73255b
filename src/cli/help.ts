import type { Locale, Words } from '../model/words.ts';
import type { Listed } from './command.ts';

const title: Words = {
  en: 'Yagura finds threats in AWS accounts, answers them, and proves that the answer worked.',
  ja: 'Yagura は AWS アカウントの脅威を見つけ、対処し、その対処が効いたことを確かめます。',
};

const more: Words = {
  en: 'yagura help <command> says more. Exit codes: 0 as expected, 1 judged and not as expected, 2 wrong usage or input, 3 the world failed, 70 our bug.',
  ja: '詳しくは yagura help <command>。終了コード: 0 期待どおり、1 判定の結果が期待と違う、2 使い方か入力の誤り、3 環境の失敗、70 Yagura の不具合。',
};

const general: readonly { readonly flags: string; readonly words: Words }[] = [
  {
    flags: '--lang <en|ja>',
    words: { en: 'the language, else LC_ALL, else LANG', ja: '表示言語（省略時は LC_ALL、LANG）' },
  },
  { flags: '--version', words: { en: 'the version', ja: 'バージョン' } },
];

/** `yagura help`: made from the index alone, so that no command is loaded for it. */
export function overview(commands: readonly Listed[], locale: Locale): string {
  const rows = commands
    .filter((each) => !each.internal)
    .map((each) => ({ left: each.name, right: each.summary[locale] }));
  const flags = general.map((each) => ({ left: each.flags, right: each.words[locale] }));
  const width = Math.max(...[...rows, ...flags].map(({ left }) => left.length)) + 2;
  const lines = [...rows, { left: '', right: '' }, ...flags].map(({ left, right }) =>
    `  ${left.padEnd(width)}${right}`.trimEnd(),
  );
  return `${[title[locale], '', ...lines, '', more[locale]].join('\n')}\n`;
}

/** Commander's headings in Japanese. */
const headings: Readonly<Record<string, string>> = {
  'Usage:': '使い方:',
  'Arguments:': '引数:',
  'Options:': 'オプション:',
};

export function heading(text: string, locale: Locale): string {
  return locale === 'ja' ? (headings[text] ?? text) : text;
}
