import { AwsError } from '../../../aws/error.ts';
import type { ReadScope } from '../../operation.ts';
import { awsManagedPolicies } from './aws-managed.ts';
import { tagList } from './entity.ts';
import { groups, type ManagedPolicy, managedPolicies, roles, users } from './tables.ts';

export function policyOf(scope: ReadScope, arn: string): ManagedPolicy {
  const policy = managedPolicies.get(scope, arn) ?? awsPolicy(arn);
  if (policy === undefined) throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, { status: 404 });
  return policy;
}

export function ownPolicy(scope: ReadScope, arn: string): ManagedPolicy {
  if (arn.startsWith('arn:aws:iam::aws:policy/')) {
    throw new AwsError('AccessDenied', `User is not authorized to change the AWS managed policy ${arn}`, {
      status: 403,
    });
  }
  return policyOf(scope, arn);
}

export function versionOf(policy: ManagedPolicy, id: string) {
  const version = policy.versions.find((each) => each.id === id);
  if (version === undefined) {
    throw new AwsError('NoSuchEntity', `Policy ${policy.arn} version ${id} does not exist or is not attachable.`, {
      status: 404,
    });
  }
  return version;
}

export function awsPolicy(arn: string): ManagedPolicy | undefined {
  const document = awsManagedPolicies[arn];
  if (document === undefined) return undefined;
  const path = arn.slice('arn:aws:iam::aws:policy'.length, arn.lastIndexOf('/') + 1);
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  // AWS made these long ago; the range does not claim to know their dates.
  const version = { id: 'v1', document, createdAt: 0 };
  return {
    name,
    id: name,
    arn,
    path,
    description: '',
    createdAt: 0,
    updatedAt: 0,
    defaultVersion: 'v1',
    versions: [version],
    versionsMade: 1,
    tags: {},
  };
}

export function attachments(scope: ReadScope, arn: string) {
  const withIt = <T extends { readonly attached: readonly string[] }>(rows: Iterable<readonly [string, T]>) =>
    [...rows].flatMap(([, row]) => (row.attached.includes(arn) ? [row] : []));
  const on = { users: withIt(users.list(scope)), groups: withIt(groups.list(scope)), roles: withIt(roles.list(scope)) };
  return { ...on, count: on.users.length + on.groups.length + on.roles.length };
}

export function render(policy: ManagedPolicy, scope: ReadScope) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attachments(scope, policy.arn).count,
    PermissionsBoundaryUsageCount: boundaryUses(scope, policy.arn),
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    ...(Object.keys(policy.tags).length === 0 ? {} : { Tags: tagList(policy.tags) }),
  };
}

/** A boundary must be a managed policy that exists. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html */
export function boundaryOf(arn: string, scope: ReadScope): string {
  if (managedPolicies.get(scope, arn) !== undefined || awsPolicy(arn) !== undefined) return arn;
  throw new AwsError('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`, { status: 404 });
}

export function boundaryUses(scope: ReadScope, arn: string): number {
  return [...users.list(scope), ...roles.list(scope)].filter(([, row]) => row.boundary === arn).length;
}
