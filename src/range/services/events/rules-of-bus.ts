import { compilePattern } from '../../../aws/events/pattern.ts';
import { RuleSet } from '../../../aws/events/rule-set.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope } from '../../operation.ts';
import { ruleSetsMax } from './limits.ts';
import { type Rule, rules } from './tables.ts';

/** The rules of a bus that wait for such an event, in the order of their names. */
export function rulesMatching(scope: ReadScope, bus: string, event: JsonObject): readonly Rule[] {
  const waiting: Rule[] = [];
  const patterns: string[] = [];
  for (const [, rule] of rules.list(scope, { prefix: `${bus}/` })) {
    if (rule.pattern === undefined || rule.state === 'DISABLED') continue;
    waiting.push(rule);
    patterns.push(rule.pattern);
  }
  return setOf(patterns)
    .match(event)
    .map((at) => waiting[at]!);
}

const sets = new Map<string, RuleSet<number>>();

/**
 * Compiled patterns, told apart by their place in the list. Kept by their texts, since the rows of a long list are read
 * anew for each event: a rule that was changed has another text, so nothing here can outlive it.
 */
export function setOf(patterns: readonly string[]): RuleSet<number> {
  // A pattern is one JSON object, which says itself where it ends.
  const text = patterns.join('\n');
  const known = sets.get(text);
  if (known !== undefined) return known;
  const set = new RuleSet<number>();
  for (const [at, pattern] of patterns.entries()) set.add(at, compilePattern(pattern));
  if (sets.size >= ruleSetsMax) sets.clear();
  sets.set(text, set);
  return set;
}
