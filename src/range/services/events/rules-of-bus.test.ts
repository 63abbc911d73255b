import { expect, it } from 'vitest';
import type { ReadScope } from '../../operation.ts';
import { ruleSetsMax } from './limits.ts';
import { rulesMatching, setOf } from './rules-of-bus.ts';
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

const matched = (scope: ReadScope) => rulesMatching(scope, 'b', event).map(({ name }) => name);

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

it('sees each change of a rule: the rows that are told are those of now', () => {
  const [first, second] = [rule('a'), rule('b')];
  expect(rulesMatching(holding(first, second), 'b', event)).toEqual([first, second]);
  const named = { ...second, description: 'of now' };
  expect(rulesMatching(holding(first, named), 'b', event)[1]).toBe(named);
  expect(matched(holding(first, { ...second, pattern: JSON.stringify({ source: ['post'] }) }))).toEqual(['a']);
  expect(matched(holding({ ...first, state: 'DISABLED' }, second))).toEqual(['b']);
  expect(matched(holding(first))).toEqual(['a']);
  expect(matched(holding(first, second, rule('c')))).toEqual(['a', 'b', 'c']);
});

it('compiles patterns once, whoever has them, and goes on when it keeps no more', () => {
  const pattern = (source: string | number) => JSON.stringify({ source: [String(source)] });
  const set = setOf([pattern('x'), pattern('y')]);
  expect(setOf([pattern('x'), pattern('y')])).toBe(set);
  expect(setOf([pattern('y'), pattern('x')])).not.toBe(set);
  for (let at = 0; at < ruleSetsMax; at++) setOf([pattern(at)]);
  const again = setOf([pattern('x'), pattern('y')]);
  expect(again).not.toBe(set);
  expect(again.match({ source: 'y' })).toEqual([1]);
});
