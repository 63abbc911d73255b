import { accountInArn } from '../arn.ts';
import { contextOf, givenKeys } from './context.ts';
import type { Decision, PolicyKind, Reason } from './decision.ts';
import type { Closeness } from './grantee.ts';
import type { Principal } from './principal.ts';
import { type Asked, noneAllows, ofRequest, reasonOf, rootMay } from './reasons.ts';
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
  const { decision, grounds } = judge(request);
  return { decision, because: reasonsOf(grounds, request) };
}

/** What a decision rests on: its reasons are put into words when somebody asks, and mostly nobody does. */
export type Ground = Match | Reason;

export interface Judgement {
  readonly decision: Decision['decision'];
  readonly surveys: readonly Survey[];
  readonly grounds: readonly Ground[];
}

export function reasonsOf(grounds: readonly Ground[], asked: Asked): Reason[] {
  return grounds.map((ground) => ('why' in ground ? ground : reasonOf(ground, asked)));
}

/** The decision with all that was found, for those who show more of it than its reasons. */
export function judge(request: EvaluationRequest): Judgement {
  const { principal, resource } = request;
  const given = givenKeys(request.context);
  const resourceAccount = resourceAccountOf(request, given);
  const action = request.action.toLowerCase();
  const context = contextOf(given, principal, resourceAccount);
  const hasBoundary = request.permissionBoundaries !== undefined;
  const roleArn = roleArnOf(principal, given);
  const found = surveyAll(request, { principal, action, resource, context, roleArn, hasBoundary });
  const surveys = found.all;

  const free = needsNoPermission(principal, action);
  if (free !== undefined) return { decision: 'allowed', surveys, grounds: [ofRequest(free, 'Allow')] };
  const counting = overridesResourceDeny(principal, action, resourceAccount)
    ? surveys.filter(({ kind }) => kind !== 'resource')
    : surveys;
  const denies = gathered(counting, 'denies');
  const doubts = gathered(counting, 'doubtfulDenies');
  const notes = appended(doubts, gathered(surveys, 'doubtfulAllows'));
  if (denies.length > 0) return { decision: 'explicitDeny', surveys, grounds: appended(denies, notes) };
  const { missing, rests } = rule(request, found, { action, resourceAccount });
  if (missing.length > 0 || doubts.length > 0) {
    return { decision: 'implicitDeny', surveys, grounds: appended<Ground>(missing, notes) };
  }
  return { decision: 'allowed', surveys, grounds: appended(rests, notes) };
}

/** Mostly there is nothing to append, and no list is made. */
function appended<T>(list: readonly T[], more: readonly T[]): readonly T[] {
  return more.length === 0 ? list : [...list, ...more];
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
  /** Of the principal itself and of its groups. */
  readonly identity: Survey | undefined;
  readonly group: Survey | undefined;
  readonly resource: Survey | undefined;
  readonly boundary: Survey | undefined;
  readonly session: Survey | undefined;
  /** Each of these must allow by itself: levels of the organisation, the endpoint. */
  readonly gates: readonly Survey[];
  readonly all: readonly Survey[];
}

function surveyAll(request: EvaluationRequest, facts: Facts): Found {
  const all: Survey[] = [];
  const look = (kind: PolicyKind, policies: readonly NamedPolicy[] | undefined) => {
    if (policies === undefined) return undefined;
    const found = survey(kind, policies, facts);
    all.push(found);
    return found;
  };
  const identity = look('identity', request.identityPolicies);
  const group = look('group', request.groupPolicies);
  const resource = look('resource', request.resourcePolicies);
  const boundary = look('permissionBoundary', request.permissionBoundaries);
  const session = look('session', request.sessionPolicies);
  const gates = gatesOf(request, facts);
  for (const gate of gates) all.push(gate);
  return { identity, group, resource, boundary, session, gates, all };
}

function gatesOf(request: EvaluationRequest, facts: Facts): readonly Survey[] {
  const { principal, serviceControlPolicies, resourceControlPolicies, endpointPolicies } = request;
  const hasOrganisation = serviceControlPolicies !== undefined || resourceControlPolicies !== undefined;
  if (!hasOrganisation && endpointPolicies === undefined) return none;
  const isLinked = hasOrganisation && isServiceLinked(principal, facts.roleArn);
  const levels = (kind: PolicyKind, lists: readonly (readonly NamedPolicy[])[] | undefined, bound: boolean) =>
    bound && lists ? lists.map((list) => survey(kind, list, facts)) : [];
  return [
    ...levels('serviceControl', serviceControlPolicies, 'account' in principal && !isLinked),
    ...levels('resourceControl', resourceControlPolicies, !isLinked),
    ...(endpointPolicies === undefined ? [] : [survey('endpoint', endpointPolicies, facts)]),
  ];
}

const none: readonly Survey[] = [];

interface Ruling {
  /** Why it is not allowed; empty when it is. */
  readonly missing: readonly Reason[];
  /** What the permission rests on. */
  readonly rests: readonly Ground[];
}

function rule(
  request: EvaluationRequest,
  found: Found,
  { action, resourceAccount }: { readonly action: string; readonly resourceAccount: string },
): Ruling {
  const granted = grant(request, found, { action, resourceAccount });
  const never = neverMay(request.principal, action);
  if (never === undefined && found.gates.length === 0) return granted;
  const missing: Reason[] = [];
  const rests: Ground[] = [];
  if (never !== undefined) missing.push(ofRequest(never, null));
  for (const gate of found.gates) {
    const allow = gate.allows[0];
    if (allow) rests.push(allow);
    else missing.push(noneAllows(gate.kind, request));
  }
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
  const consent = () => (given ? restingOn(given) : lacking('resource', request));
  if (!('account' in principal)) return consent();
  const isOneAccount = principal.account === resourceAccount;
  if (isOneAccount && given?.closeness === 'direct') return consent();
  const limits = limitsOf(request, found);
  if (isOneAccount && given?.closeness === 'role') {
    return limits.missing.length === 0 ? joined(consent(), limits) : limits;
  }
  const own = joined(ownPermission(request, found), limits);
  if (!isOneAccount) return joined(own, consent());
  return needsResourcePolicy(action, request.resource) ? joined(consent(), own) : own;
}

function restingOn(ground: Ground): Ruling {
  return { missing: noReasons, rests: [ground] };
}

function lacking(kind: PolicyKind, request: EvaluationRequest): Ruling {
  return { missing: [noneAllows(kind, request)], rests: noReasons };
}

const noReasons: readonly Reason[] = [];
const unlimited: Ruling = { missing: noReasons, rests: noReasons };

function joined(one: Ruling, other: Ruling): Ruling {
  if (other === unlimited) return one;
  return { missing: [...one.missing, ...other.missing], rests: [...one.rests, ...other.rests] };
}

/** The root user has every permission that nothing takes away. */
function ownPermission(request: EvaluationRequest, { identity, group }: Found): Ruling {
  if (request.principal.kind === 'root') return restingOn(rootMay);
  const allow = identity?.allows[0] ?? group?.allows[0];
  return allow ? restingOn(allow) : lacking('identity', request);
}

/** Boundary and session policy: each, where it applies, must allow too. */
function limitsOf(request: EvaluationRequest, { boundary, session }: Found): Ruling {
  if (boundary === undefined && session === undefined) return unlimited;
  const missing: Reason[] = [];
  const rests: Match[] = [];
  for (const limit of [boundary, session]) {
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
