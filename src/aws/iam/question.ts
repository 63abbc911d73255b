import { compile } from './compile.ts';
import { type Outcome, outcomes } from './decision.ts';
import { type Principal, principalOf } from './principal.ts';
import type { ContextScalar, EvaluationRequest, NamedPolicy, RequestContext } from './request.ts';

/** What one line of `yagura iam evaluate` asks. */
export interface Question {
  readonly request: EvaluationRequest;
  readonly expect: Outcome | undefined;
}

/** A question that cannot be answered: what is wrong with it, and what was expected. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError';
}

export function questionOf(json: unknown): Question {
  if (!isObject(json)) throw new QuestionError(`${quote(json)} is not an object`);
  refuseMisspelt(json);
  const lists: Partial<Record<(typeof listNames)[number], NamedPolicy[]>> = {};
  for (const name of listNames) if (isThere(json[name])) lists[name] = policiesAt(name, json[name]);
  const levels: Partial<Record<(typeof levelNames)[number], NamedPolicy[][]>> = {};
  for (const name of levelNames) if (isThere(json[name])) levels[name] = levelsAt(name, json[name]);
  const request: EvaluationRequest = {
    principal: principalAt(json['principal']),
    action: actionAt(json['action']),
    resource: resourceAt(json['resource']),
    ...(isThere(json['resourceAccount']) ? { resourceAccount: accountAt(json['resourceAccount']) } : {}),
    ...(isThere(json['context']) ? { context: contextAt(json['context']) } : {}),
    ...lists,
    ...levels,
    ...(isThere(json['resourcePolicy'])
      ? { resourcePolicies: [policyAt('resourcePolicy', json['resourcePolicy'])] }
      : {}),
  };
  return { request, expect: expectAt(json['expect']) };
}

const listNames = [
  'identityPolicies',
  'groupPolicies',
  'permissionBoundaries',
  'sessionPolicies',
  'endpointPolicies',
] as const;
const levelNames = ['serviceControlPolicies', 'resourceControlPolicies'] as const;
const otherNames = ['principal', 'action', 'resource', 'resourceAccount', 'context', 'resourcePolicy', 'expect'];
const names = new Set<string>([...listNames, ...levelNames, ...otherNames]);

/** Notes of the writer's own may stand beside the question; a misspelt list of policies would silently allow. */
function refuseMisspelt(json: Record<string, unknown>): void {
  for (const name of Object.keys(json)) {
    if (names.has(name) || !/polic|bound|principal|action|resource|context|expect|scp|rcp/i.test(name)) continue;
    throw new QuestionError(`"${name}" is not known; expected ${[...names].join(', ')}`);
  }
}

function principalAt(value: unknown): Principal {
  if (isObject(value) && typeof value['service'] === 'string' && value['service'] !== '') {
    return { kind: 'service', service: value['service'] };
  }
  if (isObject(value) && typeof value['federated'] === 'string' && value['federated'] !== '') {
    return { kind: 'provider', provider: value['federated'] };
  }
  const principal = typeof value === 'string' ? principalOf(value) : undefined;
  if (principal) return principal;
  const forms = 'the ARN of a user, role, role session, federated user or root, {"service": "..."} or "*"';
  throw new QuestionError(`principal is ${quote(value)}; expected ${forms}`);
}

function actionAt(value: unknown): string {
  if (typeof value === 'string' && /^[^\s:*?]+:[^\s:*?]+$/.test(value)) return value;
  throw new QuestionError(`action is ${quote(value)}; expected one action, as in "s3:GetObject"`);
}

function resourceAt(value: unknown): string {
  if (typeof value === 'string' && (value === '*' || value.startsWith('arn:'))) return value;
  throw new QuestionError(`resource is ${quote(value)}; expected an ARN, or "*" for an action without resources`);
}

function accountAt(value: unknown): string {
  if (typeof value === 'string' && /^\d{12}$/.test(value)) return value;
  throw new QuestionError(`resourceAccount is ${quote(value)}; expected a string of twelve digits`);
}

function expectAt(value: unknown): Outcome | undefined {
  if (!isThere(value)) return undefined;
  const known = outcomes.find((outcome) => outcome === value);
  if (known) return known;
  throw new QuestionError(`expect is ${quote(value)}; expected ${outcomes.join(', ')}`);
}

function contextAt(value: unknown): RequestContext {
  if (!isObject(value)) throw new QuestionError(`context is ${quote(value)}; expected an object of condition keys`);
  const context: Record<string, ContextScalar | readonly ContextScalar[]> = {};
  for (const [key, given] of Object.entries(value)) {
    if (isScalar(given)) context[key] = given;
    else if (Array.isArray(given) && given.every(isScalar)) context[key] = given;
    else {
      const forms = 'a string, number, boolean or a list of these';
      throw new QuestionError(`context ${quote(key)} is ${quote(given)}; expected ${forms}`);
    }
  }
  return context;
}

function levelsAt(name: string, value: unknown): NamedPolicy[][] {
  if (Array.isArray(value) && value.every(Array.isArray)) {
    return value.map((level, at) => policiesAt(`${name}[${at}]`, level));
  }
  throw new QuestionError(`${name} is ${quote(value)}; expected a list of levels, each a list of policies`);
}

function policiesAt(name: string, value: unknown): NamedPolicy[] {
  if (Array.isArray(value)) return value.map((document, at) => policyAt(`${name}[${at}]`, document));
  throw new QuestionError(`${name} is ${quote(value)}; expected a list of policy documents`);
}

/** A document's own Id names it in reasons, else its place does. */
function policyAt(place: string, document: unknown): NamedPolicy {
  if (!isObject(document)) throw new QuestionError(`${place} is ${quote(document)}; expected a policy document`);
  const id = document['Id'];
  return { name: typeof id === 'string' && id !== '' ? id : place, policy: compile(document) };
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isScalar(value: unknown): value is ContextScalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as JSON, cut to what fits into a message. */
function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
