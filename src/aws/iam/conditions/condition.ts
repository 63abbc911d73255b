import type { Context } from '../context.ts';
import { every, type Holds, not, some, unknown } from '../holds.ts';
import type { Operator } from './operator.ts';
import { type OperatorUse, operatorNamed } from './operators.ts';

/** One key under one operator. All conditions of a statement must hold. */
export interface Condition {
  holds(context: Context): Holds;
  /** The context keys that it reads, as they are spelt. */
  readonly keys: readonly string[];
}

/** Never throws: a part that cannot be understood is a condition that cannot be evaluated. */
export function conditionsOf(block: unknown, variables: boolean): Condition[] {
  if (!isObject(block)) return [undecided(`Condition is ${JSON.stringify(block)}, not an object`)];
  return Object.entries(block).flatMap(([name, keys]) => {
    const use = operatorNamed(name);
    if (!use) return [undecided(`"${name}" is not a condition operator`)];
    if (!isObject(keys)) return [undecided(`the condition ${name} is not an object of keys`)];
    return Object.entries(keys).map(([key, value]) => conditionOf(use, name, key, value, variables));
  });
}

function conditionOf(use: OperatorUse, name: string, key: string, value: unknown, variables: boolean): Condition {
  const values = valuesOf(value);
  if (!values) return undecided(`the values of ${key} under ${name} are not strings, numbers or booleans`);
  if (use.operator === 'Null') return presence(name, key, values);
  const test = use.operator.compile(values, variables);
  const judge = judgeOf(use, use.operator);
  const folded = key.toLowerCase();
  return {
    keys: [key, ...test.keys],
    holds(context) {
      const holds = judge(context.values(folded), (text) => test.matches(text, context));
      return typeof holds === 'boolean' ? holds : unknown(`${name} ${key}: ${holds.unknown}`);
    },
  };
}

type Judge = (given: readonly string[] | undefined, matches: (value: string) => Holds) => Holds;

/**
 * What absent keys and several values mean.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function judgeOf({ set, ifExists }: OperatorUse, { negated }: Operator): Judge {
  const each = (matches: (value: string) => Holds) => (value: string) =>
    negated ? not(matches(value)) : matches(value);
  switch (set) {
    case 'ForAllValues':
      return (given, matches) => every(something(given), each(matches));
    case 'ForAnyValue':
      return (given, matches) => (given === undefined && ifExists) || some(something(given), each(matches));
    default:
      // Without a set operator several values are compared as one: any of them matches, and a negation means that none does.
      return (given, matches) => {
        if (given === undefined) return negated || ifExists;
        return negated ? not(some(given, matches)) : some(given, matches);
      };
  }
}

/** To `Null` and the set operators a key that is absent or «resolves to a null dataset, such as an empty string» has no values. */
function something(given: readonly string[] | undefined): readonly string[] {
  return given?.some((value) => value !== '') ? given : [];
}

function presence(name: string, key: string, values: readonly string[]): Condition {
  const wrong = values.find((value) => !/^(true|false)$/i.test(value));
  if (wrong !== undefined) return undecided(`${name} ${key}: the policy's value "${wrong}" is not true or false`);
  const absent = values.map((value) => value.toLowerCase() === 'true');
  const folded = key.toLowerCase();
  return { keys: [key], holds: (context) => absent.includes(something(context.values(folded)).length === 0) };
}

function undecided(why: string): Condition {
  return { keys: [], holds: () => unknown(why) };
}

function valuesOf(value: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter(
    (each) => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean',
  );
  return texts.length === list.length ? texts.map(String) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
