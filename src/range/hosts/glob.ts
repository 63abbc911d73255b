import { RE2JS } from 're2js';

/**
 * A shell's pattern of a whole text: `*`, `?`, `[set]`, `[!set]`; a backslash takes the next character as it is, unless
 * `plain`, as Python's fnmatch has it. An asterisk matches slashes and leading dots, too. It takes linear time.
 */
export function globOf(
  pattern: string,
  { ignoreCase = false, plain = false }: { readonly ignoreCase?: boolean; readonly plain?: boolean } = {},
): (text: string) => boolean {
  const escapable = plain ? pattern.replaceAll('\\', '\\\\') : pattern;
  const source = escapable.replace(/\\(.)|\[(!?)(\]?[^\]]*)\]|[\s\S]/gu, (whole, escaped, not, set) => {
    if (escaped !== undefined) return RE2JS.quote(escaped);
    if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replace(/[\\[\]^]/g, '\\$&')}]`;
    return whole === '*' ? '.*' : whole === '?' ? '.' : RE2JS.quote(whole);
  });
  const compiled = RE2JS.compile(source, RE2JS.DOTALL | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0));
  return (text) => compiled.matches(text);
}
