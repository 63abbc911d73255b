import { operation } from '../../operation.ts';
import { alreadyExists, arnOf, deleteConflict, found, nameTaken, type PageInput, page } from './entity.ts';
import { type Group, groups, users } from './tables.ts';

interface Named {
  readonly GroupName: string;
}

export const CreateGroup = operation<Named & { Path?: string }>({
  handle(input, call) {
    const path = input.Path ?? '/';
    if (nameTaken(groups, call, input.GroupName)) throw alreadyExists('Group', input.GroupName);
    const group: Group = {
      name: input.GroupName,
      id: `AGPA${call.ids.base32(17)}`,
      arn: arnOf(call, 'group', path, input.GroupName),
      path,
      createdAt: call.time,
      inline: {},
      attached: [],
    };
    groups.put(call, group.name, group);
    return { Group: render(group) };
  },
});

export const GetGroup = operation<Named & PageInput>({
  handle(input, call) {
    const group = found(groups, call, 'group', input.GroupName);
    const members = [...users.list(call)].flatMap(([, user]) => (user.groups.includes(group.name) ? [user] : []));
    return {
      Group: render(group),
      Users: members.map((user) => ({
        Path: user.path,
        UserName: user.name,
        UserId: user.id,
        Arn: user.arn,
        CreateDate: new Date(user.createdAt),
      })),
      IsTruncated: false,
    };
  },
});

export const ListGroups = operation<PageInput & { PathPrefix?: string }>({
  handle(input, call) {
    const rows = [...groups.list(call)].filter(([, group]) => group.path.startsWith(input.PathPrefix ?? '/'));
    return page(rows, input, 'Groups', render);
  },
});

export const DeleteGroup = operation<Named>({
  handle(input, call) {
    const group = found(groups, call, 'group', input.GroupName);
    for (const [, user] of users.list(call)) {
      if (user.groups.includes(group.name))
        throw deleteConflict('Cannot delete entity, must remove users from group first.');
    }
    if (group.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (Object.keys(group.inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    groups.remove(call, group.name);
    return {};
  },
});

export const AddUserToGroup = operation<Named & { UserName: string }>({
  trail: { seen: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html' },
  handle(input, call) {
    const group = found(groups, call, 'group', input.GroupName);
    const user = found(users, call, 'user', input.UserName);
    users.put(call, user.name, { ...user, groups: [...new Set([...user.groups, group.name])] });
    return {};
  },
});

export const RemoveUserFromGroup = operation<Named & { UserName: string }>({
  handle(input, call) {
    const group = found(groups, call, 'group', input.GroupName);
    const user = found(users, call, 'user', input.UserName);
    users.put(call, user.name, { ...user, groups: user.groups.filter((name) => name !== group.name) });
    return {};
  },
});

export const ListGroupsForUser = operation<{ UserName: string } & PageInput>({
  handle(input, call) {
    const user = found(users, call, 'user', input.UserName);
    const rows = user.groups.map((name) => [name, found(groups, call, 'group', name)] as const);
    return page(rows, input, 'Groups', render);
  },
});

export function render(group: Group) {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: group.arn,
    CreateDate: new Date(group.createdAt),
  };
}
