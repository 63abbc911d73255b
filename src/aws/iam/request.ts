import type { Policy } from './policy.ts';
import type { Principal } from './principal.ts';

export type ContextScalar = string | number | boolean;
/** Keys in any case; an empty list is the same as an absent key. */
export type RequestContext = Readonly<Record<string, ContextScalar | readonly ContextScalar[]>>;

/** A key's values by its name in lower case: for who would have to make many keys of which policies ask for few. */
export type KeyLookup = (key: string) => readonly string[] | undefined;

export interface NamedPolicy {
  readonly name: string;
  /** What `compile` made of the document; the caller keeps it as long as the document. */
  readonly policy: Policy;
}

/**
 * One action of one principal on one resource, with every policy that takes part.
 * An absent list means that this kind does not apply; a list that is there and empty allows nothing.
 */
export interface EvaluationRequest {
  readonly principal: Principal;
  /** `s3:GetObject`, in any case. */
  readonly action: string;
  /** An ARN, or `*` for an action without resources. */
  readonly resource: string;
  /** Default: the ARN's account, then `aws:ResourceAccount`, then the principal's own. */
  readonly resourceAccount?: string;
  /** Keys that follow from the principal and the resource (`aws:PrincipalArn` ...) need not be given; what is given wins. */
  readonly context?: RequestContext | KeyLookup;
  readonly identityPolicies?: readonly NamedPolicy[] | undefined;
  readonly groupPolicies?: readonly NamedPolicy[] | undefined;
  /** Bucket, topic, key, trust policy: what hangs on the resource. */
  readonly resourcePolicies?: readonly NamedPolicy[] | undefined;
  readonly permissionBoundaries?: readonly NamedPolicy[] | undefined;
  readonly sessionPolicies?: readonly NamedPolicy[] | undefined;
  /** Levels from the organisation's root down to the principal's account. */
  readonly serviceControlPolicies?: readonly (readonly NamedPolicy[])[];
  /** Levels from the organisation's root down to the resource's account. */
  readonly resourceControlPolicies?: readonly (readonly NamedPolicy[])[];
  readonly endpointPolicies?: readonly NamedPolicy[];
}
