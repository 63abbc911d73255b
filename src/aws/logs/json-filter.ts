import { holds, invalidPattern, type Operand, type Operator, operandOf } from './condition.ts';
import { holdsFor, leavesOf, parseExpression } from './expression.ts';
import type { FilterPattern } from './filter-pattern.ts';
import { filterRegexesMax } from './limits.ts';

interface Comparison {
  /** As it was written: `$.a.b[0]`. */
  readonly selector: string;
  readonly path: readonly string[];
  readonly wanted: Wanted;
}

type Wanted =
  | { readonly kind: 'compare'; readonly operator: Operator; readonly operand: Operand }
  | { readonly kind: 'is'; readonly value: boolean | null }
  | { readonly kind: 'exists' }
  | { readonly kind: 'not-exists' };

const absent = Symbol('absent');

/** `{ ($.user.id = 1) && ($.users[0].email = "a@*") }`: a message that is no JSON object matches nothing. */
export function compileSelectors(inside: string): FilterPattern {
  const expression = parseExpression(inside, readComparison);
  const comparisons = leavesOf(expression);
  if ((inside.match(/%(?:[^%\\]|\\.)*%/g)?.length ?? 0) > filterRegexesMax) throw invalidPattern();
  return {
    matches: (message) => {
      const root = parsed(message);
      return root !== undefined && holdsFor(expression, ({ path, wanted }) => meets(valuesAt(root, path, 0), wanted));
    },
    extract: (message) => {
      const root = parsed(message);
      const found = comparisons.map(({ selector, path }) => [selector, valuesAt(root, path, 0)[0]] as const);
      return Object.fromEntries(
        found.filter(([, value]) => value !== undefined).map(([selector, value]) => [selector, textOf(value)]),
      );
    },
  };
}

const comparison =
  /(\$(?:\.[\w-]+|\.\*|\[(?:\d+|\*|"[^"]*"|'[^']*')\])+)\s*(?:(?:(!=|<=|>=|=|<|>)\s*("(?:[^"\\]|\\.)*"|%(?:[^%\\]|\\.)*%|[^\s()&|"]+))|(IS|is)\s+(NULL|TRUE|FALSE|null|true|false)|(NOT|not)?\s*(EXISTS|exists))/sy;

function readComparison(text: string, at: number): { end: number; leaf: Comparison } {
  comparison.lastIndex = at;
  const [whole, selector, operator, value, , literal, not, exists] = comparison.exec(text) ?? [];
  if (whole === undefined || selector === undefined) throw invalidPattern();
  const wanted = (): Wanted => {
    if (literal !== undefined) return { kind: 'is', value: JSON.parse(literal.toLowerCase()) };
    if (exists !== undefined) return { kind: not === undefined ? 'exists' : 'not-exists' };
    // The regular expression lets only operators through.
    return { kind: 'compare', operator: operator as Operator, operand: operandOf(value!) };
  };
  return { end: at + whole.length, leaf: { selector, path: pathOf(selector), wanted: wanted() } };
}

function pathOf(selector: string): string[] {
  return [...selector.matchAll(/\.([\w*-]+)|\[["']?([^\]"']*)["']?\]/g)].map(([, dotted, inner]) => dotted ?? inner!);
}

/** A comparison wants the field: where there is none, `!=` is not met either. Observed, not documented. */
function meets(values: readonly unknown[], wanted: Wanted): boolean {
  if (wanted.kind === 'exists') return values.length > 0;
  if (wanted.kind === 'not-exists') return values.length === 0;
  if (wanted.kind === 'is') return values.includes(wanted.value);
  return values.some((value) => {
    if (typeof value === 'boolean') return holds(wanted.operator, String(value), wanted.operand);
    if (typeof value !== 'string' && typeof value !== 'number') return false;
    return holds(wanted.operator, value, wanted.operand);
  });
}

function valuesAt(value: unknown, path: readonly string[], at: number): unknown[] {
  const name = path[at];
  if (name === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (name === '*') return Object.values(value).flatMap((inner) => valuesAt(inner, path, at + 1));
  const inner: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : absent;
  return inner === absent ? [] : valuesAt(inner, path, at + 1);
}

function parsed(message: string): object | undefined {
  if (!message.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
