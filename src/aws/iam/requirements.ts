import type { Principal } from './principal.ts';

/**
 * What AWS's services ask for beyond the general rules.
 */

/**
 * Roles and KMS keys always have a policy, and without its consent nobody's own permissions count.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
 */
export function needsResourcePolicy(action: string, resource: string): boolean {
  if (action.startsWith('kms:')) return /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource);
  return action.startsWith('sts:') && /^arn:[^:]*:iam:[^:]*:[^:]*:role\//.test(resource);
}

/**
 * «No permissions are required», and policies that deny it have no effect.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export function needsNoPermission(principal: Principal, action: string): string | undefined {
  if (action === 'sts:getcalleridentity' && 'account' in principal) return 'GetCallerIdentity needs no permission';
  const isUser = principal.kind === 'user' || principal.kind === 'root';
  return action === 'sts:getsessiontoken' && isUser ? 'GetSessionToken needs no permission' : undefined;
}

/** Why the caller may never make this call, whatever the policies say. */
export function neverMay(principal: Principal, action: string): string | undefined {
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  if (principal.kind === 'root' && action === 'sts:assumerole') return 'Roles may not be assumed by root accounts.';
  return undefined;
}

/**
 * The root user of a bucket's account can always repair its policy, even where the policy denies it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
export function overridesResourceDeny(principal: Principal, action: string, resourceAccount: string): boolean {
  return principal.kind === 'root' && principal.account === resourceAccount && bucketPolicyActions.has(action);
}

const bucketPolicyActions = new Set(['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy']);

/**
 * Organisation policies do not touch service-linked roles.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function isServiceLinked(principal: Principal, roleArn: string | undefined): boolean {
  const arn = principal.kind === 'role' ? principal.arn : roleArn;
  if (arn !== undefined) return /^arn:[^:]*:iam::\d*:role\/aws-service-role\//.test(arn);
  // A session's ARN has no path; where nothing tells it, only the name does.
  return principal.kind === 'assumed-role' && principal.roleName.startsWith('AWSServiceRoleFor');
}
