import { accessKeys } from '../../indexes.ts';
import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import {
  alreadyExists,
  arnOf,
  deleteConflict,
  found,
  nameTaken,
  type PageInput,
  page,
  type TagInput,
  tagList,
  tagsOf,
} from './entity.ts';
import { boundaryOf } from './managed-policy.ts';
import { type User, users } from './tables.ts';
import { tagsAndBoundary } from './tags-and-boundary.ts';

interface Named {
  readonly UserName: string;
}

export const CreateUser = operation<
  Named & { Path?: string; PermissionsBoundary?: string; Tags?: readonly TagInput[] }
>({
  trail: { seen: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html' },
  handle(input, call) {
    const path = input.Path ?? '/';
    if (nameTaken(users, call, input.UserName)) throw alreadyExists('User', input.UserName);
    const user: User = {
      name: input.UserName,
      id: `AIDA${call.ids.base32(17)}`,
      arn: arnOf(call, 'user', path, input.UserName),
      path,
      createdAt: call.time,
      inline: {},
      attached: [],
      groups: [],
      accessKeys: [],
      tags: tagsOf(input.Tags),
      ...(input.PermissionsBoundary === undefined ? {} : { boundary: boundaryOf(input.PermissionsBoundary, call) }),
    };
    users.put(call, user.name, user);
    return { User: render(user) };
  },
});

/** Without a name: the caller's own user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const GetUser = operation<Partial<Named>>({
  handle(input, call) {
    if (input.UserName === undefined && call.caller.kind === 'root') {
      return {
        User: {
          UserId: call.account,
          Arn: call.caller.arn,
          CreateDate: new Date(0),
          Path: '/',
          UserName: call.account,
        },
      };
    }
    return { User: render(found(users, call, 'user', ownName(input, call))) };
  },
});

export const ListUsers = operation<PageInput & { PathPrefix?: string }>({
  handle(input, call) {
    const prefix = input.PathPrefix ?? '/';
    const rows = [...users.list(call)].filter(([, user]) => user.path.startsWith(prefix));
    return page(rows, input, 'Users', (user: User) => render(user, false));
  },
});

export const UpdateUser = operation<Named & { NewPath?: string; NewUserName?: string }>({
  handle(input, call) {
    const user = found(users, call, 'user', input.UserName);
    const name = input.NewUserName ?? user.name;
    const path = input.NewPath ?? user.path;
    if (name.toLowerCase() !== user.name.toLowerCase() && nameTaken(users, call, name))
      throw alreadyExists('User', name);
    users.remove(call, user.name);
    const renamed = { ...user, name, path, arn: arnOf(call, 'user', path, name) };
    users.put(call, name, renamed);
    for (const key of user.accessKeys) rename(call, key.id, renamed);
    return {};
  },
});

/** A user must be bare before it goes. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const DeleteUser = operation<Named>({
  handle(input, call) {
    const user = found(users, call, 'user', input.UserName);
    if (user.loginProfile !== undefined) throw deleteConflict('Cannot delete entity, must delete login profile first.');
    if (user.accessKeys.length > 0) throw deleteConflict('Cannot delete entity, must delete access keys first.');
    if (user.groups.length > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.');
    if (Object.keys(user.inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    if (user.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    users.remove(call, user.name);
    return {};
  },
});

const alike = tagsAndBoundary(users, 'user', 'UserName');
export const TagUser = alike.tag;
export const UntagUser = alike.untag;
export const ListUserTags = alike.listTags;
export const PutUserPermissionsBoundary = alike.putBoundary;
export const DeleteUserPermissionsBoundary = alike.deleteBoundary;

/** Operations on a user default to the caller's own where no name is given. */
export function ownName(input: { readonly UserName?: string | undefined }, call: Pick<Call, 'caller'>): string {
  if (input.UserName !== undefined) return input.UserName;
  return call.caller.kind === 'user' ? call.caller.userName : '';
}

function rename(call: Call, keyId: string, user: User): void {
  const key = accessKeys.get(call.tx, keyId);
  if (key?.caller.kind !== 'user') return;
  accessKeys.put(call.tx, keyId, { ...key, caller: { ...key.caller, arn: user.arn, userName: user.name } });
}

export function render(user: User, whole = true) {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: new Date(user.createdAt),
    ...(whole && user.boundary !== undefined
      ? { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: user.boundary } }
      : {}),
    ...(whole && Object.keys(user.tags).length > 0 ? { Tags: tagList(user.tags) } : {}),
  };
}
