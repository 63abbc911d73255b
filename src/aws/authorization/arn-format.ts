import { compileBinder } from './binder.ts';
import type { AuthorizationFacts } from './requirement.ts';

type Input = Readonly<Record<string, unknown>>;

/** The ARNs of one resource type; empty if the input names none, undefined if only state could say. */
export type Resources = (input: Input, facts: AuthorizationFacts) => readonly string[] | undefined;

/** One resource of an entry: the whole ARN by one binder, or a format whose variables are bound. */
export function compileResource(format: string, binders: string | Readonly<Record<string, string>>): Resources {
  if (typeof binders === 'string') return compileBinder(binders);
  const pieces = format.split(/\$\{(\w+)\}/);
  const names = pieces.filter((_, index) => index % 2 === 1).filter((name) => !(name in surroundings));
  const bound = names.map((name) => compileBinder(binders[name] ?? '*'));
  const render = compileFormat(pieces, names);
  return (input, facts) => {
    const values: (readonly string[])[] = [];
    for (const one of bound) {
      const found = one(input, facts);
      if (found === undefined || found.length === 0) return found;
      values.push(found);
    }
    // `${ParameterNameWithoutLeadingSlash}` of Systems Manager says what to do with `/app/password`.
    if (names[0]?.endsWith('WithoutLeadingSlash'))
      values[0] = (values[0] ?? []).map((value) => value.replace(/^\//, ''));
    if (names.length === 1)
      return (values[0] ?? []).map((value) => (value.startsWith('arn:') ? value : render(facts, [value])));
    if (values.every((column) => column.length === 1)) {
      return [
        render(
          facts,
          values.map(([value = ''], at) => partOf(value, names[at])),
        ),
      ];
    }
    return product(values, names).map((row) => render(facts, row));
  };
}

type Piece = (facts: AuthorizationFacts, row: readonly string[]) => string;

const surroundings: Readonly<Record<string, Piece>> = {
  Partition: (facts) => facts.partition,
  Region: (facts) => facts.region,
  Account: (facts) => facts.account,
};

/** Literal texts and variables in turn, ready to be joined. */
function compileFormat(pieces: readonly string[], names: readonly string[]): Piece {
  const parts = pieces.map((piece, index): Piece => {
    if (index % 2 === 0) return () => piece;
    const at = names.indexOf(piece);
    return surroundings[piece] ?? ((_facts, row) => row[at] ?? '');
  });
  return (facts, row) => {
    let arn = '';
    for (const part of parts) arn += part(facts, row);
    return arn;
  };
}

function product(columns: readonly (readonly string[])[], names: readonly string[]): readonly (readonly string[])[] {
  let rows: readonly (readonly string[])[] = [[]];
  for (const [at, column] of columns.entries()) {
    const named = column.map((value) => partOf(value, names[at]));
    rows = rows.flatMap((row) => named.map((value) => [...row, value]));
  }
  return rows;
}

/** The key of an object may be any text, one that begins like an ARN as well. */
function partOf(value: string, name: string | undefined): string {
  return name === 'ObjectName' ? value : nameOf(value);
}

/** Of an ARN that stands where one part of a longer ARN is wanted, what follows its resource type. */
function nameOf(value: string): string {
  return value.startsWith('arn:')
    ? value
        .split(':')
        .slice(5)
        .join(':')
        .replace(/^[\w-]+[:/]/, '')
    : value;
}
