import { type Operator, pair } from './operator.ts';
import { typed } from './typed.ts';

type Compare = (given: number, asked: number) => boolean;

export const numericOperators = {
  ...pair(
    'NumericEquals',
    'NumericNotEquals',
    numbers((given, asked) => given === asked),
  ),
  NumericLessThan: { negated: false, compile: numbers((given, asked) => given < asked) },
  NumericLessThanEquals: { negated: false, compile: numbers((given, asked) => given <= asked) },
  NumericGreaterThan: { negated: false, compile: numbers((given, asked) => given > asked) },
  NumericGreaterThanEquals: { negated: false, compile: numbers((given, asked) => given >= asked) },
} satisfies Record<string, Operator>;

function numbers(compare: Compare): Operator['compile'] {
  return typed('a number', readNumber, readNumber, compare);
}

function readNumber(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}
