import { holds, invalidPattern, type Operand, type Operator, operandOf } from './condition.ts';
import { type Expression, holdsFor, parseExpression } from './expression.ts';
import type { FilterPattern } from './filter-pattern.ts';
import { filterRegexesMax } from './limits.ts';

interface Field {
  readonly name: string;
  readonly wanted: Expression<Comparison> | undefined;
}

interface Comparison {
  readonly operator: Operator;
  readonly operand: Operand;
}

/** `[ip, user, ..., status = 4*, bytes > 1000]`: without an ellipsis the number of fields must be the same. */
export function compileFields(inside: string): FilterPattern {
  const parts = splitOutsideQuotes(inside);
  const gap = parts.indexOf('...');
  if (parts.includes('') || parts.indexOf('...', gap + 1) > gap) throw invalidPattern();
  const fields = parts.filter((part) => part !== '...').map(fieldOf);
  if (parts.filter((part) => part.includes('%')).length > filterRegexesMax) throw invalidPattern();
  const placed = (message: string) => place(fields, gap, wordsOf(message));
  return {
    matches: (message) => {
      const words = placed(message);
      if (words === undefined) return false;
      return fields.every(
        ({ wanted }, at) =>
          wanted === undefined || holdsFor(wanted, ({ operator, operand }) => holds(operator, words[at]!, operand)),
      );
    },
    extract: (message) => Object.fromEntries((placed(message) ?? []).map((word, at) => [`$${fields[at]!.name}`, word])),
  };
}

/** The words that belong to the fields: before the ellipsis from the left, behind it from the right. */
function place(fields: readonly Field[], gap: number, words: readonly string[]): readonly string[] | undefined {
  if (gap < 0) return words.length === fields.length ? words : undefined;
  if (words.length < fields.length) return undefined;
  const behind = fields.length - gap;
  return [...words.slice(0, gap), ...words.slice(words.length - behind)];
}

/** What stands between double quotes or brackets is one word, without them. */
function wordsOf(message: string): string[] {
  return [...message.matchAll(/"([^"]*)"(?!\S)|\[([^\]]*)\](?!\S)|(\S+)/g)].map(
    ([, quoted, bracketed, plain]) => quoted ?? bracketed ?? plain ?? '',
  );
}

function splitOutsideQuotes(inside: string): string[] {
  const pieces = inside.match(/(?:"(?:[^"\\]|\\.)*"|%(?:[^%\\]|\\.)*%|[^,])+|(?<=,)(?=,)/gs) ?? [];
  return pieces.map((piece) => piece.trim());
}

const comparison = /([\w-]+)\s*(!=|<=|>=|=|<|>)\s*("(?:[^"\\]|\\.)*"|%(?:[^%\\]|\\.)*%|[^\s()&|"]+)/sy;

/** All comparisons of a field name it: `status = 4* || status = 5*`. */
function fieldOf(part: string): Field {
  if (/^[\w-]+$/.test(part)) return { name: part, wanted: undefined };
  const names = new Set<string>();
  const wanted = parseExpression(part, (text, at) => {
    comparison.lastIndex = at;
    const [whole, name, operator, value] = comparison.exec(text) ?? [];
    if (whole === undefined) throw invalidPattern();
    names.add(name!);
    // The regular expression lets only operators through.
    return { end: at + whole.length, leaf: { operator: operator as Operator, operand: operandOf(value!) } };
  });
  const [name, other] = names;
  if (name === undefined || other !== undefined) throw invalidPattern();
  return { name, wanted };
}
