import { type Chunk, fits } from '../wildcard.ts';
import type { Context } from './context.ts';
import { type Reading, type Token, tokensOf } from './tokens.ts';

/** A text of a policy, ready to be compared. */
export interface Pattern {
  matches(text: string, context: Context): boolean;
  /** The context keys that its variables read, as they are spelt. */
  readonly keys: readonly string[];
}

export function patternOf(text: string, reading: Reading & { readonly ignoreCase?: boolean }): Pattern {
  return patternOfTokens(tokensOf(text, reading), reading.ignoreCase ?? false);
}

export function patternOfTokens(tokens: readonly Token[], ignoreCase = false): Pattern {
  const fold = ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  const keys = tokens.flatMap((token) => (token.kind === 'variable' ? [token.key] : []));
  if (keys.length > 0) {
    // A variable without a value makes a text that nothing equals.
    const matches = (text: string, context: Context) => {
      const chunks = chunksOf(tokens, fold, context);
      return chunks !== undefined && fits(fold(text), chunks);
    };
    return { matches, keys };
  }
  const chunks = chunksOf(tokens, fold, undefined) ?? [];
  const [only] = chunks;
  if (chunks.length === 1 && only && only.holes.length === 0) {
    return { matches: (text) => fold(text) === only.text, keys };
  }
  if (chunks.every((chunk) => chunk.text === '')) return { matches: () => true, keys };
  return { matches: (text) => fits(fold(text), chunks), keys };
}

function chunksOf(
  tokens: readonly Token[],
  fold: (text: string) => string,
  context: Context | undefined,
): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let text = '';
  let holes: number[] = [];
  for (const token of tokens) {
    if (token.kind === 'text') text += fold(token.text);
    else if (token.kind === 'one') {
      holes.push(text.length);
      text += '?';
    } else if (token.kind === 'any') {
      chunks.push({ text, holes });
      text = '';
      holes = [];
    } else {
      const value = context?.single(token.key.toLowerCase()) ?? token.fallback;
      if (value === undefined) return undefined;
      text += fold(value);
    }
  }
  chunks.push({ text, holes });
  return chunks;
}
