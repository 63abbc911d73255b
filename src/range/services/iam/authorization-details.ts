import type { ReadScope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { awsManagedPolicies } from './aws-managed.ts';
import { encodeDocument, type PageInput, page, tagList } from './entity.ts';
import { render as renderGroup } from './groups.ts';
import { render as renderProfile } from './instance-profiles.ts';
import { attachments, awsPolicy, render as renderPolicy } from './managed-policy.ts';
import { render as renderRole } from './roles.ts';
import {
  type Group,
  groups,
  instanceProfiles,
  type ManagedPolicy,
  managedPolicies,
  type Principal,
  type Role,
  roles,
  type User,
  users,
} from './tables.ts';
import { render as renderUser } from './users.ts';

type List = 'UserDetailList' | 'GroupDetailList' | 'RoleDetailList' | 'Policies';

interface Detail {
  readonly list: List;
  readonly render: () => unknown;
}

/**
 * The whole of the account's identities and their policies, one list after the other. AWS's own policies are shown where
 * they are attached. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const GetAccountAuthorizationDetails = operation<PageInput & { readonly Filter?: readonly string[] }>({
  handle(input, call) {
    const wanted = (kind: string) => input.Filter === undefined || input.Filter.includes(kind);
    const details: Detail[] = [
      ...(wanted('User') ? each(users.list(call), 'UserDetailList', (user) => userDetail(user, call)) : []),
      ...(wanted('Group') ? each(groups.list(call), 'GroupDetailList', groupDetail) : []),
      ...(wanted('Role') ? each(roles.list(call), 'RoleDetailList', (role) => roleDetail(role, call)) : []),
      ...(wanted('LocalManagedPolicy')
        ? each(managedPolicies.list(call), 'Policies', (policy) => policyDetail(policy, call))
        : []),
      ...(wanted('AWSManagedPolicy')
        ? each(attachedOfAws(call), 'Policies', (policy) => policyDetail(policy, call))
        : []),
    ];
    const rows = details.map((detail, at) => [String(at).padStart(6, '0'), detail] as const);
    const { shown, ...rest } = page<Detail, { shown: Detail[] }>(rows, input, 'shown', (detail) => detail);
    const lists: Record<List, unknown[]> = {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    };
    for (const { list, render } of shown) lists[list].push(render());
    return { ...lists, ...rest };
  },
});

function each<T>(rows: Iterable<readonly [string, T]>, list: List, render: (row: T) => unknown): Detail[] {
  return [...rows].map(([, row]) => ({ list, render: () => render(row) }));
}

function attachedOfAws(scope: ReadScope): (readonly [string, ManagedPolicy])[] {
  return Object.keys(awsManagedPolicies).flatMap((arn) => {
    const policy = attachments(scope, arn).count === 0 ? undefined : awsPolicy(arn);
    return policy === undefined ? [] : [[arn, policy] as const];
  });
}

function userDetail(user: User, scope: ReadScope) {
  return {
    ...renderUser(user),
    UserPolicyList: inline(user),
    GroupList: user.groups.filter((name) => groups.get(scope, name) !== undefined),
    AttachedManagedPolicies: attached(user),
    Tags: tagList(user.tags),
  };
}

function groupDetail(group: Group) {
  return { ...renderGroup(group), GroupPolicyList: inline(group), AttachedManagedPolicies: attached(group) };
}

function roleDetail(role: Role, scope: ReadScope) {
  const { Description: _, MaxSessionDuration: __, ...rendered } = renderRole(role);
  const profiles = [...instanceProfiles.list(scope)].filter(([, profile]) => profile.role === role.name);
  return {
    ...rendered,
    InstanceProfileList: profiles.map(([, profile]) => renderProfile(profile, scope)),
    RolePolicyList: inline(role),
    AttachedManagedPolicies: attached(role),
    Tags: tagList(role.tags),
    RoleLastUsed: {},
  };
}

function policyDetail(policy: ManagedPolicy, scope: ReadScope) {
  const { Tags: _, ...rendered } = renderPolicy(policy, scope);
  return {
    ...rendered,
    ...(policy.description === '' ? {} : { Description: policy.description }),
    PolicyVersionList: policy.versions.map((version) => ({
      Document: encodeDocument(version.document),
      VersionId: version.id,
      IsDefaultVersion: version.id === policy.defaultVersion,
      CreateDate: new Date(version.createdAt),
    })),
  };
}

function inline(owner: Principal) {
  return Object.entries(owner.inline).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encodeDocument(document),
  }));
}

function attached(owner: Principal) {
  return owner.attached.map((PolicyArn) => ({
    PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
    PolicyArn,
  }));
}
