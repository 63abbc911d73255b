/**
 * The pieces of a text in a policy: literal text, the wildcards, and variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined };

export interface Reading {
  /** Only documents of version 2012-10-17 have variables; in older ones `${` is text. */
  readonly variables: boolean;
  readonly wildcards: boolean;
}

// Keys of tags may have spaces inside. A text without its end brace is text.
const variable = /\$\{ *([^ ,{}][^,{}]*)(?:, *'([^']*)' *)?\}/y;

export function tokensOf(text: string, { variables, wildcards }: Reading): Token[] {
  const tokens: Token[] = [];
  let literal = '';
  const add = (token: Token) => {
    if (literal !== '') tokens.push({ kind: 'text', text: literal });
    literal = '';
    tokens.push(token);
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (wildcards && char === '*') add({ kind: 'any' });
    else if (wildcards && char === '?') add({ kind: 'one' });
    else if (variables && char === '$' && text[at + 1] === '{') {
      variable.lastIndex = at;
      const found = variable.exec(text);
      if (!found) {
        literal += char;
        continue;
      }
      at = variable.lastIndex - 1;
      const key = found[1]!.trimEnd();
      // ${*}, ${?} and ${$} stand for the characters themselves.
      if (key === '*' || key === '?' || key === '$') literal += key;
      else add({ kind: 'variable', key, fallback: found[2] });
    } else literal += char;
  }
  if (literal !== '') tokens.push({ kind: 'text', text: literal });
  return tokens;
}

/** The same tokens in as many lists as colons in their literal text ask for; colons after the last are kept. */
export function splitAtColons(tokens: readonly Token[], count: number): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind !== 'text') {
      parts.at(-1)!.push(token);
      continue;
    }
    let rest = token.text;
    for (let at = rest.indexOf(':'); at >= 0 && parts.length < count; at = rest.indexOf(':')) {
      if (at > 0) parts.at(-1)!.push({ kind: 'text', text: rest.slice(0, at) });
      parts.push([]);
      rest = rest.slice(at + 1);
    }
    if (rest !== '') parts.at(-1)!.push({ kind: 'text', text: rest });
  }
  return parts;
}
