import { expect, it } from 'vitest';
import type { ReadScope } from '../../operation.ts';
import { rulesOf } from './rules-of-bus.ts';
import type { Rule } from './tables.ts';

const event = { source: 'shop', detail: { total: 7 } };

function rule(name: string, more: Partial<Rule> = {}): Rule {
  const pattern = JSON.stringify({ source: ['shop'] });
  return {
    name,
    arn: name,
    bus: 'b',
    pattern,
    state: 'ENABLED',
    createdAt: 0,
    targets: [],
    tags: {},
    armed: 0,
    ...more,
  };
}

/** A store that holds these rules. */
function holding(...rows: readonly Rule[]): ReadScope {
  const range = () => rows.map((row) => [`//events/rule/b/${row.name}`, row]);
  return { account: '', region: '', tx: { range } as never };
}

const matched = (scope: ReadScope) =>
  rulesOf(scope, 'b')
    .match(event)
    .map(({ name }) => name);

it('matches what each rule matches alone, in the order of the rules', () => {
  const dear = rule('c', { pattern: JSON.stringify({ detail: { total: [{ numeric: ['>', 5] }] } }) });
  const cheap = rule('d', { pattern: JSON.stringify({ detail: { total: [{ numeric: ['<', 5] }] } }) });
  expect(matched(holding(rule('a'), cheap, dear))).toEqual(['a', 'c']);
});

it('leaves out rules that are disabled or wait for a time', () => {
  const { pattern: _, ...timed } = rule('b', { schedule: 'rate(1 hour)' });
  expect(matched(holding(rule('a', { state: 'DISABLED' }), timed, rule('c')))).toEqual(['c']);
});

it('matches nothing on a bus without rules', () => {
  expect(matched(holding())).toEqual([]);
});

it('is made anew only when a rule has changed, come or gone', () => {
  const [first, second] = [rule('a'), rule('b')];
  const set = rulesOf(holding(first, second), 'b');
  expect(rulesOf(holding(first, second), 'b')).toBe(set);
  expect(matched(holding(first, { ...second, pattern: JSON.stringify({ source: ['post'] }) }))).toEqual(['a']);
  expect(matched(holding(first))).toEqual(['a']);
  expect(matched(holding(first, second, rule('c')))).toEqual(['a', 'b', 'c']);
});
