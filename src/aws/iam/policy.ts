import type { Condition } from './conditions/condition.ts';
import type { Context } from './context.ts';
import type { Grantees } from './grantee.ts';

/** A policy document made ready for evaluation. Build it with `compile`; keep it as long as the document does not change. */
export interface Policy {
  readonly statements: readonly Statement[];
  /** Those that cover an action, given in lower case. Found once for each: a policy is asked about few of them again and again. */
  about(action: string): readonly Statement[];
  /** Every context key that conditions and variables read, as spelt, each once. */
  readonly keys: readonly string[];
}

export interface Statement {
  readonly index: number;
  readonly sid: string | undefined;
  /** Undefined where the document does not tell: it could be a Deny. */
  readonly effect: 'Allow' | 'Deny' | undefined;
  /** Why the statement as a whole cannot be evaluated. */
  readonly problem: string | undefined;
  readonly principals: { readonly negated: boolean; readonly grantees: Grantees } | undefined;
  /** Takes the action in lower case. */
  coversAction(action: string): boolean;
  coversResource(resource: string, context: Context): boolean;
  /** Only the policy of a resource may leave it out: it means that resource. */
  readonly namesResource: boolean;
  readonly conditions: readonly Condition[];
}
