import type { Context } from './context.ts';
import type { PolicyKind } from './decision.ts';
import { type Closeness, closenessOf, spares } from './grantee.ts';
import { every, type Holds, unknown } from './holds.ts';
import type { Statement } from './policy.ts';
import type { Principal } from './principal.ts';
import type { NamedPolicy } from './request.ts';

/** The request as statements are compared with it. */
export interface Facts {
  readonly principal: Principal;
  /** In lower case. */
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  /** The ARN of the session's role, path and all, where it is known. */
  readonly roleArn: string | undefined;
  readonly hasBoundary: boolean;
}

/** A statement that applies, or of which it could not be told. */
export interface Match {
  readonly kind: PolicyKind;
  readonly policy: string;
  readonly statement: Statement;
  /** For policies with principals: how closely the caller is named. */
  readonly closeness: Closeness;
  /** Why it could not be told; undefined where it applies. */
  readonly doubt: string | undefined;
}

/** What all policies of one kind (of one level) say about the request. */
export interface Survey {
  readonly kind: PolicyKind;
  readonly allows: readonly Match[];
  readonly denies: readonly Match[];
  /** Statements that could not be evaluated and do not allow: each could be a Deny. */
  readonly doubtfulDenies: readonly Match[];
  readonly doubtfulAllows: readonly Match[];
}

type Open<T> = { -readonly [K in keyof T]: T[K] };
const none: readonly Match[] = [];

export function survey(kind: PolicyKind, policies: readonly NamedPolicy[], facts: Facts): Survey {
  const found: Open<Survey> = { kind, allows: none, denies: none, doubtfulDenies: none, doubtfulAllows: none };
  for (const { name, policy } of policies) {
    for (const statement of policy.statements) look(found, name, statement, facts);
  }
  return found;
}

function look(found: Open<Survey>, policy: string, statement: Statement, facts: Facts): void {
  if (!covers(statement, facts)) return;
  const { kind } = found;
  const closeness = kindsWithPrincipals.has(kind) ? principalMatch(statement, facts) : 'direct';
  const holds = applies(kind, statement, facts, closeness);
  if (holds === false) return;
  const doubt = holds === true ? undefined : holds.unknown;
  const match: Match = {
    kind,
    policy,
    statement,
    closeness: typeof closeness === 'string' ? closeness : 'none',
    doubt,
  };
  const isAllow = statement.effect === 'Allow';
  const list = doubt === undefined ? (isAllow ? 'allows' : 'denies') : isAllow ? 'doubtfulAllows' : 'doubtfulDenies';
  // Few statements apply: most of the lists stay the empty one.
  found[list] = [...found[list], match];
}

/** A statement that cannot be evaluated as a whole covers everything. */
function covers(statement: Statement, { action, resource, context }: Facts): boolean {
  return statement.coversAction(action) && statement.coversResource(resource, context);
}

const kindsWithPrincipals: ReadonlySet<PolicyKind> = new Set(['resource', 'resourceControl', 'endpoint']);

function applies(kind: PolicyKind, statement: Statement, facts: Facts, closeness: Closeness | Holds): Holds {
  if (statement.problem !== undefined) return unknown(statement.problem);
  if (closeness === 'none' || closeness === false) return false;
  const conditions = every(statement.conditions, (condition) => condition.holds(facts.context));
  if (conditions === false) return false;
  const wrong = wrongFor(kind, statement);
  if (wrong !== undefined) return unknown(wrong);
  return typeof closeness === 'object' ? closeness : conditions;
}

/** What AWS would have refused in a policy of this kind. */
function wrongFor(kind: PolicyKind, { principals, namesResource }: Statement): string | undefined {
  if (kind === 'resource') return principals ? undefined : 'a policy on a resource must name a principal';
  if (!namesResource) return 'it has neither Resource nor NotResource';
  return principals && !kindsWithPrincipals.has(kind) ? 'only a policy on a resource may name a principal' : undefined;
}

/** Organisations and endpoints let Principal be left out for everyone. */
function principalMatch({ principals, effect }: Statement, facts: Facts): Closeness | Holds {
  if (!principals) return 'direct';
  const { grantees, negated } = principals;
  const close = closenessOf(grantees, facts.principal, facts.roleArn);
  const undecided = grantees.undecided[0];
  if (!negated)
    return close === 'none' && undecided !== undefined ? couldBe(facts.principal, undecided, 'none') : close;
  if (effect === 'Allow') {
    if (close !== 'none') return 'none';
    return undecided === undefined ? 'direct' : couldBe(facts.principal, undecided, 'direct');
  }
  // «The NotPrincipal element with a Deny effect will always deny any IAM principal that has a permissions boundary.»
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (facts.hasBoundary) return 'direct';
  return spares(grantees, facts.principal, facts.roleArn) ? 'none' : 'direct';
}

/** Entries under AWS and CanonicalUser never mean services, providers or anonymous callers. */
function couldBe(principal: Principal, undecided: string, otherwise: Closeness): Closeness | Holds {
  return 'account' in principal ? unknown(undecided) : otherwise;
}
