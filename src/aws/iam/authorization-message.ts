import type { JsonObject } from '../../model/json.ts';
import type { ConditionKeys } from '../authorization/requirement.ts';
import type { Decision } from './decision.ts';

/** What a refusal's encoded message tells about, beside the decision. */
export interface RefusedRequest {
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  readonly principal: { readonly id: string; readonly name?: string; readonly arn: string };
  /** The keys that the action itself gave the request. */
  readonly keys: ConditionKeys;
  /** The statement as its policy's document has it; undefined where the document is not at hand. */
  statement(policy: string, statement: string | number): JsonObject | undefined;
}

/**
 * What DecodeAuthorizationMessage shows: who wanted what, and which statements denied it.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
export function authorizationMessage(request: RefusedRequest, { decision, because }: Decision): JsonObject {
  const denying = because.flatMap(({ effect, policy, statement }) =>
    effect === 'Deny' && policy !== null && statement !== null ? [{ policy, statement }] : [],
  );
  const { action, resource, principal } = request;
  return {
    allowed: decision === 'allowed',
    explicitDeny: decision === 'explicitDeny',
    matchedStatements: items(denying.map(({ policy, statement }) => matched(policy, statement, request))),
    failures: items([]),
    context: { principal: { ...principal }, action, resource, conditions: items(conditionsOf(request)) },
  };
}

function matched(policy: string, id: string | number, { statement: find, principal }: RefusedRequest): JsonObject {
  const statement = find(policy, id) ?? {};
  const conditions = Object.entries(recordOf(statement['Condition'])).flatMap(([operator, keys]) =>
    Object.entries(recordOf(keys)).map(([key, wanted]) => ({ key, operator, values: values(wanted) })),
  );
  return {
    statementId: typeof id === 'string' ? id : '',
    effect: 'DENY',
    principals: values(principal.id),
    principalGroups: items([]),
    actions: values(statement['Action'] ?? statement['NotAction'] ?? []),
    resources: values(statement['Resource'] ?? statement['NotResource'] ?? []),
    conditions: items(conditions),
  };
}

/** The parts of the ARN are keys, too. Observed in decoded messages, not documented. */
function conditionsOf({ resource, keys }: RefusedRequest): readonly JsonObject[] {
  const [, , service = '', region = '', account = '', ...rest] = resource.split(':');
  const name = rest.join(':');
  const all: ConditionKeys = {
    'aws:ARN': resource,
    'aws:Account': account,
    'aws:Region': region,
    'aws:Resource': name,
    'aws:Service': service,
    'aws:Type': name.split('/', 1)[0] ?? '',
    ...keys,
  };
  return Object.entries(all).map(([key, value]) => ({ key, values: values(value) }));
}

function values(of: unknown): JsonObject {
  return items((Array.isArray(of) ? of : [of]).map((value) => ({ value: String(value) })));
}

function items(list: readonly JsonObject[]): JsonObject {
  return { items: [...list] };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
