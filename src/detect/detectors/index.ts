import type { Detector } from '../detector.ts';
import { maliciousIpCallerCustom } from './command-and-control/listed-peers.ts';
import { sshBruteForce } from './credential-access/ssh-brute-force.ts';
import { blockPublicAccessDisabled } from './defense-evasion/block-public-access-disabled.ts';
import { newRegion } from './defense-evasion/new-region.ts';
import { passwordPolicyChange } from './defense-evasion/password-policy-change.ts';
import { bucketOpened } from './exfiltration/bucket-opened.ts';
import { listedCallers } from './initial-access/listed-callers.ts';
import { newUserMadeAdministrator } from './persistence/new-user-made-administrator.ts';

/** The pack. One line a file; a file that owns a family spreads its table. */
export const pack: readonly Detector[] = [
  maliciousIpCallerCustom,
  sshBruteForce,
  ...blockPublicAccessDisabled,
  newRegion,
  passwordPolicyChange,
  ...bucketOpened,
  ...listedCallers,
  newUserMadeAdministrator,
];
