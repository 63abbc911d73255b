import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import { formsOf, parameters } from '../../chain/parameters.ts';
import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { policyDocument } from './documents.ts';
import {
  alreadyExists,
  arnOf,
  deleteConflict,
  encodeDocument,
  found,
  nameTaken,
  type PageInput,
  page,
  type TagInput,
  tagList,
  tagsOf,
} from './entity.ts';
import { checkPrincipals } from './known-principals.ts';
import { boundaryOf } from './managed-policy.ts';
import { instanceProfiles, type Role, roles } from './tables.ts';
import { tagsAndBoundary } from './tags-and-boundary.ts';

interface Named {
  readonly RoleName: string;
}

const defaultSessionSeconds = 3600;

export const CreateRole = operation<
  Named & {
    Path?: string;
    AssumeRolePolicyDocument: string;
    Description?: string;
    MaxSessionDuration?: number;
    PermissionsBoundary?: string;
    Tags?: readonly TagInput[];
  }
>({
  trail: {
    seen: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html',
    response(output) {
      const { Description: _, MaxSessionDuration: __, ...made } = output['Role'] as ReturnType<typeof render>;
      return parameters({ Role: made }, undefined, formsOf('iam'));
    },
  },
  handle(input, call) {
    const path = input.Path ?? '/';
    if (nameTaken(roles, call, input.RoleName)) throw alreadyExists('Role', input.RoleName);
    const role: Role = {
      name: input.RoleName,
      id: `AROA${call.ids.base32(17)}`,
      arn: arnOf(call, 'role', path, input.RoleName),
      path,
      createdAt: call.time,
      inline: {},
      attached: [],
      trust: trustOf(input.AssumeRolePolicyDocument, call),
      description: input.Description ?? '',
      maxSessionSeconds: input.MaxSessionDuration ?? defaultSessionSeconds,
      tags: tagsOf(input.Tags),
      ...(input.PermissionsBoundary === undefined ? {} : { boundary: boundaryOf(input.PermissionsBoundary, call) }),
    };
    roles.put(call, role.name, role);
    return { Role: render(role) };
  },
});

export const GetRole = operation<Named>({
  handle: (input, call) => ({ Role: { ...render(found(roles, call, 'role', input.RoleName)), RoleLastUsed: {} } }),
});

export const ListRoles = operation<PageInput & { PathPrefix?: string }>({
  handle(input, call) {
    const rows = [...roles.list(call)].filter(([, role]) => role.path.startsWith(input.PathPrefix ?? '/'));
    return page(rows, input, 'Roles', (role: Role) => {
      const { Tags: _, PermissionsBoundary: __, ...listed } = render(role);
      return listed;
    });
  },
});

export const UpdateRole = operation<Named & { Description?: string; MaxSessionDuration?: number }>({
  handle(input, call) {
    const role = found(roles, call, 'role', input.RoleName);
    roles.put(call, role.name, {
      ...role,
      description: input.Description ?? role.description,
      maxSessionSeconds: input.MaxSessionDuration ?? role.maxSessionSeconds,
    });
    return {};
  },
});

export const UpdateAssumeRolePolicy = operation<Named & { PolicyDocument: string }>({
  handle(input, call) {
    const role = found(roles, call, 'role', input.RoleName);
    roles.put(call, role.name, { ...role, trust: trustOf(input.PolicyDocument, call) });
    return {};
  },
});

function trustOf(text: string, call: Call): JsonObject {
  const document = policyDocument(text, 'trust');
  checkPrincipals(document, call);
  return document;
}

/** A role must be bare before it goes, which is what the workshop's clean-up trips over. */
export const DeleteRole = operation<Named>({
  handle(input, call) {
    const role = found(roles, call, 'role', input.RoleName);
    if (role.path.startsWith('/aws-service-role/')) {
      throw new AwsError(
        'UnmodifiableEntity',
        `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
        { status: 400 },
      );
    }
    for (const [, profile] of instanceProfiles.list(call)) {
      if (profile.role === role.name)
        throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    if (role.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (Object.keys(role.inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    roles.remove(call, role.name);
    return {};
  },
});

const alike = tagsAndBoundary(roles, 'role', 'RoleName');
export const TagRole = alike.tag;
export const UntagRole = alike.untag;
export const ListRoleTags = alike.listTags;
export const PutRolePermissionsBoundary = alike.putBoundary;
export const DeleteRolePermissionsBoundary = alike.deleteBoundary;

export function render(role: Role) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trust),
    ...(role.description === '' ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
    ...(role.boundary === undefined
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.boundary } }),
    ...(Object.keys(role.tags).length === 0 ? {} : { Tags: tagList(role.tags) }),
  };
}
