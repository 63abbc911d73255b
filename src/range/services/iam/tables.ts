import type { JsonObject } from '../../../model/json.ts';
import { table } from '../../table.ts';

/** What users, groups and roles have in common. Inline policies by name; attached ones by ARN. Times are epoch ms. */
export interface Principal {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt: number;
  readonly inline: Readonly<Record<string, JsonObject>>;
  readonly attached: readonly string[];
}

export interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
}

export interface User extends Principal, Tagged {
  readonly boundary?: string;
  readonly groups: readonly string[];
  readonly accessKeys: readonly { readonly id: string; readonly active: boolean; readonly createdAt: number }[];
  readonly loginProfile?: {
    readonly passwordHash: string;
    readonly createdAt: number;
    readonly resetRequired: boolean;
  };
}

export interface Role extends Principal, Tagged {
  readonly boundary?: string;
  readonly trust: JsonObject;
  readonly description: string;
  readonly maxSessionSeconds: number;
}

export type Group = Principal;

export interface PolicyVersion {
  readonly id: string;
  readonly document: JsonObject;
  readonly createdAt: number;
}

export interface ManagedPolicy extends Tagged {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly description: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly defaultVersion: string;
  readonly versions: readonly PolicyVersion[];
  /** Versions ever made: ids are not reused. */
  readonly versionsMade: number;
}

export interface InstanceProfile extends Tagged {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt: number;
  readonly role?: string;
}

export interface PasswordPolicy {
  readonly [member: string]: boolean | number;
}

export const users = table<User>('iam', 'user', 'global');
export const groups = table<Group>('iam', 'group', 'global');
export const roles = table<Role>('iam', 'role', 'global');
/** By ARN. */
export const managedPolicies = table<ManagedPolicy>('iam', 'policy', 'global');
export const instanceProfiles = table<InstanceProfile>('iam', 'instance-profile', 'global');
/** One row, id `account`. */
export const passwordPolicies = table<PasswordPolicy>('iam', 'password-policy', 'global');
export const accountAliases = table<{ readonly alias: string }>('iam', 'alias', 'global');
