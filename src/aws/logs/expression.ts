import { invalidPattern } from './condition.ts';
import { filterDepthMax } from './limits.ts';

/** Comparisons joined by `&&`, which binds closer, and `||`. */
export type Expression<Leaf> =
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Expression<Leaf>[] };

/** Reads one comparison at an offset; says where it ends. */
export type ReadLeaf<Leaf> = (text: string, at: number) => { readonly end: number; readonly leaf: Leaf };

export function holdsFor<Leaf>(expression: Expression<Leaf>, test: (leaf: Leaf) => boolean): boolean {
  if (expression.kind === 'leaf') return test(expression.leaf);
  const { kind, parts } = expression;
  return kind === 'all' ? parts.every((part) => holdsFor(part, test)) : parts.some((part) => holdsFor(part, test));
}

export function leavesOf<Leaf>(expression: Expression<Leaf>): readonly Leaf[] {
  return expression.kind === 'leaf' ? [expression.leaf] : expression.parts.flatMap(leavesOf);
}

export function parseExpression<Leaf>(text: string, readLeaf: ReadLeaf<Leaf>): Expression<Leaf> {
  const reader = { text, at: 0, depth: 0, readLeaf };
  const expression = readJoined(reader, 'any');
  if (reader.at < text.length) throw invalidPattern();
  return expression;
}

interface Reader<Leaf> {
  readonly text: string;
  readonly readLeaf: ReadLeaf<Leaf>;
  at: number;
  depth: number;
}

function readJoined<Leaf>(reader: Reader<Leaf>, kind: 'all' | 'any'): Expression<Leaf> {
  const read = () => (kind === 'any' ? readJoined(reader, 'all') : readPart(reader));
  const parts = [read()];
  while (took(reader, kind === 'any' ? '||' : '&&')) parts.push(read());
  return parts.length === 1 ? parts[0]! : { kind, parts };
}

function readPart<Leaf>(reader: Reader<Leaf>): Expression<Leaf> {
  if (took(reader, '(')) {
    reader.depth += 1;
    if (reader.depth > filterDepthMax) throw invalidPattern();
    const inner = readJoined(reader, 'any');
    if (!took(reader, ')')) throw invalidPattern();
    reader.depth -= 1;
    return inner;
  }
  const { end, leaf } = reader.readLeaf(reader.text, reader.at);
  reader.at = end;
  skipSpace(reader);
  return { kind: 'leaf', leaf };
}

function took<Leaf>(reader: Reader<Leaf>, token: string): boolean {
  skipSpace(reader);
  if (!reader.text.startsWith(token, reader.at)) return false;
  reader.at += token.length;
  skipSpace(reader);
  return true;
}

function skipSpace<Leaf>(reader: Reader<Leaf>): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1;
}
