export const outcomes = ['allowed', 'implicitDeny', 'explicitDeny'] as const;
export type Outcome = (typeof outcomes)[number];

/** The kinds of policy that take part, as `because` and AWS's refusals tell them apart. */
const policyKinds = [
  'identity',
  'group',
  'resource',
  'permissionBoundary',
  'session',
  'serviceControl',
  'resourceControl',
  'endpoint',
] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** One fact that a decision rests on. Spelt as `yagura iam evaluate` prints it. */
export interface Reason {
  /** `principal` and `request` are reasons that no policy gives: the root user, an operation that root may not call. */
  readonly kind: PolicyKind | 'principal' | 'request';
  /** The policy's name; null where the reason is the absence of one. */
  readonly policy: string | null;
  /** The statement's Sid, else its index; null where the reason is the absence of one. */
  readonly statement: string | number | null;
  /** Null where no statement applied, or where it could not be told. */
  readonly effect: 'Allow' | 'Deny' | null;
  readonly why: string;
}

export interface Decision {
  readonly decision: Outcome;
  readonly because: readonly Reason[];
}
