import { type ArnParts, arnParts } from '../../arn.ts';
import type { Context } from '../context.ts';
import { some, unknown } from '../holds.ts';
import { patternOfTokens } from '../pattern.ts';
import { splitAtColons, tokensOf } from '../tokens.ts';
import { type Operator, pair } from './operator.ts';

// ArnEquals and ArnLike behave identically, wildcards included, says AWS's page.
export const arnOperators = {
  ...pair('ArnEquals', 'ArnNotEquals', arns),
  ...pair('ArnLike', 'ArnNotLike', arns),
} satisfies Record<string, Operator>;

/** As with the typed operators, what is no ARN on either side is not silently different: it is named. */
function arns(values: readonly string[], variables: boolean): ReturnType<Operator['compile']> {
  const patterns = values.map((text) => ({ text, pattern: arnPattern(text, variables) }));
  return {
    matches(value, context) {
      const given = arnParts(value);
      if (given?.[0] !== 'arn') return unknown(`the request's value "${value}" is not an ARN`);
      return some(patterns, ({ text, pattern }) =>
        pattern === undefined ? unknown(`the policy's value "${text}" is not an ARN`) : pattern.matches(given, context),
      );
    },
    keys: patterns.flatMap(({ pattern }) => pattern?.keys ?? []),
  };
}

/**
 * Each of the six parts is compared by itself: a wildcard never reaches over a colon, except within the last part.
 * «AWS automatically completes» an ARN with missing parts by wildcards, so `*` is any ARN. Undefined: no ARN at all.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
function arnPattern(text: string, variables: boolean) {
  const parts = splitAtColons(tokensOf(text, { variables, wildcards: true }), 6);
  const [scheme = []] = parts;
  if (scheme.every(({ kind }) => kind === 'text') && text.split(':', 1)[0] !== 'arn') return undefined;
  const patterns = parts.map((part) => patternOfTokens(part));
  const matches = (given: ArnParts, context: Context) =>
    given.every((part, at) => patterns[at]?.matches(part, context) ?? true);
  return { matches, keys: patterns.flatMap((part) => part.keys) };
}
