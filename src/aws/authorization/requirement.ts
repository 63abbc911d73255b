/** AWS's classification of an action. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html */
export type AccessLevel = 'Read' | 'List' | 'Write' | 'Permissions management' | 'Tagging';

/** Condition keys and their values, as a policy's `Condition` sees them. */
export type ConditionKeys = Readonly<Record<string, string | readonly string[]>>;

/** What the input alone does not say. */
export interface AuthorizationFacts {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** ARN of the caller: operations that default to "the caller's own user" mean it. */
  readonly callerArn?: string | undefined;
  /**
   * The ARN of what `value` names, from state. `name` is `<service>:<kind>`, such as `iam:user` (names carry no path)
   * or `ec2:instance-profile-role`. A name that nothing has still gets the ARN that AWS would evaluate;
   * undefined means: cannot say, and the requirement is undecided, unless `value` is an ARN, which then stands.
   */
  resolve?(name: string, value: unknown): string | readonly string[] | undefined;
}

/**
 * One thing that must be allowed before a call is handled. All requirements must be allowed, on each of their resources.
 * `['*']` is said only where AWS evaluates `*`; what is not known is `undecided`, which nobody may read as allowed.
 */
export type Requirement =
  | {
      readonly kind: 'decided';
      readonly action: string;
      readonly level: AccessLevel;
      readonly resources: readonly string[];
      /** The service's own keys and the request's tags; the global keys come from `contextOf`. */
      readonly keys: ConditionKeys;
    }
  | {
      readonly kind: 'undecided';
      readonly action: string;
      /** `input`: a member lacks, which validation may say better; `state`: a resolver has no answer; `table`: not built. */
      readonly cause: 'input' | 'state' | 'table';
      readonly why: string;
    };

/** The authorization table of one service, compiled. `loadAuthorization` makes one. */
export interface Authorization {
  /** The signing name: `sns`, `logs`, `events`. */
  readonly service: string;
  /** Empty: AWS asks for no permission (`sts:GetCallerIdentity`). */
  requirementsOf(
    operation: string,
    input: Readonly<Record<string, unknown>>,
    facts: AuthorizationFacts,
  ): readonly Requirement[];
  /** Actions, resources and condition keys of an operation without a mapping; must be empty for a built operation. */
  unmapped(operation: string): readonly string[];
  /** What an operation can ask of state: resolvers of `facts.resolve`, and condition keys of the range's `Service.keys`. */
  asksOf(operation: string): { readonly resolvers: readonly string[]; readonly keys: readonly string[] };
  /** The resolver names that any operation of this service can ask for. */
  readonly resolvers: readonly string[];
}
