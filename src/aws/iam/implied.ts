import { parseArn } from '../arn.ts';
import type { Principal } from './principal.ts';

/**
 * Global keys that follow from who calls and what is called, for requests that do not give them.
 * What depends on time, network or state (`aws:CurrentTime`, `aws:SourceIp`, tags ...) is never made up.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export function impliedKey(
  key: string,
  principal: Principal,
  resourceAccount: string,
): readonly [string, ...string[]] | undefined {
  const value = implied(key, principal, resourceAccount);
  return value === undefined || value === '' ? undefined : [value];
}

function implied(key: string, principal: Principal, resourceAccount: string): string | undefined {
  switch (key) {
    case 'aws:principalarn':
      return principalArn(principal);
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return 'account' in principal ? principal.account : undefined;
    case 'aws:principaltype':
      return principalTypes[principal.kind];
    case 'aws:userid':
      return userId(principal);
    case 'aws:username':
      return principal.kind === 'user' ? principal.userName : undefined;
    case 'aws:principalisawsservice':
      // Only signed requests carry it.
      return 'account' in principal || principal.kind === 'service' ? String(principal.kind === 'service') : undefined;
    case 'aws:principalservicename':
    case 'aws:principalservicenameslist':
      return principal.kind === 'service' ? principal.service : undefined;
    case 'aws:resourceaccount':
    case 's3:resourceaccount':
      return resourceAccount;
    default:
      return undefined;
  }
}

const principalTypes: Readonly<Record<Principal['kind'], string | undefined>> = {
  anonymous: 'Anonymous',
  service: undefined,
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  'assumed-role': 'AssumedRole',
  'federated-user': 'FederatedUser',
  provider: undefined,
};

/** Of a session the role's ARN; its path is unknown unless the principal tells it. */
function principalArn(principal: Principal): string | undefined {
  if (principal.kind === 'assumed-role') return principal.roleArn ?? roleArnOf(principal.arn, principal.roleName);
  return 'arn' in principal ? principal.arn : undefined;
}

function roleArnOf(sessionArn: string, roleName: string): string | undefined {
  const arn = parseArn(sessionArn);
  return arn && `arn:${arn.partition}:iam::${arn.account}:role/${roleName}`;
}

/** Users and roles have unique ids that their ARNs do not tell. */
function userId(principal: Principal): string | undefined {
  if (principal.kind === 'anonymous') return 'anonymous';
  if (principal.kind === 'root') return principal.account;
  return principal.kind === 'federated-user' ? `${principal.account}:${principal.name}` : undefined;
}
