import type { Operator } from './operator.ts';
import { typed } from './typed.ts';

export const boolOperators = {
  Bool: { negated: false, compile: typed('true or false', readBool, readBool, (given, asked) => given === asked) },
} satisfies Record<string, Operator>;

function readBool(text: string): boolean | undefined {
  const folded = text.toLowerCase();
  return folded === 'true' ? true : folded === 'false' ? false : undefined;
}
