import { compileBinder } from './binder.ts';
import type { AuthorizationFacts } from './requirement.ts';

type Input = Readonly<Record<string, unknown>>;
type Values = readonly (readonly string[])[];

/** The ARNs of one resource type; empty if the input names none, undefined if only state could say. */
export type Resources = (input: Input, facts: AuthorizationFacts) => readonly string[] | undefined;

/** One resource of an entry: the whole ARN by one binder, or a format whose variables are bound. */
export function compileResource(format: string, binders: string | Readonly<Record<string, string>>): Resources {
  if (typeof binders === 'string') return compileBinder(binders);
  const pieces = format.split(/\$\{(\w+)\}/);
  const names = pieces.filter((_, index) => index % 2 === 1).filter((name) => !(name in surroundings));
  const bound = names.map((name) => compileBinder(binders[name] ?? '*'));
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
    return names.length === 1 ? single(pieces, values[0] ?? [], facts) : product(pieces, names, values, facts);
  };
}

const surroundings: Readonly<Record<string, (facts: AuthorizationFacts) => string>> = {
  Partition: (facts) => facts.partition,
  Region: (facts) => facts.region,
  Account: (facts) => facts.account,
};

function single(pieces: readonly string[], values: readonly string[], facts: AuthorizationFacts): readonly string[] {
  return values.map((value) => (value.startsWith('arn:') ? value : render(pieces, facts, () => value)));
}

function product(
  pieces: readonly string[],
  names: readonly string[],
  values: Values,
  facts: AuthorizationFacts,
): readonly string[] {
  let rows: readonly (readonly string[])[] = [[]];
  for (const column of values) rows = rows.flatMap((row) => column.map((value) => [...row, nameOf(value)]));
  return rows.map((row) => render(pieces, facts, (name) => row[names.indexOf(name)] ?? ''));
}

function render(pieces: readonly string[], facts: AuthorizationFacts, value: (name: string) => string): string {
  let arn = '';
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index] ?? '';
    arn += index % 2 === 0 ? piece : (surroundings[piece]?.(facts) ?? value(piece));
  }
  return arn;
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
