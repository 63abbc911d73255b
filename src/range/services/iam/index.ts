import { accessKeys } from '../../indexes.ts';
import type { Operation, ReadScope, Service } from '../../operation.ts';
import * as keys from './access-keys.ts';
import * as account from './account.ts';
import { GetAccountAuthorizationDetails } from './authorization-details.ts';
import { GenerateCredentialReport, GetCredentialReport } from './credential-report.ts';
import * as group from './groups.ts';
import * as profile from './instance-profiles.ts';
import { GetAccessKeyLastUsed } from './last-used.ts';
import * as login from './login-profiles.ts';
import * as managed from './managed-policies.ts';
import { groupPolicies, rolePolicies, userPolicies } from './principal-policies.ts';
import * as role from './roles.ts';
import * as linked from './service-linked-roles.ts';
import * as simulation from './simulation.ts';
import { groups, instanceProfiles, managedPolicies, roles, users } from './tables.ts';
import * as user from './users.ts';

/** What a file of operations exports beside them are functions. */
function operationsOf(file: Readonly<Record<string, unknown>>): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(file).filter((entry): entry is [string, Operation] => typeof entry[1] === 'object'),
  );
}

export const iam: Service = {
  name: 'iam',
  globalRegion: 'us-east-1',
  operations: {
    ...account,
    ...keys,
    ...operationsOf(group),
    ...groupPolicies,
    ...operationsOf(linked),
    ...login,
    ...managed,
    ...operationsOf(profile),
    ...operationsOf(role),
    ...rolePolicies,
    ...simulation,
    ...operationsOf(user),
    ...userPolicies,
    GenerateCredentialReport,
    GetAccessKeyLastUsed,
    GetAccountAuthorizationDetails,
    GetCredentialReport,
  },
  /** A trust policy decides who may assume the role, and nothing else. */
  policies(arn, scope, action) {
    if (!action.startsWith('sts:')) return [];
    const role = roles.get(scope, lastPart(arn));
    const document = role?.arn === arn ? role.trust : { Version: '2012-10-17', Statement: [] };
    return [{ kind: 'trust policy', document }];
  },
  tags(arn, scope) {
    const name = lastPart(arn);
    if (arn.includes(':role/')) return roles.get(scope, name)?.tags;
    if (arn.includes(':user/')) return users.get(scope, name)?.tags;
    if (arn.includes(':policy/')) return managedPolicies.get(scope, arn)?.tags;
    if (arn.includes(':instance-profile/')) return instanceProfiles.get(scope, name)?.tags;
    return undefined;
  },
  keys(arn, scope) {
    const name = lastPart(arn);
    const row = arn.includes(':role/') ? roles.get(scope, name) : arn.includes(':user/') && users.get(scope, name);
    return row && row.boundary !== undefined ? { 'iam:PermissionsBoundary': row.boundary } : none;
  },
  resolvers: {
    'iam:user': (name, scope) => pathArn(scope, 'user', name, users.get(scope, String(name))),
    'iam:group': (name, scope) => pathArn(scope, 'group', name, groups.get(scope, String(name))),
    'iam:role': (name, scope) => pathArn(scope, 'role', name, roles.get(scope, String(name))),
    'iam:instance-profile': (name, scope) =>
      pathArn(scope, 'instance-profile', name, instanceProfiles.get(scope, String(name))),
    'iam:access-key-owner': (id, scope) => ownerArn(String(id), scope),
    'iam:service-linked-role': (service, scope) => linked.linkedRoleArn(String(service), scope.account),
  },
};

const none = {};

/** ARNs carry the path, which a name does not tell; what does not exist has none. */
function pathArn(scope: ReadScope, kind: string, name: unknown, row: { readonly arn: string } | undefined): string {
  return row?.arn ?? `arn:aws:iam::${scope.account}:${kind}/${String(name)}`;
}

/** Whose a key is; one that the account does not have could be anybody's. */
function ownerArn(id: string, { tx, account }: ReadScope): string {
  const caller = accessKeys.get(tx, id)?.caller;
  return caller?.kind === 'user' && caller.account === account ? caller.arn : `arn:aws:iam::${account}:user/*`;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
