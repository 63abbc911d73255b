/** What stands between two `*`: text in which the places of `?` are holes. */
export interface Chunk {
  readonly text: string;
  readonly holes: readonly number[];
}

const none: readonly number[] = [];

/** Text without holes. */
export function literal(text: string): Chunk {
  return { text, holes: none };
}

/** What a pattern of `*` and `?` says of a text, where neither can be escaped. */
export function wildcard(pattern: string): (text: string) => boolean {
  const chunks = pattern.split('*').map((text): Chunk => ({ text, holes: holesOf(text) }));
  return (text) => fits(text, chunks);
}

function holesOf(text: string): readonly number[] {
  return [...text.matchAll(/\?/g)].map(({ index }) => index);
}

/** Leftmost placement of each chunk in turn: never looks back, so no pattern makes it explode. */
export function fits(text: string, chunks: readonly Chunk[]): boolean {
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
  if (chunk.holes.length === 0) return chunk.text.length === 0 || text.startsWith(chunk.text, at);
  let hole = 0;
  for (let i = 0; i < chunk.text.length; i++) {
    if (chunk.holes[hole] === i) hole++;
    else if (text[at + i] !== chunk.text[i]) return false;
  }
  return true;
}
