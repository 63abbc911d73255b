import type { Context } from '../context.ts';
import type { Holds } from '../holds.ts';

/** The values of one key of a policy's condition, ready to be compared with a value of the request. */
export interface Test {
  /** Whether the request's value matches any of the policy's. */
  matches(value: string, context: Context): Holds;
  /** The keys that policy variables in the values read. */
  readonly keys: readonly string[];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export interface Operator {
  /** `...Not...`: holds when nothing matches, so also when the key is absent. */
  readonly negated: boolean;
  /** Values arrive as text, whatever JSON type they had. `variables`: the document's version has them. */
  compile(values: readonly string[], variables: boolean): Test;
}

/** An operator and its negation. */
export function pair<Name extends string, Negation extends string>(
  name: Name,
  negation: Negation,
  compile: Operator['compile'],
): Record<Name | Negation, Operator> {
  const both = { [name]: { negated: false, compile }, [negation]: { negated: true, compile } };
  // The two computed names are exactly the keys.
  return both as Record<Name | Negation, Operator>;
}
