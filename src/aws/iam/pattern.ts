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

/** What stands between two `*`: text in which the places of `?` are holes. */
interface Chunk {
  readonly text: string;
  readonly holes: readonly number[];
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

/** Leftmost placement of each chunk in turn: never looks back, so no pattern makes it explode. */
function fits(text: string, chunks: readonly Chunk[]): boolean {
  const first = chunks[0]!;
  if (chunks.length === 1) return text.length === first.text.length && fitsAt(text, first, 0);
  const last = chunks[chunks.length - 1]!;
  const end = text.length - last.text.length;
  let at = first.text.length;
  if (at > end || !fitsAt(text, first, 0) || !fitsAt(text, last, end)) return false;
  for (let i = 1; i < chunks.length - 1; i++) {
    const chunk = chunks[i]!;
    const found = placeOf(text, chunk, at, end);
    if (found < 0) return false;
    at = found + chunk.text.length;
  }
  return true;
}

function placeOf(text: string, chunk: Chunk, from: number, end: number): number {
  if (chunk.holes.length === 0) {
    const found = text.indexOf(chunk.text, from);
    return found + chunk.text.length <= end ? found : -1;
  }
  for (let at = from; at + chunk.text.length <= end; at++) if (fitsAt(text, chunk, at)) return at;
  return -1;
}

function fitsAt(text: string, chunk: Chunk, at: number): boolean {
  if (chunk.holes.length === 0) return text.startsWith(chunk.text, at);
  let hole = 0;
  for (let i = 0; i < chunk.text.length; i++) {
    if (chunk.holes[hole] === i) hole++;
    else if (text[at + i] !== chunk.text[i]) return false;
  }
  return true;
}
