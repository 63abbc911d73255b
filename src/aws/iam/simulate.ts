import { compile } from './compile.ts';
import { contextOf, givenKeys } from './context.ts';
import type { PolicyKind } from './decision.ts';
import { judge } from './evaluate.ts';
import { type Position, statementExtents } from './positions.ts';
import type { Principal } from './principal.ts';
import type { EvaluationRequest, NamedPolicy, RequestContext } from './request.ts';

/** A policy as the simulator is given it: its text, because matched statements are told by their place in it. */
export interface SourcePolicy {
  readonly id: string;
  /** `IAM Policy`, or a member of PolicySourceType. */
  readonly type: string;
  readonly text: string;
}

export interface Simulation {
  readonly principal: Principal;
  readonly actions: readonly string[];
  /** Default: `*`. */
  readonly resources?: readonly string[];
  readonly resourceAccount?: string;
  readonly context?: RequestContext;
  readonly identityPolicies: readonly SourcePolicy[];
  readonly resourcePolicy?: SourcePolicy;
  readonly permissionBoundaries?: readonly SourcePolicy[];
  readonly sessionPolicies?: readonly SourcePolicy[];
  readonly serviceControlPolicies?: readonly (readonly SourcePolicy[])[];
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html */
export interface EvaluationResult {
  readonly EvalActionName: string;
  readonly EvalResourceName: string;
  readonly EvalDecision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  readonly MatchedStatements: readonly MatchedStatement[];
  readonly MissingContextValues: readonly string[];
  readonly PermissionsBoundaryDecisionDetail?: { readonly AllowedByPermissionsBoundary: boolean };
  readonly OrganizationsDecisionDetail?: { readonly AllowedByOrganizations: boolean };
}

export interface MatchedStatement {
  readonly SourcePolicyId: string;
  readonly SourcePolicyType: string;
  readonly StartPosition: Position;
  readonly EndPosition: Position;
}

/** The policy simulator: the same evaluator, asked about each action on each resource. */
export function simulate(simulation: Simulation): EvaluationResult[] {
  const { sources, request } = prepared(simulation);
  const results: EvaluationResult[] = [];
  for (const action of simulation.actions) {
    for (const resource of simulation.resources ?? ['*']) {
      results.push(resultOf({ ...request, action, resource }, sources));
    }
  }
  return results;
}

type Sources = ReadonlyMap<string, { readonly source: SourcePolicy; readonly policy: NamedPolicy['policy'] }>;

/** Two lists may hold policies of one id, so names inside are numbered. */
function prepared(simulation: Simulation) {
  const sources = new Map<string, { source: SourcePolicy; policy: NamedPolicy['policy'] }>();
  const named = (source: SourcePolicy): NamedPolicy => {
    const name = String(sources.size);
    const policy = compile(JSON.parse(source.text));
    sources.set(name, { source, policy });
    return { name, policy };
  };
  const { principal, resourceAccount, context } = simulation;
  const request: Omit<EvaluationRequest, 'action' | 'resource'> = {
    principal,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    ...(context === undefined ? {} : { context }),
    identityPolicies: simulation.identityPolicies.map(named),
    ...(simulation.resourcePolicy && { resourcePolicies: [named(simulation.resourcePolicy)] }),
    ...(simulation.permissionBoundaries && { permissionBoundaries: simulation.permissionBoundaries.map(named) }),
    ...(simulation.sessionPolicies && { sessionPolicies: simulation.sessionPolicies.map(named) }),
    ...(simulation.serviceControlPolicies && {
      serviceControlPolicies: simulation.serviceControlPolicies.map((level) => level.map(named)),
    }),
  };
  return { sources, request };
}

function resultOf(request: EvaluationRequest, sources: Sources): EvaluationResult {
  const { decision, surveys } = judge(request);
  const matches = surveys.flatMap((each) => [...each.denies, ...each.allows]);
  const shown = decision === 'explicitDeny' ? matches.filter(({ statement }) => statement.effect === 'Deny') : matches;
  const passes = (kind: PolicyKind) => {
    const those = surveys.filter((each) => each.kind === kind);
    return those.length === 0 ? undefined : those.every((each) => each.allows.length > 0 && each.denies.length === 0);
  };
  const boundary = passes('permissionBoundary');
  const organisation = passes('serviceControl');
  return {
    EvalActionName: request.action,
    EvalResourceName: request.resource,
    EvalDecision: decision,
    MatchedStatements: shown.map(({ policy, statement }) => matched(sources, policy, statement.index)),
    MissingContextValues: missingKeys(request, sources),
    ...(boundary === undefined
      ? {}
      : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: boundary } }),
    ...(organisation === undefined ? {} : { OrganizationsDecisionDetail: { AllowedByOrganizations: organisation } }),
  };
}

function matched(sources: Sources, policy: string, index: number): MatchedStatement {
  // Every name was put there by `prepared`.
  const { source } = sources.get(policy)!;
  const extent = statementExtents(source.text)[index];
  const nowhere = { Line: 1, Column: 1 };
  return {
    SourcePolicyId: source.id,
    SourcePolicyType: source.type,
    StartPosition: extent?.start ?? nowhere,
    EndPosition: extent?.end ?? nowhere,
  };
}

/** Keys that the policies read and the request lacks. */
function missingKeys(request: EvaluationRequest, sources: Sources): string[] {
  const context = contextOf(givenKeys(request.context), request.principal, request.resourceAccount ?? '');
  const keys = [...sources.values()].flatMap(({ policy }) => policy.keys);
  return [...new Set(keys)].filter((key) => context.values(key.toLowerCase()) === undefined).sort();
}
