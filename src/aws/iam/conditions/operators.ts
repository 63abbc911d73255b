import { arnOperators } from './arn.ts';
import { binaryOperators } from './binary.ts';
import { boolOperators } from './bool.ts';
import { dateOperators } from './date.ts';
import { ipOperators } from './ip.ts';
import { numericOperators } from './numeric.ts';
import type { Operator } from './operator.ts';
import { stringOperators } from './string.ts';

/** `Null` is not among them: it compares nothing. */
export const operators = {
  ...stringOperators,
  ...numericOperators,
  ...dateOperators,
  ...boolOperators,
  ...binaryOperators,
  ...ipOperators,
  ...arnOperators,
} satisfies Record<string, Operator>;

const byFoldedName = new Map<string, Operator>(
  Object.entries(operators).map(([name, operator]) => [name.toLowerCase(), operator]),
);

export interface OperatorUse {
  readonly operator: Operator | 'Null';
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
}

/** The operator that a policy's condition names, with what surrounds the name; undefined where there is no such operator. */
export function operatorNamed(name: string): OperatorUse | undefined {
  const found = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/i.exec(name);
  if (!found) return undefined;
  const [, prefix, base, suffix] = found;
  const set = prefix && (prefix.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue');
  const ifExists = suffix !== undefined;
  // Null asks whether a key is there, so neither a set nor IfExists can go with it.
  if (base!.toLowerCase() === 'null')
    return set || ifExists ? undefined : { operator: 'Null', set: undefined, ifExists };
  const operator = byFoldedName.get(base!.toLowerCase());
  return operator && { operator, set: set || undefined, ifExists };
}
