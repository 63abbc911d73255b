import { compilePattern, type Pattern } from '../../../aws/events/pattern.ts';
import { RuleSet } from '../../../aws/events/rule-set.ts';
import type { ReadScope } from '../../operation.ts';
import { type Rule, rules } from './tables.ts';

/** The rules of a bus that wait for events, in the order of their names. Made anew only when one of them has changed. */
export function rulesOf(scope: ReadScope, bus: string): RuleSet<Rule> {
  const rows = [...rules.list(scope, { prefix: `${bus}/` })].map(([, rule]) => rule);
  const [first] = rows;
  if (first === undefined) return noRules;
  const known = made.get(first);
  if (known !== undefined && isSame(known.rows, rows)) return known.set;
  const set = new RuleSet<Rule>();
  for (const rule of rows) {
    if (rule.pattern !== undefined && rule.state !== 'DISABLED') set.add(rule, compiled(rule, rule.pattern));
  }
  made.set(first, { rows, set });
  return set;
}

// A row is an object until somebody puts another in its place.

/** By the first rule of the bus. */
const made = new WeakMap<Rule, { readonly rows: readonly Rule[]; readonly set: RuleSet<Rule> }>();
const patterns = new WeakMap<Rule, Pattern>();
const noRules = new RuleSet<Rule>();

function isSame(before: readonly Rule[], now: readonly Rule[]): boolean {
  return before.length === now.length && before.every((rule, index) => rule === now[index]);
}

function compiled(rule: Rule, text: string): Pattern {
  const known = patterns.get(rule) ?? compilePattern(text);
  patterns.set(rule, known);
  return known;
}
