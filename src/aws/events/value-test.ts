import { fits } from '../wildcard.ts';
import type { Scalar } from './leaves.ts';
import { numericMax } from './limits.ts';
import { type Cidr, inCidr } from './value-cidr.ts';
import type { Wildcard } from './wildcard.ts';

/** What one entry of a pattern's list asks of a value. */
export type ValueTest =
  | { readonly kind: 'equals'; readonly value: Scalar }
  | { readonly kind: 'exists' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'ignore-case'; readonly where: Where; readonly lower: string }
  | { readonly kind: 'text'; readonly where: 'prefix' | 'suffix'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly pieces: Wildcard }
  | { readonly kind: 'numeric'; readonly bounds: readonly Bound[] }
  | { readonly kind: 'cidr'; readonly range: Cidr }
  | { readonly kind: 'anything-but'; readonly tests: readonly ValueTest[] };

export type Where = 'whole' | 'prefix' | 'suffix';
export interface Bound {
  readonly operator: '<' | '<=' | '=' | '>' | '>=';
  readonly value: number;
}

export type Passes = (value: Scalar) => boolean;

/** Whether a value passes one of these: found out once what is asked, since tests of all kinds are asked in turn. */
export function passesAny(tests: readonly ValueTest[]): Passes {
  const [first, ...more] = tests.map(passes);
  if (first === undefined) return () => false;
  return more.length === 0 ? first : (value) => first(value) || more.some((each) => each(value));
}

function passes(test: ValueTest): Passes {
  switch (test.kind) {
    case 'equals':
      return (value) => value === test.value;
    case 'exists':
      return () => true;
    case 'absent':
      return () => false;
    case 'text':
      return test.where === 'prefix'
        ? (value) => typeof value === 'string' && value.startsWith(test.text)
        : (value) => typeof value === 'string' && value.endsWith(test.text);
    case 'ignore-case':
      return (value) => typeof value === 'string' && matchesIgnoringCase(test, value.toLowerCase());
    case 'wildcard':
      return (value) => typeof value === 'string' && fits(value, test.pieces);
    case 'numeric':
      return (value) =>
        typeof value === 'number' &&
        Math.abs(value) <= numericMax &&
        test.bounds.every((bound) => within(bound, value));
    case 'cidr':
      return (value) => typeof value === 'string' && inCidr(test.range, value);
    case 'anything-but': {
      const inner = passesAny(test.tests);
      return (value) => !inner(value);
    }
  }
}

function matchesIgnoringCase({ where, lower }: { where: Where; lower: string }, value: string): boolean {
  return where === 'whole' ? value === lower : where === 'prefix' ? value.startsWith(lower) : value.endsWith(lower);
}

function within({ operator, value: bound }: Bound, value: number): boolean {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '=':
      return value === bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
  }
}
