import { AwsError } from '../error.ts';
import { compileFields } from './fields-filter.ts';
import { compileSelectors } from './json-filter.ts';
import { compileTerms } from './terms-filter.ts';

/** A compiled filter pattern. */
export interface FilterPattern {
  matches(message: string): boolean;
  /** What TestMetricFilter shows of a message: the named fields, or the selectors of the pattern. */
  extract(message: string): Readonly<Record<string, string>>;
}

/**
 * CloudWatch Logs' filter patterns: terms, `[space, delimited, fields]` and `{ $.selectors = "of JSON" }`.
 * Throws InvalidParameterException.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compileFilterPattern(pattern: string): FilterPattern {
  const text = pattern.trim();
  if (text.startsWith('{')) return compileSelectors(inside(text, '{', '}'));
  if (text.startsWith('[')) return compileFields(inside(text, '[', ']'));
  return { matches: compileTerms(text), extract: () => ({}) };
}

function inside(text: string, open: string, close: string): string {
  if (text.length > 1 && text.endsWith(close)) return text.slice(1, -1);
  throw new AwsError(
    'InvalidParameterException',
    `If a filter pattern starts with '${open}' it must end with '${close}'`,
  );
}
