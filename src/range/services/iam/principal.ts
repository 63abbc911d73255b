import type { JsonObject } from '../../../model/json.ts';
import type { Caller } from '../../caller.ts';
import { frozen } from '../../frozen.ts';
import type { ReadScope } from '../../operation.ts';
import { awsManagedPolicies } from './aws-managed.ts';
import { groups, type ManagedPolicy, managedPolicies, type Principal, roles, users } from './tables.ts';

/** A policy and the name by which a decision speaks of it. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: JsonObject;
}

/** Every kind of policy that stands on the caller's side; an absent list means that the kind does not apply. */
export interface PrincipalPolicies {
  readonly identity: readonly NamedPolicy[];
  readonly groups: readonly NamedPolicy[];
  readonly boundaries?: readonly NamedPolicy[] | undefined;
  readonly session?: readonly NamedPolicy[] | undefined;
  /** `aws:PrincipalTag/...`. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Read anew at each call: no decision outlives a change of a policy. `scope` is of the caller's account. */
export function principalPolicies(caller: Caller, scope: ReadScope): PrincipalPolicies {
  switch (caller.kind) {
    case 'user': {
      const user = users.get(scope, caller.userName);
      if (user === undefined) return nothing;
      return {
        identity: policiesOf(user, scope),
        groups: user.groups.flatMap((name) => policiesOf(groups.get(scope, name), scope)),
        boundaries: user.boundary === undefined ? undefined : [managed(user.boundary, scope)],
        tags: user.tags,
      };
    }
    case 'assumed-role': {
      const role = roles.get(scope, caller.roleName);
      // A role made again under the same name has another id: its old sessions may do nothing.
      if (role === undefined || role.id !== caller.roleId) return nothing;
      return {
        identity: policiesOf(role, scope),
        groups: [],
        boundaries: role.boundary === undefined ? undefined : [managed(role.boundary, scope)],
        session: sessionPolicies(caller.session, scope),
        tags: caller.session.tags === undefined ? role.tags : { ...role.tags, ...caller.session.tags },
      };
    }
    case 'federated-user': {
      const issuer = users.get(scope, caller.issuerArn.slice(caller.issuerArn.lastIndexOf('/') + 1));
      return {
        identity: policiesOf(issuer, scope),
        groups: (issuer?.groups ?? []).flatMap((name) => policiesOf(groups.get(scope, name), scope)),
        boundaries: issuer?.boundary === undefined ? undefined : [managed(issuer.boundary, scope)],
        session: sessionPolicies(caller.session, scope),
        tags: caller.session.tags ?? {},
      };
    }
    default:
      return nothing;
  }
}

const nothing: PrincipalPolicies = { identity: [], groups: [], tags: {} };

export function policiesOf(principal: Principal | undefined, scope: ReadScope): readonly NamedPolicy[] {
  if (principal === undefined) return [];
  const inline = ofRow(principal, inlineOf);
  return principal.attached.length === 0
    ? inline
    : [...inline, ...principal.attached.map((arn) => managed(arn, scope))];
}

function inlineOf({ inline }: Principal): readonly NamedPolicy[] {
  return Object.entries(inline).map(([name, document]) => ({ name, document }));
}

/** The default version of a managed policy; a deleted one, which cannot be while attached, grants nothing. */
export function managed(arn: string, scope: ReadScope): NamedPolicy {
  const row = managedPolicies.get(scope, arn);
  return (
    (row === undefined ? undefined : ofRow(row, defaultVersionOf)) ?? ofAws.get(arn) ?? { name: arn, document: nobody }
  );
}

function defaultVersionOf({ arn, versions, defaultVersion }: ManagedPolicy): NamedPolicy | undefined {
  const version = versions.find(({ id }) => id === defaultVersion);
  return version && { name: arn, document: version.document };
}

const nobody: JsonObject = frozen({ Version: '2012-10-17', Statement: [] });
const ofAws = new Map(
  Object.entries(awsManagedPolicies).map(([name, document]) => [name, { name, document: frozen(document) }] as const),
);

/** A row that did not change is the same object, which nobody can change: what follows from it is found once. */
function ofRow<Row extends object, T>(row: Row, find: (row: Row) => T): T {
  if (!Object.isFrozen(row)) return find(row);
  if (!found.has(row)) found.set(row, find(row));
  return found.get(row) as T;
}

const found = new WeakMap<object, unknown>();

function sessionPolicies(
  session: { readonly policy?: JsonObject; readonly policyArns?: readonly string[] },
  scope: ReadScope,
): readonly NamedPolicy[] | undefined {
  if (session.policy === undefined && session.policyArns === undefined) return undefined;
  return [
    ...(session.policy === undefined ? [] : [{ name: 'session policy', document: session.policy }]),
    ...(session.policyArns ?? []).map((arn) => managed(arn, scope)),
  ];
}
