import { AwsError } from '../../../aws/error.ts';
import type { ReadScope } from '../../operation.ts';
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
  tagsOf,
} from './entity.ts';
import { render as renderRole } from './roles.ts';
import { type InstanceProfile, instanceProfiles, roles } from './tables.ts';

interface Named {
  readonly InstanceProfileName: string;
}

export const CreateInstanceProfile = operation<Named & { Path?: string; Tags?: readonly TagInput[] }>({
  handle(input, call) {
    const path = input.Path ?? '/';
    const name = input.InstanceProfileName;
    if (nameTaken(instanceProfiles, call, name)) throw alreadyExists('Instance Profile', name);
    const profile: InstanceProfile = {
      name,
      id: `AIPA${call.ids.base32(17)}`,
      arn: arnOf(call, 'instance-profile', path, name),
      path,
      createdAt: call.time,
      tags: tagsOf(input.Tags),
    };
    instanceProfiles.put(call, name, profile);
    return { InstanceProfile: render(profile, call) };
  },
});

export const GetInstanceProfile = operation<Named>({
  handle: (input, call) => ({ InstanceProfile: render(of(call, input.InstanceProfileName), call) }),
});

export const ListInstanceProfiles = operation<PageInput & { PathPrefix?: string }>({
  handle(input, call) {
    const rows = [...instanceProfiles.list(call)].filter(([, profile]) =>
      profile.path.startsWith(input.PathPrefix ?? '/'),
    );
    return page(rows, input, 'InstanceProfiles', (profile: InstanceProfile) => render(profile, call));
  },
});

export const ListInstanceProfilesForRole = operation<{ RoleName: string } & PageInput>({
  handle(input, call) {
    found(roles, call, 'role', input.RoleName);
    const rows = [...instanceProfiles.list(call)].filter(([, profile]) => profile.role === input.RoleName);
    return page(rows, input, 'InstanceProfiles', (profile: InstanceProfile) => render(profile, call));
  },
});

export const AddRoleToInstanceProfile = operation<Named & { RoleName: string }>({
  handle(input, call) {
    const profile = of(call, input.InstanceProfileName);
    const role = found(roles, call, 'role', input.RoleName);
    if (profile.role !== undefined) {
      throw new AwsError('LimitExceeded', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1', {
        status: 409,
      });
    }
    instanceProfiles.put(call, profile.name, { ...profile, role: role.name });
    return {};
  },
});

export const RemoveRoleFromInstanceProfile = operation<Named & { RoleName: string }>({
  handle(input, call) {
    const profile = of(call, input.InstanceProfileName);
    if (profile.role !== input.RoleName) {
      throw new AwsError(
        'NoSuchEntity',
        `Role ${input.RoleName} in instance profile ${profile.name} cannot be found.`,
        { status: 404 },
      );
    }
    const { role: _, ...bare } = profile;
    instanceProfiles.put(call, profile.name, bare);
    return {};
  },
});

export const DeleteInstanceProfile = operation<Named>({
  handle(input, call) {
    const profile = of(call, input.InstanceProfileName);
    if (profile.role !== undefined)
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    instanceProfiles.remove(call, profile.name);
    return {};
  },
});

function of(scope: ReadScope, name: string): InstanceProfile {
  const profile = instanceProfiles.get(scope, name);
  if (profile === undefined)
    throw new AwsError('NoSuchEntity', `Instance Profile ${name} cannot be found.`, { status: 404 });
  return profile;
}

export function render(profile: InstanceProfile, scope: ReadScope) {
  const role = profile.role === undefined ? undefined : roles.get(scope, profile.role);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: new Date(profile.createdAt),
    Roles: role === undefined ? [] : [renderRole(role)],
  };
}
