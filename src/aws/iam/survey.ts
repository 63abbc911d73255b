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

type Lists = 'allows' | 'denies' | 'doubtfulDenies' | 'doubtfulAllows';
type Growing = { readonly kind: PolicyKind } & Record<Lists, Match[]>;
/** What most lists stay: few statements apply. */
const none: Match[] = [];

export function survey(kind: PolicyKind, policies: readonly NamedPolicy[], facts: Facts): Survey {
  const found: Growing = { kind, allows: none, denies: none, doubtfulDenies: none, doubtfulAllows: none };
  for (const { name, policy } of policies) {
    // A statement that cannot be evaluated as a whole covers everything.
    for (const statement of policy.about(facts.action)) look(found, name, statement, facts);
  }
  return found;
}

function look(found: Growing, policy: string, statement: Statement, facts: Facts): void {
  if (!statement.coversResource(facts.resource, facts.context)) return;
  const { kind } = found;
  const closeness = mayNamePrincipals(kind) ? principalMatch(statement, facts) : 'direct';
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
  if (statement.effect === 'Allow') {
    if (doubt === undefined) found.allows = grown(found.allows, match);
    else found.doubtfulAllows = grown(found.doubtfulAllows, match);
  } else if (doubt === undefined) found.denies = grown(found.denies, match);
  else found.doubtfulDenies = grown(found.doubtfulDenies, match);
}

function grown(list: Match[], match: Match): Match[] {
  if (list === none) return [match];
  list.push(match);
  return list;
}

function mayNamePrincipals(kind: PolicyKind): boolean {
  return kind === 'resource' || kind === 'resourceControl' || kind === 'endpoint';
}

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
  return principals && !mayNamePrincipals(kind) ? 'only a policy on a resource may name a principal' : undefined;
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
