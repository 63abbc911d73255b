import { AwsError } from '../../../aws/error.ts';
import type { ReadScope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { render } from './roles.ts';
import { type Role, roles } from './tables.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html */
const names: Readonly<Record<string, string>> = {
  'guardduty.amazonaws.com': 'AWSServiceRoleForAmazonGuardDuty',
  'inspector2.amazonaws.com': 'AWSServiceRoleForAmazonInspector2',
  'macie.amazonaws.com': 'AWSServiceRoleForAmazonMacie',
  'securityhub.amazonaws.com': 'AWSServiceRoleForSecurityHub',
  'config.amazonaws.com': 'AWSServiceRoleForConfig',
  'ssm.amazonaws.com': 'AWSServiceRoleForAmazonSSM',
  'cloudtrail.amazonaws.com': 'AWSServiceRoleForCloudTrail',
  'organizations.amazonaws.com': 'AWSServiceRoleForOrganizations',
};

export const CreateServiceLinkedRole = operation<{
  AWSServiceName: string;
  Description?: string;
  CustomSuffix?: string;
}>({
  handle(input, call) {
    const name = names[input.AWSServiceName];
    if (name === undefined) {
      throw new AwsError(
        'InvalidInput',
        `Service linked role is not supported in this range for ${input.AWSServiceName}`,
        { status: 400 },
      );
    }
    if (input.CustomSuffix !== undefined) {
      throw new AwsError('InvalidInput', `Custom suffix is not allowed for ${input.AWSServiceName}`, { status: 400 });
    }
    if (roles.get(call, name) !== undefined) {
      throw new AwsError(
        'InvalidInput',
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
        { status: 400 },
      );
    }
    const path = `/aws-service-role/${input.AWSServiceName}/`;
    const role: Role = {
      name,
      id: `AROA${call.ids.base32(17)}`,
      arn: linkedRoleArn(input.AWSServiceName, call.account),
      path,
      createdAt: call.time,
      inline: {},
      attached: [],
      trust: {
        Version: '2012-10-17',
        Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [input.AWSServiceName] } }],
      },
      description: input.Description ?? '',
      maxSessionSeconds: 3600,
      tags: {},
    };
    roles.put(call, name, role);
    return { Role: render(role) };
  },
});

/** The service decides path and name; of a service that has no such role nobody knows the name. */
export function linkedRoleArn(service: string, account: string): string {
  return `arn:aws:iam::${account}:role/aws-service-role/${service}/${names[service] ?? 'AWSServiceRoleFor'}`;
}

export const DeleteServiceLinkedRole = operation<{ RoleName: string }>({
  handle(input, call) {
    const role = roles.get(call, input.RoleName);
    if (role === undefined || !role.path.startsWith('/aws-service-role/')) {
      throw new AwsError('NoSuchEntity', `The role with name ${input.RoleName} cannot be found.`, { status: 404 });
    }
    roles.remove(call, role.name);
    return { DeletionTaskId: `task${role.path}${role.name}/${call.ids.uuid()}` };
  },
});

/** Deletion is done at once, so a task that was given out has succeeded. */
export const GetServiceLinkedRoleDeletionStatus = operation<{ DeletionTaskId: string }>({
  handle: () => ({ Status: 'SUCCEEDED' }),
});

/**
 * For services that work by a role of their own, whose sessions they make: asking by a call would leave a record that AWS
 * does not write.
 */
export function linkedRole(service: string, scope: ReadScope): Pick<Role, 'id' | 'name' | 'arn'> | undefined {
  return roles.get(scope, names[service] ?? '');
}
