import { UserError } from './errors.ts';
import { limits } from './limits.ts';

/** The finding whose id begins so. */
export function findingById<T>(all: readonly T[], typed: string, idOf: (finding: T) => string): T {
  const begun = all.filter((finding) => typed !== '' && idOf(finding).startsWith(typed));
  const exact = begun.find((finding) => idOf(finding) === typed);
  if (exact !== undefined) return exact;
  const [only, another] = begun;
  if (only !== undefined && another === undefined) return only;
  if (only === undefined) throw unknown(typed, all.length);
  const ids = begun.slice(0, limits.findingsNamed).map(idOf);
  throw new UserError({
    code: 'FINDING_AMBIGUOUS',
    message: {
      en: `${begun.length} findings begin with "${typed}"`,
      ja: `"${typed}" で始まる検出結果が ${begun.length} 件あります`,
    },
    expected: { en: `one more letter: ${ids.join(', ')}`, ja: `もう 1 文字以上: ${ids.join(', ')}` },
    hint: 'yagura findings',
  });
}

function unknown(typed: string, count: number): UserError {
  return new UserError({
    code: 'FINDING_UNKNOWN',
    message: {
      en: `none of ${count} findings has an id that begins with "${typed}"`,
      ja: `${count} 件の検出結果の中に、ID が "${typed}" で始まるものはありません`,
    },
    expected: { en: 'the id of a finding, or how it begins', ja: '検出結果の ID、またはその先頭部分' },
    hint: 'yagura findings',
  });
}
