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

export function passes(test: ValueTest, value: Scalar): boolean {
  switch (test.kind) {
    case 'equals':
      return value === test.value;
    case 'exists':
      return true;
    case 'absent':
      return false;
    case 'text':
      return (
        typeof value === 'string' && (test.where === 'prefix' ? value.startsWith(test.text) : value.endsWith(test.text))
      );
    case 'ignore-case':
      return typeof value === 'string' && matchesIgnoringCase(test, value.toLowerCase());
    case 'wildcard':
      return typeof value === 'string' && fits(value, test.pieces);
    case 'numeric':
      return (
        typeof value === 'number' && Math.abs(value) <= numericMax && test.bounds.every((bound) => within(bound, value))
      );
    case 'cidr':
      return typeof value === 'string' && inCidr(test.range, value);
    case 'anything-but':
      return !test.tests.some((inner) => passes(inner, value));
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
