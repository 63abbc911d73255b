import { patternOf } from '../pattern.ts';
import { type Operator, pair } from './operator.ts';

export const stringOperators = {
  ...pair('StringEquals', 'StringNotEquals', strings({ wildcards: false, ignoreCase: false })),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', strings({ wildcards: false, ignoreCase: true })),
  ...pair('StringLike', 'StringNotLike', strings({ wildcards: true, ignoreCase: false })),
} satisfies Record<string, Operator>;

function strings(how: { readonly wildcards: boolean; readonly ignoreCase: boolean }): Operator['compile'] {
  return (values, variables) => {
    const patterns = values.map((value) => patternOf(value, { ...how, variables }));
    return {
      matches: (value, context) => patterns.some((pattern) => pattern.matches(value, context)),
      keys: patterns.flatMap((pattern) => pattern.keys),
    };
  };
}
