import { AwsError } from '../../../aws/error.ts';
import { compile } from '../../../aws/iam/compile.ts';
import { type Principal as Asker, principalOf } from '../../../aws/iam/principal.ts';
import type { RequestContext } from '../../../aws/iam/request.ts';
import { type EvaluationResult, type Simulation, type SourcePolicy, simulate } from '../../../aws/iam/simulate.ts';
import { complaintAbout, type DocumentKind } from '../../../aws/iam/validate.ts';
import type { ReadScope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { noSuchEntity, type PageInput, page } from './entity.ts';
import { managed, type NamedPolicy } from './principal.ts';
import { groups, type Principal, roles, users } from './tables.ts';

interface ContextEntry {
  readonly ContextKeyName?: string;
  readonly ContextKeyValues?: readonly string[];
}

interface Question extends PageInput {
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[];
  readonly PolicyInputList?: readonly string[];
  readonly PermissionsBoundaryPolicyInputList?: readonly string[];
  readonly ResourcePolicy?: string;
  readonly ResourceOwner?: string;
  readonly CallerArn?: string;
  readonly ContextEntries?: readonly ContextEntry[];
  readonly ResourceHandlingOption?: string;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html */
export const SimulatePrincipalPolicy = operation<Question & { readonly PolicySourceArn: string }>({
  handle(input, call) {
    const own = sourcesOf(input.PolicySourceArn, call);
    const asked = simulationOf(input, input.CallerArn ?? input.PolicySourceArn);
    return answer(input, {
      ...asked,
      identityPolicies: [...own.identity, ...asked.identityPolicies],
      // A boundary in the input stands in for the one that the principal has.
      ...(asked.permissionBoundaries === undefined && own.boundaries !== undefined
        ? { permissionBoundaries: own.boundaries }
        : {}),
    });
  },
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export const SimulateCustomPolicy = operation<Question>({
  handle: (input) => answer(input, simulationOf(input, input.CallerArn)),
});

export const GetContextKeysForPrincipalPolicy = operation<{
  readonly PolicySourceArn: string;
  readonly PolicyInputList?: readonly string[];
}>({
  handle(input, call) {
    const { identity, boundaries = [] } = sourcesOf(input.PolicySourceArn, call);
    return contextKeys([...identity, ...boundaries, ...given(input.PolicyInputList, 'PolicyInputList')]);
  },
});

export const GetContextKeysForCustomPolicy = operation<{ readonly PolicyInputList: readonly string[] }>({
  handle: (input) => contextKeys(given(input.PolicyInputList, 'PolicyInputList')),
});

/** Every policy of a user, group or role; a user's groups' too. */
function sourcesOf(
  arn: string,
  scope: ReadScope,
): { readonly identity: readonly SourcePolicy[]; readonly boundaries?: readonly SourcePolicy[] } {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  if (arn.includes(':group/')) return { identity: policiesOf('group', rowOf('group', name, arn, scope), scope) };
  const kind = arn.includes(':role/') ? 'role' : 'user';
  const row = rowOf(kind, name, arn, scope);
  const memberships = 'groups' in row ? row.groups.flatMap((each) => groups.get(scope, each) ?? []) : [];
  return {
    identity: [...policiesOf(kind, row, scope), ...memberships.flatMap((group) => policiesOf('group', group, scope))],
    ...(row.boundary === undefined ? {} : { boundaries: [ofManaged(managed(row.boundary, scope))] }),
  };
}

const tables = { user: users, group: groups, role: roles };

function rowOf<K extends keyof typeof tables>(kind: K, name: string, arn: string, scope: ReadScope) {
  const row = tables[kind].get(scope, name);
  if (row?.arn !== arn) throw noSuchEntity(kind, name);
  return row as NonNullable<ReturnType<(typeof tables)[K]['get']>>;
}

/** Inline policies are told as `role_<role>_<policy>`, managed ones by their names. Observed, not documented. */
function policiesOf(kind: string, owner: Principal, scope: ReadScope): SourcePolicy[] {
  const inline = Object.entries(owner.inline).map(([name, document]) => ({
    id: `${kind}_${owner.name}_${name}`,
    type: 'IAM Policy',
    text: JSON.stringify(document),
  }));
  return [...inline, ...owner.attached.map((arn) => ofManaged(managed(arn, scope)))];
}

function ofManaged({ name, document }: NamedPolicy): SourcePolicy {
  return { id: name.slice(name.lastIndexOf('/') + 1), type: 'IAM Policy', text: JSON.stringify(document) };
}

function simulationOf(input: Question, caller: string | undefined): Simulation {
  if (input.ResourceHandlingOption !== undefined) {
    throw new AwsError('NotImplemented', 'ResourceHandlingOption is not built in this range yet.', { status: 501 });
  }
  const asker = askerOf(caller);
  const boundaries = input.PermissionsBoundaryPolicyInputList;
  return {
    principal: asker.principal,
    actions: input.ActionNames,
    ...(input.ResourceArns === undefined ? {} : { resources: input.ResourceArns }),
    ...(input.ResourceOwner === undefined ? {} : { resourceAccount: accountIn(input.ResourceOwner) }),
    context: { ...asker.context, ...contextOf(input.ContextEntries ?? []) },
    identityPolicies: given(input.PolicyInputList, 'PolicyInputList'),
    ...(boundaries === undefined
      ? {}
      : { permissionBoundaries: given(boundaries, 'PermissionsBoundaryPolicyInputList') }),
    ...(input.ResourcePolicy === undefined
      ? {}
      : { resourcePolicy: given([input.ResourcePolicy], 'ResourcePolicy', 'resource')[0]! }),
  };
}

/** A group, or nobody, has policies but no keys of its own: an empty list is a key that is not there. */
function askerOf(arn: string | undefined): { readonly principal: Asker; readonly context: RequestContext } {
  const principal = arn === undefined ? undefined : principalOf(arn);
  if (principal !== undefined) return { principal, context: {} };
  return {
    principal: { kind: 'user', account: '', arn: '', userName: '' },
    context: { 'aws:username': [], 'aws:userid': [], 'aws:PrincipalArn': [], 'aws:PrincipalAccount': [] },
  };
}

function accountIn(owner: string): string {
  return owner.split(':', 6)[4] || owner;
}

function contextOf(entries: readonly ContextEntry[]): RequestContext {
  return Object.fromEntries(
    entries.flatMap(({ ContextKeyName: key, ContextKeyValues: values = [] }) =>
      key === undefined ? [] : [[key, values] as const],
    ),
  );
}

function given(texts: readonly string[] = [], list: string, kind: DocumentKind = 'identity'): SourcePolicy[] {
  return texts.map((text, at) => {
    const complaint = complaintAbout(text, kind);
    // AWS names the code, not the words: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
    if (complaint !== undefined) throw new AwsError('InvalidInput', `${list}.${at + 1}: ${complaint}`, { status: 400 });
    return { id: `${list}.${at + 1}`, type: 'IAM Policy', text };
  });
}

function answer(input: PageInput, simulation: Simulation) {
  const results = simulate(simulation).map((result, at) => [String(at).padStart(6, '0'), result] as const);
  return page<EvaluationResult, Record<string, unknown>>(results, input, 'EvaluationResults', (result) => result);
}

function contextKeys(policies: readonly SourcePolicy[]) {
  const names = policies.flatMap(({ text }) => compile(JSON.parse(text)).keys);
  return { ContextKeyNames: [...new Set(names)].sort() };
}
