import type { Detector } from '../detector.ts';
import { maliciousIpCallerCustom } from './command-and-control/listed-peers.ts';
import { credentialsElsewhere } from './credential-access/credentials-elsewhere.ts';
import { secretsInBulk } from './credential-access/secrets-in-bulk.ts';
import { sshBruteForce } from './credential-access/ssh-brute-force.ts';
import { blockPublicAccessDisabled } from './defense-evasion/block-public-access-disabled.ts';
import { defenceDisabled } from './defense-evasion/defence-disabled.ts';
import { loggingStopped } from './defense-evasion/logging-stopped.ts';
import { newRegion } from './defense-evasion/new-region.ts';
import { passwordPolicyChange } from './defense-evasion/password-policy-change.ts';
import { permissionsTried } from './discovery/permissions-tried.ts';
import { commandsOnMany } from './execution/commands-on-many.ts';
import { instancesEntered } from './execution/instances-entered.ts';
import { bucketOpened } from './exfiltration/bucket-opened.ts';
import { sharedOutside } from './exfiltration/shared-outside.ts';
import { dataAtRisk } from './impact/data-at-risk.ts';
import { mailMisused } from './impact/mail-misused.ts';
import { objectsReencrypted } from './impact/objects-in-bulk.ts';
import { callersNoted } from './initial-access/callers-noted.ts';
import { consoleLogins } from './initial-access/console-logins.ts';
import { databasesOpened } from './initial-access/databases-opened.ts';
import { listedCallers } from './initial-access/listed-callers.ts';
import { unusualBehaviour } from './initial-access/unusual-behaviour.ts';
import { functionsChanged } from './persistence/functions-changed.ts';
import { iamCredentials } from './persistence/iam-credentials.ts';
import { newUserMadeAdministrator } from './persistence/new-user-made-administrator.ts';
import { portsOpened } from './persistence/ports-opened.ts';
import { iamGrants } from './privilege-escalation/iam-grants.ts';

/** The pack. One line a file; a file that owns a family spreads its table. */
export const pack: readonly Detector[] = [
  maliciousIpCallerCustom,
  ...credentialsElsewhere,
  ...secretsInBulk,
  sshBruteForce,
  ...blockPublicAccessDisabled,
  ...defenceDisabled,
  ...loggingStopped,
  newRegion,
  passwordPolicyChange,
  permissionsTried,
  commandsOnMany,
  ...instancesEntered,
  ...bucketOpened,
  ...sharedOutside,
  ...dataAtRisk,
  ...mailMisused,
  objectsReencrypted,
  ...callersNoted,
  ...consoleLogins,
  ...databasesOpened,
  ...listedCallers,
  ...unusualBehaviour,
  ...functionsChanged,
  ...iamCredentials,
  newUserMadeAdministrator,
  ...portsOpened,
  ...iamGrants,
];
