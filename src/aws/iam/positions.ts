export interface Position {
  readonly Line: number;
  readonly Column: number;
}

export interface Extent {
  readonly start: Position;
  readonly end: Position;
}

/** Where each statement stands in the text of a document. The text must be JSON; lines and columns count from 1. */
export function statementExtents(text: string): readonly Extent[] {
  const extents: Extent[] = [];
  let depth = 0;
  let opened = -1;
  let isListed = false;
  for (const { at, token } of tokensOf(text)) {
    if (depth === 1 && token === '"Statement"') opened = -2;
    else if (opened === -2 && depth === 1 && token === '[') isListed = true;
    if (token === '{' && opened === -2 && depth === (isListed ? 2 : 1)) opened = at;
    if (token === '{' || token === '[') depth++;
    if (token !== '}' && token !== ']') continue;
    depth--;
    if (token === '}' && opened >= 0 && depth === (isListed ? 2 : 1)) {
      extents.push({ start: positionOf(text, opened), end: positionOf(text, at + 1) });
      opened = isListed ? -2 : -1;
    } else if (isListed && depth === 1) {
      opened = -1;
      isListed = false;
    }
  }
  return extents;
}

function* tokensOf(text: string): Generator<{ readonly at: number; readonly token: string }> {
  for (const found of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) yield { at: found.index, token: found[0] };
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { Line: before.split('\n').length, Column: offset - before.lastIndexOf('\n') };
}
