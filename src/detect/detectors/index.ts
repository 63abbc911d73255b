import type { Detector } from '../detector.ts';
import { maliciousIpCallerCustom } from './command-and-control/listed-peers.ts';
import { sshBruteForce } from './credential-access/ssh-brute-force.ts';
import { blockPublicAccessDisabled } from './defense-evasion/block-public-access-disabled.ts';
import { defenceDisabled } from './defense-evasion/defence-disabled.ts';
import { loggingStopped } from './defense-evasion/logging-stopped.ts';
import { newRegion } from './defense-evasion/new-region.ts';
import { passwordPolicyChange } from './defense-evasion/password-policy-change.ts';
import { bucketOpened } from './exfiltration/bucket-opened.ts';
import { sharedOutside } from './exfiltration/shared-outside.ts';
import { listedCallers } from './initial-access/listed-callers.ts';
import { iamCredentials } from './persistence/iam-credentials.ts';
import { newUserMadeAdministrator } from './persistence/new-user-made-administrator.ts';
import { iamGrants } from './privilege-escalation/iam-grants.ts';

/** The pack. One line a file; a file that owns a family spreads its table. */
export const pack: readonly Detector[] = [
  maliciousIpCallerCustom,
  sshBruteForce,
  ...blockPublicAccessDisabled,
  ...defenceDisabled,
  ...loggingStopped,
  newRegion,
  passwordPolicyChange,
  ...bucketOpened,
  ...sharedOutside,
  ...listedCallers,
  ...iamCredentials,
  newUserMadeAdministrator,
  ...iamGrants,
];
