import type { Detector } from '../detector.ts';
import { maliciousIpCallerCustom } from './command-and-control/listed-peers.ts';
import { sshBruteForce } from './credential-access/ssh-brute-force.ts';
import { blockPublicAccessDisabled } from './defense-evasion/block-public-access-disabled.ts';
import { defenceDisabled } from './defense-evasion/defence-disabled.ts';
import { loggingStopped } from './defense-evasion/logging-stopped.ts';
import { newRegion } from './defense-evasion/new-region.ts';
import { passwordPolicyChange } from './defense-evasion/password-policy-change.ts';
import { instancesEntered } from './execution/instances-entered.ts';
import { bucketOpened } from './exfiltration/bucket-opened.ts';
import { sharedOutside } from './exfiltration/shared-outside.ts';
import { dataAtRisk } from './impact/data-at-risk.ts';
import { mailMisused } from './impact/mail-misused.ts';
import { databasesOpened } from './initial-access/databases-opened.ts';
import { listedCallers } from './initial-access/listed-callers.ts';
import { functionsChanged } from './persistence/functions-changed.ts';
import { iamCredentials } from './persistence/iam-credentials.ts';
import { newUserMadeAdministrator } from './persistence/new-user-made-administrator.ts';
import { portsOpened } from './persistence/ports-opened.ts';
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
  ...instancesEntered,
  ...bucketOpened,
  ...sharedOutside,
  ...dataAtRisk,
  ...mailMisused,
  ...databasesOpened,
  ...listedCallers,
  ...functionsChanged,
  ...iamCredentials,
  newUserMadeAdministrator,
  ...portsOpened,
  ...iamGrants,
];
