import type { PolicyKind, Reason } from './decision.ts';
import type { EvaluationRequest } from './request.ts';
import type { Match } from './survey.ts';

/** What AWS's messages call each kind, without and with its article. A group's policies are identity-based too. */
export const kindNames: Readonly<Record<PolicyKind, readonly [name: string, withArticle: string]>> = {
  identity: ['identity-based policy', 'an identity-based policy'],
  group: ['identity-based policy', 'an identity-based policy'],
  resource: ['resource-based policy', 'a resource-based policy'],
  permissionBoundary: ['permissions boundary', 'a permissions boundary'],
  session: ['session policy', 'a session policy'],
  serviceControl: ['service control policy', 'a service control policy'],
  resourceControl: ['resource control policy', 'a resource control policy'],
  endpoint: ['VPC endpoint policy', 'a VPC endpoint policy'],
};

/** What of a request its reasons name. */
export type Asked = Pick<EvaluationRequest, 'action' | 'resource'>;

export function reasonOf({ kind, policy, statement, doubt }: Match, request: Asked): Reason {
  const verb = statement.effect === 'Allow' ? 'allows' : 'denies';
  const why =
    doubt === undefined
      ? `the statement ${verb} ${request.action} on ${request.resource}`
      : `the statement cannot be evaluated: ${doubt}${statement.effect === 'Allow' ? '' : '; nothing is allowed past it'}`;
  return { kind, policy, statement: statement.sid ?? statement.index, effect: statement.effect ?? null, why };
}

export function noneAllows(kind: PolicyKind, request: Asked): Reason {
  const why = `no ${kindNames[kind][0]} allows the ${request.action} action`;
  return { kind, policy: null, statement: null, effect: null, why };
}

export function ofRequest(why: string, effect: Reason['effect']): Reason {
  return { kind: 'request', policy: null, statement: null, effect, why };
}

export const rootMay: Reason = {
  kind: 'principal',
  policy: null,
  statement: null,
  effect: 'Allow',
  why: 'the root user may do in its account what nothing denies',
};
