import type { Detector } from '../detector.ts';
import { maliciousIpCallerCustom } from './command-and-control/listed-peers.ts';
import { sshBruteForce } from './credential-access/ssh-brute-force.ts';
import { newRegion } from './defense-evasion/new-region.ts';
import { passwordPolicyChange } from './defense-evasion/password-policy-change.ts';
import { listedCallers } from './initial-access/listed-callers.ts';
import { newUserMadeAdministrator } from './persistence/new-user-made-administrator.ts';

/** The pack. One line a file; a file that owns a family spreads its table. */
export const pack: readonly Detector[] = [
  maliciousIpCallerCustom,
  sshBruteForce,
  newRegion,
  passwordPolicyChange,
  ...listedCallers,
  newUserMadeAdministrator,
];
