import type { Entry, Override, Overrides } from '../table.ts';
import { textAt } from './members.ts';

type Input = Readonly<Record<string, unknown>>;
const absent = (what: string) => ({ from: 'absent', why: `${what} is not built.` }) as const;

export const iam: Overrides = {
  operations: {
    CreateUser: created('user', 'UserNameWithPath', 'UserName'),
    CreateGroup: created('group', 'GroupNameWithPath', 'GroupName'),
    CreateRole: created('role', 'RoleNameWithPath', 'RoleName'),
    CreateInstanceProfile: created('instance-profile', 'InstanceProfileNameWithPath', 'InstanceProfileName'),
    CreatePolicy: created('policy', 'PolicyNameWithPath', 'PolicyName'),
    CreateVirtualMFADevice: created('mfa', 'MfaTokenIdWithPath', 'VirtualMFADeviceName'),
    UploadServerCertificate: created('server-certificate', 'CertificateNameWithPath', 'ServerCertificateName'),
    UpdateUser: renamed('iam:UpdateUser', 'user', 'UserNameWithPath', 'NewUserName'),
    UpdateGroup: renamed('iam:UpdateGroup', 'group', 'GroupNameWithPath', 'NewGroupName'),
    CreateOpenIDConnectProvider: {
      why: 'The name in the ARN is the URL without its scheme. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html',
      change: { r: [['oidc-provider!', { OidcProviderName: 'Provider' }]], u: [] },
      with: (input) => ({ Provider: textAt(input, 'Url')?.replace(/^https:\/\//, '') }),
    },
    CreateSAMLProvider: {
      why: 'The ARN ends in Name. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html',
      change: { r: [['saml-provider!', { SamlProviderName: 'Name' }]] },
    },
    CreateServiceLinkedRole: {
      why: 'The service decides name and path of the role. https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html',
      change: { r: [['role!', '@iam:service-linked-role:AWSServiceName']], u: [] },
    },
    GetServiceLinkedRoleDeletionStatus: {
      why: 'The task id holds path and name of the role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html',
      change: { r: [['role!', { RoleNameWithPath: 'Role' }]], u: [] },
      with: (input) => ({ Role: /^task\/(.+)\/[^/]+$/.exec(textAt(input, 'DeletionTaskId') ?? '')?.[1] }),
    },
    ChangePassword: {
      why: "Always the caller's own. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html",
      change: { r: [['user!', '@caller']], u: [] },
    },
    GetAccessKeyLastUsed: {
      why: 'The resource is the user who has the key. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html',
      change: { r: [['user!', '@iam:access-key-owner:AccessKeyId']], u: [] },
    },
    AddRoleToInstanceProfile: {
      why: 'Also needs iam:PassRole. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html',
      adds: [
        {
          a: 'iam:PassRole',
          if: 'RoleName',
          r: [['role!', '@iam:role:RoleName']],
          k: { 'iam:PassedToService': '=ec2.amazonaws.com' },
        },
      ],
    },
    ListUsers: under('user'),
    ListGroups: under('group'),
    ListRoles: under('role'),
    ListInstanceProfiles: under('instance-profile'),
    ListServerCertificates: under('server-certificate'),
    ListVirtualMFADevices: under('mfa'),
    SimulatePrincipalPolicy: ofArn('PolicySourceArn'),
    GetContextKeysForPrincipalPolicy: ofArn('PolicySourceArn'),
    ListPoliciesGrantingServiceAccess: ofArn('Arn'),
    GenerateServiceLastAccessedDetails: ofArn('Arn'),
  },
  keys: {
    'iam:PermissionsBoundary': { from: 'state', why: 'The boundary that the user or role has.' },
    'iam:RoleTemplateARN': absent('A role template'),
    'iam:TemplateArn': absent('A role template'),
    'iam:DelegationDuration': absent('A delegation request'),
    'iam:DelegationRequestOwner': absent('A delegation request'),
    'iam:AccountPropertyNamespaces': absent('An account property'),
    'iam:ServiceSpecificCredentialAgeDays': { from: 'state', why: 'Of the credential named.' },
    'iam:ServiceSpecificCredentialServiceName': { from: 'state', why: 'Of the credential named.' },
    'iam:FIDO-FIPS-140-2-certification': absent('A FIDO device'),
    'iam:FIDO-FIPS-140-3-certification': absent('A FIDO device'),
    'iam:FIDO-certification': absent('A FIDO device'),
    'iam:RegisterSecurityKey': absent('A FIDO device'),
    'iam:AssociatedResourceArn': absent('A PassRole for a named resource'),
  },
};

/** A new thing has the path of the input; state knows it only afterwards. */
function created(type: string, variable: string, member: string): Override {
  return {
    why: `The ARN of a new ${type} is made of Path and ${member}. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html`,
    change: { r: [[`${type}!`, { [variable]: 'Pathed' }]], u: [] },
    with: (input) => ({ Pathed: pathed(input, 'Path', member) }),
  };
}

function renamed(action: string, type: string, variable: string, member: string): Override {
  const target: Entry = { a: action, if: member, r: [[`${type}!`, { [variable]: 'Pathed' }]] };
  return {
    why: 'A renaming needs the permission on the old and on the new name. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html',
    adds: [target],
    with: (input) => ({ Pathed: pathed(input, 'NewPath', member) }),
  };
}

function pathed(input: Input, path: string, member: string): string | undefined {
  const name = textAt(input, member);
  return name === undefined ? undefined : `${(textAt(input, path) ?? '/').slice(1)}${name}`;
}

/** A policy for `arn:aws:iam::*:*` lets list, so that what is asked for is not «*». */
function under(type: string): Override {
  return {
    why: 'The resource is the path under which is listed, as refusals show it; observed. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_permissions-required.html',
    change: { r: [[`=arn:\${Partition}:iam::\${Account}:${type}\${Under}`, { Under: 'Under' }]] },
    with: (input) => ({ Under: textAt(input, 'PathPrefix') ?? '/' }),
  };
}

function ofArn(member: string): Override {
  return {
    why: `${member} is the user, group, role or policy itself. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html`,
    change: { r: [['!', member]], u: [] },
  };
}
