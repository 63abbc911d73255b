import { AwsError } from '../../../aws/error.ts';
import { operation } from '../../operation.ts';
import { awsManagedPolicies } from './aws-managed.ts';
import { policyDocument } from './documents.ts';
import { arnOf, deleteConflict, encodeDocument, type PageInput, page, type TagInput, tagsOf } from './entity.ts';
import { versionsPerPolicyMax } from './limits.ts';
import { attachments, awsPolicy, boundaryUses, ownPolicy, policyOf, render, versionOf } from './managed-policy.ts';
import { type ManagedPolicy, managedPolicies } from './tables.ts';

interface ByArn {
  readonly PolicyArn: string;
}

export const CreatePolicy = operation<{
  PolicyName: string;
  Path?: string;
  PolicyDocument: string;
  Description?: string;
  Tags?: readonly TagInput[];
}>({
  handle(input, call) {
    const path = input.Path ?? '/';
    const arn = arnOf(call, 'policy', path, input.PolicyName);
    if (managedPolicies.get(call, arn) !== undefined) {
      throw new AwsError(
        'EntityAlreadyExists',
        `A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`,
        { status: 409 },
      );
    }
    const policy: ManagedPolicy = {
      name: input.PolicyName,
      id: `ANPA${call.ids.base32(17)}`,
      arn,
      path,
      description: input.Description ?? '',
      createdAt: call.time,
      updatedAt: call.time,
      defaultVersion: 'v1',
      versions: [{ id: 'v1', document: policyDocument(input.PolicyDocument, 'identity'), createdAt: call.time }],
      versionsMade: 1,
      tags: tagsOf(input.Tags),
    };
    managedPolicies.put(call, arn, policy);
    return { Policy: render(policy, call) };
  },
});

export const GetPolicy = operation<ByArn>({
  handle: (input, call) => {
    const policy = policyOf(call, input.PolicyArn);
    return {
      Policy: { ...render(policy, call), ...(policy.description === '' ? {} : { Description: policy.description }) },
    };
  },
});

export const ListPolicies = operation<PageInput & { Scope?: string; OnlyAttached?: boolean; PathPrefix?: string }>({
  handle(input, call) {
    const scope = input.Scope ?? 'All';
    const own = scope === 'AWS' ? [] : [...managedPolicies.list(call)];
    const aws = scope === 'Local' ? [] : Object.keys(awsManagedPolicies).map((arn) => [arn, awsPolicy(arn)!] as const);
    const rows = [...own, ...aws].filter(
      ([arn, policy]) =>
        policy.path.startsWith(input.PathPrefix ?? '/') &&
        (input.OnlyAttached !== true || attachments(call, arn).count > 0),
    );
    return page(rows, input, 'Policies', (policy: ManagedPolicy) => render(policy, call));
  },
});

export const DeletePolicy = operation<ByArn>({
  handle(input, call) {
    const policy = ownPolicy(call, input.PolicyArn);
    if (attachments(call, policy.arn).count > 0 || boundaryUses(call, policy.arn) > 0)
      throw deleteConflict('Cannot delete a policy attached to entities.');
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    managedPolicies.remove(call, policy.arn);
    return {};
  },
});

export const CreatePolicyVersion = operation<ByArn & { PolicyDocument: string; SetAsDefault?: boolean }>({
  handle(input, call) {
    const policy = ownPolicy(call, input.PolicyArn);
    if (policy.versions.length >= versionsPerPolicyMax) {
      throw new AwsError(
        'LimitExceeded',
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
        { status: 409 },
      );
    }
    const id = `v${policy.versionsMade + 1}`;
    const version = { id, document: policyDocument(input.PolicyDocument, 'identity'), createdAt: call.time };
    const changed = {
      ...policy,
      versions: [...policy.versions, version],
      versionsMade: policy.versionsMade + 1,
      updatedAt: call.time,
      defaultVersion: input.SetAsDefault === true ? id : policy.defaultVersion,
    };
    managedPolicies.put(call, policy.arn, changed);
    return {
      PolicyVersion: {
        VersionId: id,
        IsDefaultVersion: changed.defaultVersion === id,
        CreateDate: new Date(call.time),
      },
    };
  },
});

export const GetPolicyVersion = operation<ByArn & { VersionId: string }>({
  handle(input, call) {
    const policy = policyOf(call, input.PolicyArn);
    const version = versionOf(policy, input.VersionId);
    return {
      PolicyVersion: {
        Document: encodeDocument(version.document),
        VersionId: version.id,
        IsDefaultVersion: version.id === policy.defaultVersion,
        CreateDate: new Date(version.createdAt),
      },
    };
  },
});

export const ListPolicyVersions = operation<ByArn & PageInput>({
  handle(input, call) {
    const policy = policyOf(call, input.PolicyArn);
    return {
      Versions: [...policy.versions].reverse().map((version) => ({
        VersionId: version.id,
        IsDefaultVersion: version.id === policy.defaultVersion,
        CreateDate: new Date(version.createdAt),
      })),
      IsTruncated: false,
    };
  },
});

export const SetDefaultPolicyVersion = operation<ByArn & { VersionId: string }>({
  handle(input, call) {
    const policy = ownPolicy(call, input.PolicyArn);
    versionOf(policy, input.VersionId);
    managedPolicies.put(call, policy.arn, { ...policy, defaultVersion: input.VersionId, updatedAt: call.time });
    return {};
  },
});

export const DeletePolicyVersion = operation<ByArn & { VersionId: string }>({
  handle(input, call) {
    const policy = ownPolicy(call, input.PolicyArn);
    const version = versionOf(policy, input.VersionId);
    if (version.id === policy.defaultVersion) throw deleteConflict('Cannot delete the default version of a policy.');
    managedPolicies.put(call, policy.arn, {
      ...policy,
      versions: policy.versions.filter(({ id }) => id !== version.id),
    });
    return {};
  },
});

export const ListEntitiesForPolicy = operation<ByArn & PageInput>({
  handle(input, call) {
    const on = attachments(call, policyOf(call, input.PolicyArn).arn);
    return {
      PolicyUsers: on.users.map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyGroups: on.groups.map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyRoles: on.roles.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      IsTruncated: false,
    };
  },
});
