import { depthMax } from './limits.ts';

/** JSON whose every value knows where it stands, so that a complaint about a pattern can point at it. */
export type Placed = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'array'; readonly items: readonly Placed[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'literal'; readonly value: boolean | null }
);
export interface Member {
  readonly name: string;
  readonly value: Placed;
}

export class JsonError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export function parsePlaced(source: string): Placed {
  const reader = { source, at: 0, depth: 0 };
  const value = readValue(reader);
  skipSpace(reader);
  if (reader.at < source.length) throw unexpected(reader, 'the end of the text');
  return value;
}

interface Reader {
  readonly source: string;
  at: number;
  depth: number;
}

const scalar =
  /(?:"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

function readValue(reader: Reader): Placed {
  skipSpace(reader);
  const start = reader.at;
  const first = reader.source[start];
  if (first === '{' || first === '[') {
    reader.depth += 1;
    if (reader.depth > depthMax) throw new JsonError(`Nested deeper than ${depthMax} levels`, start);
    const value = first === '{' ? readObject(reader, start) : readArray(reader, start);
    reader.depth -= 1;
    return value;
  }
  const value: unknown = JSON.parse(readScalar(reader));
  const place = { start, end: reader.at };
  if (typeof value === 'string') return { ...place, kind: 'string', value };
  if (typeof value === 'number') return { ...place, kind: 'number', value };
  // The regular expression lets nothing else through.
  return { ...place, kind: 'literal', value: value as boolean | null };
}

function readScalar(reader: Reader): string {
  scalar.lastIndex = reader.at;
  const text = scalar.exec(reader.source)?.[0];
  if (text === undefined) throw unexpected(reader, 'a JSON value');
  reader.at += text.length;
  return text;
}

function readObject(reader: Reader, start: number): Placed {
  const members: Member[] = [];
  reader.at += 1;
  if (took(reader, '}')) return { kind: 'object', members, start, end: reader.at };
  do {
    skipSpace(reader);
    if (reader.source[reader.at] !== '"') throw unexpected(reader, 'double-quote to start field name');
    const name = JSON.parse(readScalar(reader)) as string;
    if (!took(reader, ':')) throw unexpected(reader, 'a colon to separate field name and value');
    members.push({ name, value: readValue(reader) });
  } while (took(reader, ','));
  if (!took(reader, '}')) throw unexpected(reader, 'comma to separate Object entries');
  return { kind: 'object', members, start, end: reader.at };
}

function readArray(reader: Reader, start: number): Placed {
  const items: Placed[] = [];
  reader.at += 1;
  if (took(reader, ']')) return { kind: 'array', items, start, end: reader.at };
  do items.push(readValue(reader));
  while (took(reader, ','));
  if (!took(reader, ']')) throw unexpected(reader, 'comma to separate Array entries');
  return { kind: 'array', items, start, end: reader.at };
}

function took(reader: Reader, character: string): boolean {
  skipSpace(reader);
  if (reader.source[reader.at] !== character) return false;
  reader.at += 1;
  return true;
}

function skipSpace(reader: Reader): void {
  while (reader.at < reader.source.length && ' \t\r\n'.includes(reader.source[reader.at]!)) reader.at += 1;
}

function unexpected(reader: Reader, expected: string): JsonError {
  const found = reader.source[reader.at];
  if (found === undefined) return new JsonError(`Unexpected end-of-input: was expecting ${expected}`, reader.at);
  return new JsonError(
    `Unexpected character ('${found}' (code ${found.codePointAt(0)})): was expecting ${expected}`,
    reader.at + 1,
  );
}
