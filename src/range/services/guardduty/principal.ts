import type { Caller } from '../../caller.ts';
import type { Preparation } from '../../operation.ts';
import { linkedRole } from '../iam/service-linked-roles.ts';

export const principal = 'guardduty.amazonaws.com';

/** GuardDuty acting by its service-linked role. The role gone, it may do nothing. */
export function serviceSession({ call }: Preparation): Caller {
  const { account, time, ids } = call;
  const role = linkedRole(principal, call) ?? { id: '', name: '', arn: '' };
  return {
    kind: 'assumed-role',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role.name}/GuardDuty`,
    roleArn: role.arn,
    roleId: role.id,
    roleName: role.name,
    sessionName: 'GuardDuty',
    accessKeyId: `ASIA${ids.base32(16)}`,
    session: { issuedAt: time, expiresAt: time + 3_600_000, mfa: false },
  };
}
