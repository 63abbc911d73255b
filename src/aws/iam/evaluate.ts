import { accountInArn } from '../arn.ts';
import { contextOf, givenKeys } from './context.ts';
import type { Decision, PolicyKind, Reason } from './decision.ts';
import type { Closeness } from './grantee.ts';
import type { Principal } from './principal.ts';
import { noneAllows, ofRequest, reasonOf, rootMay } from './reasons.ts';
import type { EvaluationRequest, KeyLookup, NamedPolicy } from './request.ts';
import {
  isServiceLinked,
  needsNoPermission,
  needsResourcePolicy,
  neverMay,
  overridesResourceDeny,
} from './requirements.ts';
import { type Facts, type Match, type Survey, survey } from './survey.ts';

/**
 * An explicit Deny in any policy wins. Then every kind that applies must allow, and the principal's own
 * permissions and the resource's policy together, in the way of one account or of two.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluate(request: EvaluationRequest): Decision {
  const judgement = judge(request);
  return { decision: judgement.decision, because: judgement.because() };
}

export interface Judgement {
  readonly decision: Decision['decision'];
  readonly surveys: readonly Survey[];
  because(): Reason[];
}

/** The decision with all that was found, for those who show more of it than its reasons. */
export function judge(request: EvaluationRequest): Judgement {
  const { principal } = request;
  const given = givenKeys(request.context);
  const resourceAccount = resourceAccountOf(request, given);
  const action = request.action.toLowerCase();
  const context = contextOf(given, principal, resourceAccount);
  const hasBoundary = request.permissionBoundaries !== undefined;
  const roleArn = roleArnOf(principal, given);
  const facts: Facts = { principal, action, resource: request.resource, context, roleArn, hasBoundary };
  const found = surveyAll(request, facts);
  const surveys = found.all;

  const free = needsNoPermission(principal, action);
  if (free !== undefined) return { decision: 'allowed', surveys, because: () => [ofRequest(free, 'Allow')] };
  const counting = overridesResourceDeny(principal, action, resourceAccount)
    ? surveys.filter(({ kind }) => kind !== 'resource')
    : surveys;
  const told = (matches: readonly Match[]) => matches.map((each) => reasonOf(each, request));
  const denies = gathered(counting, 'denies');
  const doubts = gathered(counting, 'doubtfulDenies');
  const notes = [...doubts, ...gathered(surveys, 'doubtfulAllows')];
  if (denies.length > 0) return { decision: 'explicitDeny', surveys, because: () => told([...denies, ...notes]) };
  const { missing, rests } = rule(request, found, { action, resourceAccount });
  if (missing.length > 0 || doubts.length > 0) {
    return { decision: 'implicitDeny', surveys, because: () => [...missing, ...told(notes)] };
  }
  const because = () => [...rests.map((each) => ('why' in each ? each : reasonOf(each, request))), ...told(notes)];
  return { decision: 'allowed', surveys, because };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount */
function resourceAccountOf({ resourceAccount, resource, principal }: EvaluationRequest, given: KeyLookup): string {
  if (resourceAccount !== undefined) return resourceAccount;
  const inArn = accountInArn(resource);
  if (inArn !== '') return inArn;
  return given('aws:resourceaccount')?.[0] ?? ('account' in principal ? principal.account : '');
}

/** Of a session: as the principal tells it, else as `aws:PrincipalArn` was given; its own ARN leaves out the path. */
function roleArnOf(principal: Principal, given: KeyLookup): string | undefined {
  if (principal.kind !== 'assumed-role') return undefined;
  if (principal.roleArn !== undefined) return principal.roleArn;
  const arn = given('aws:principalarn')?.[0];
  return arn !== undefined && /^arn:[^:]*:iam::\d*:role\//.test(arn) ? arn : undefined;
}

function gathered(surveys: readonly Survey[], which: 'denies' | 'doubtfulDenies' | 'doubtfulAllows'): readonly Match[] {
  let matches: readonly Match[] = nothing;
  for (const each of surveys) if (each[which].length > 0) matches = [...matches, ...each[which]];
  return matches;
}

const nothing: readonly Match[] = [];

interface Found {
  readonly own: readonly Survey[];
  readonly resource: Survey | undefined;
  readonly boundary: Survey | undefined;
  readonly session: Survey | undefined;
  /** Each of these must allow by itself: levels of the organisation, the endpoint. */
  readonly gates: readonly Survey[];
  readonly all: readonly Survey[];
}

function surveyAll(request: EvaluationRequest, facts: Facts): Found {
  const look = (kind: PolicyKind, policies: readonly NamedPolicy[] | undefined) =>
    policies === undefined ? [] : [survey(kind, policies, facts)];
  const { principal } = request;
  const isMember = 'account' in principal;
  const hasOrganisation = request.serviceControlPolicies !== undefined || request.resourceControlPolicies !== undefined;
  const isLinked = hasOrganisation && isServiceLinked(principal, facts.roleArn);
  const levels = (kind: PolicyKind, lists: readonly (readonly NamedPolicy[])[] | undefined, bound: boolean) =>
    bound && lists ? lists.map((list) => survey(kind, list, facts)) : [];
  const own = [...look('identity', request.identityPolicies), ...look('group', request.groupPolicies)];
  const resource = look('resource', request.resourcePolicies);
  const boundary = look('permissionBoundary', request.permissionBoundaries);
  const session = look('session', request.sessionPolicies);
  const gates = [
    ...levels('serviceControl', request.serviceControlPolicies, isMember && !isLinked),
    ...levels('resourceControl', request.resourceControlPolicies, !isLinked),
    ...look('endpoint', request.endpointPolicies),
  ];
  return {
    own,
    resource: resource[0],
    boundary: boundary[0],
    session: session[0],
    gates,
    all: [...own, ...resource, ...boundary, ...session, ...gates],
  };
}

interface Ruling {
  /** Why it is not allowed; empty when it is. */
  readonly missing: readonly Reason[];
  /** What the permission rests on. */
  readonly rests: readonly (Match | Reason)[];
}

function rule(
  request: EvaluationRequest,
  found: Found,
  { action, resourceAccount }: { readonly action: string; readonly resourceAccount: string },
): Ruling {
  const missing: Reason[] = [];
  const rests: (Match | Reason)[] = [];
  const never = neverMay(request.principal, action);
  if (never !== undefined) missing.push(ofRequest(never, null));
  for (const gate of found.gates) {
    const allow = gate.allows[0];
    if (allow) rests.push(allow);
    else missing.push(noneAllows(gate.kind, request));
  }
  const granted = grant(request, found, { action, resourceAccount });
  return { missing: [...missing, ...granted.missing], rests: [...granted.rests, ...rests] };
}

/** The principal's own permissions and the resource's policy. */
function grant(
  request: EvaluationRequest,
  found: Found,
  { action, resourceAccount }: { readonly action: string; readonly resourceAccount: string },
): Ruling {
  const { principal } = request;
  const given = closest(found.resource);
  const lacking = (kind: PolicyKind) => noneAllows(kind, request);
  if (!('account' in principal)) {
    return given ? { missing: [], rests: [given] } : { missing: [lacking('resource')], rests: [] };
  }
  const limits = limitsOf(request, found);
  const own = ownPermission(principal, found, lacking);
  const both: Ruling = { missing: [...own.missing, ...limits.missing], rests: [...own.rests, ...limits.rests] };
  const consent: Ruling = given ? { missing: [], rests: [given] } : { missing: [lacking('resource')], rests: [] };
  if (principal.account !== resourceAccount) return joined(both, consent);
  if (given?.closeness === 'direct') return consent;
  if (given?.closeness === 'role')
    return joined(consent, limits).missing.length === 0 ? joined(consent, limits) : limits;
  return needsResourcePolicy(action, request.resource) ? joined(consent, both) : both;
}

function joined(one: Ruling, other: Ruling): Ruling {
  return { missing: [...one.missing, ...other.missing], rests: [...one.rests, ...other.rests] };
}

/** The root user has every permission that nothing takes away. */
function ownPermission(principal: Principal, found: Found, lacking: (kind: PolicyKind) => Reason): Ruling {
  if (principal.kind === 'root') return { missing: [], rests: [rootMay] };
  for (const each of found.own) if (each.allows[0]) return { missing: [], rests: [each.allows[0]] };
  return { missing: [lacking('identity')], rests: [] };
}

/** Boundary and session policy: each, where it applies, must allow too. */
function limitsOf(request: EvaluationRequest, found: Found): Ruling {
  const missing: Reason[] = [];
  const rests: Match[] = [];
  for (const limit of [found.boundary, found.session]) {
    if (!limit) continue;
    if (limit.allows[0]) rests.push(limit.allows[0]);
    else missing.push(noneAllows(limit.kind, request));
  }
  return { missing, rests };
}

const order: Readonly<Record<Closeness, number>> = { none: 0, account: 1, role: 2, direct: 3 };

/** The Allow of the resource's policy that names the caller most closely: fewest other policies limit it. */
function closest(resource: Survey | undefined): Match | undefined {
  let best: Match | undefined;
  for (const match of resource?.allows ?? []) {
    if (!best || order[match.closeness] > order[best.closeness]) best = match;
  }
  return best;
}
