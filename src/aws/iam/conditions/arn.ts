import { arnParts } from '../../arn.ts';
import type { Context } from '../context.ts';
import { type Pattern, patternOfTokens } from '../pattern.ts';
import { splitAtColons, tokensOf } from '../tokens.ts';
import { type Operator, pair } from './operator.ts';

// ArnEquals and ArnLike behave identically, wildcards included, says AWS's page.
export const arnOperators = {
  ...pair('ArnEquals', 'ArnNotEquals', arns),
  ...pair('ArnLike', 'ArnNotLike', arns),
} satisfies Record<string, Operator>;

function arns(values: readonly string[], variables: boolean): ReturnType<Operator['compile']> {
  const patterns = values.map((value) => arnPattern(value, variables));
  return {
    matches: (value, context) => patterns.some((pattern) => pattern.matches(value, context)),
    keys: patterns.flatMap((pattern) => pattern.keys),
  };
}

/**
 * Each of the six parts is compared by itself: a wildcard never reaches over a colon, except within the last part.
 * «AWS automatically completes» an ARN with missing parts by wildcards, so `*` is any ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
function arnPattern(text: string, variables: boolean): Pattern {
  const parts = splitAtColons(tokensOf(text, { variables, wildcards: true }), 6).map((part) => patternOfTokens(part));
  const matches = (value: string, context: Context) => {
    const given = arnParts(value);
    return given?.every((part, at) => parts[at]?.matches(part, context) ?? true) ?? false;
  };
  return { matches, keys: parts.flatMap((part) => part.keys) };
}
