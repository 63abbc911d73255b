import type { Detector } from '../detector.ts';
import { bucketsByStrangers } from './collection/buckets-by-strangers.ts';
import { listedPeers } from './command-and-control/listed-peers.ts';
import { namesAsked } from './command-and-control/names-asked.ts';
import { tellingNames } from './command-and-control/telling-names.ts';
import { credentialsElsewhere } from './credential-access/credentials-elsewhere.ts';
import { hostLogins } from './credential-access/host-logins.ts';
import { passwordGuessing } from './credential-access/password-guessing.ts';
import { secretsInBulk } from './credential-access/secrets-in-bulk.ts';
import { blockPublicAccessDisabled } from './defense-evasion/block-public-access-disabled.ts';
import { defenceDisabled } from './defense-evasion/defence-disabled.ts';
import { findingsHidden } from './defense-evasion/findings-hidden.ts';
import { firewallsRemoved } from './defense-evasion/firewalls-removed.ts';
import { logBucketDeleted } from './defense-evasion/log-bucket-deleted.ts';
import { loggingStopped } from './defense-evasion/logging-stopped.ts';
import { monitoringSilenced } from './defense-evasion/monitoring-silenced.ts';
import { newRegion } from './defense-evasion/new-region.ts';
import { organisationWeakened } from './defense-evasion/organisation-weakened.ts';
import { passwordPolicyChange } from './defense-evasion/password-policy-change.ts';
import { protectionsOff } from './defense-evasion/protections-off.ts';
import { serviceLogsStopped } from './defense-evasion/service-logs-stopped.ts';
import { accountsExplored } from './discovery/accounts-explored.ts';
import { permissionsTried } from './discovery/permissions-tried.ts';
import { scans } from './discovery/scans.ts';
import { workloadLooksAround } from './discovery/workload-looks-around.ts';
import { commandsOnMany } from './execution/commands-on-many.ts';
import { containersEntered } from './execution/containers-entered.ts';
import { instancesEntered } from './execution/instances-entered.ts';
import { bucketOpened } from './exfiltration/bucket-opened.ts';
import { carriedAway } from './exfiltration/carried-away.ts';
import { objectsOpened } from './exfiltration/objects-opened.ts';
import { policiesOpened } from './exfiltration/policies-opened.ts';
import { sharedOutside } from './exfiltration/shared-outside.ts';
import { trafficVolume } from './exfiltration/traffic-volume.ts';
import { unusualFlows } from './exfiltration/unusual-flows.ts';
import { billsRunUp } from './impact/bills-run-up.ts';
import { costHarvesting } from './impact/cost-harvesting.ts';
import { dataAtRisk } from './impact/data-at-risk.ts';
import { floods } from './impact/floods.ts';
import { lockedOut } from './impact/locked-out.ts';
import { mailMisused } from './impact/mail-misused.ts';
import { modelsOpened } from './impact/models-opened.ts';
import {
  objectReencryptedInPlace,
  objectsDeleted,
  objectsHeldToRansom,
  objectsReencrypted,
} from './impact/objects-in-bulk.ts';
import { promptInjection } from './impact/prompt-injection.ts';
import { recoveryPrevented } from './impact/recovery-prevented.ts';
import { recoveryWeakened } from './impact/recovery-weakened.ts';
import { resourcesDestroyed } from './impact/resources-destroyed.ts';
import { applicationsAttacked } from './initial-access/applications-attacked.ts';
import { callersNoted } from './initial-access/callers-noted.ts';
import { colleagueElsewhere } from './initial-access/colleague-elsewhere.ts';
import { consoleLogins } from './initial-access/console-logins.ts';
import { databasesOpened } from './initial-access/databases-opened.ts';
import { exploitsAnswered } from './initial-access/exploits-answered.ts';
import { frontDoors } from './initial-access/front-doors.ts';
import { keyQuarantined } from './initial-access/key-quarantined.ts';
import { listedCallers } from './initial-access/listed-callers.ts';
import { listedClients } from './initial-access/listed-clients.ts';
import { pipelinesElsewhere } from './initial-access/pipelines-elsewhere.ts';
import { signInsFailed } from './initial-access/sign-ins-failed.ts';
import { strangers } from './initial-access/strangers.ts';
import { unusualBehaviour } from './initial-access/unusual-behaviour.ts';
import { warehousesOpened } from './initial-access/warehouses-opened.ts';
import { accountTakenOver } from './persistence/account-taken-over.ts';
import { changedByHand } from './persistence/changed-by-hand.ts';
import { credentialsAdded } from './persistence/credentials-added.ts';
import { doorsOpened } from './persistence/doors-opened.ts';
import { functionsChanged } from './persistence/functions-changed.ts';
import { hostAccounts } from './persistence/host-accounts.ts';
import { iamCredentials } from './persistence/iam-credentials.ts';
import { identityCenter } from './persistence/identity-center.ts';
import { networkAclOpened } from './persistence/network-acl-opened.ts';
import { newUserMadeAdministrator } from './persistence/new-user-made-administrator.ts';
import { portsOpened } from './persistence/ports-opened.ts';
import { userPools } from './persistence/user-pools.ts';
import { iamGrants } from './privilege-escalation/iam-grants.ts';
import { roadsToPower } from './privilege-escalation/roads-to-power.ts';
import { applicationsProbed } from './reconnaissance/applications-probed.ts';

/** The pack. One line a file; a file that owns a family spreads its table. */
export const pack: readonly Detector[] = [
  ...listedPeers,
  ...namesAsked,
  ...credentialsElsewhere,
  ...hostLogins,
  ...passwordGuessing,
  ...secretsInBulk,
  ...blockPublicAccessDisabled,
  ...defenceDisabled,
  logBucketDeleted,
  ...loggingStopped,
  newRegion,
  passwordPolicyChange,
  permissionsTried,
  ...scans,
  workloadLooksAround,
  commandsOnMany,
  ...instancesEntered,
  ...bucketOpened,
  ...sharedOutside,
  trafficVolume,
  ...unusualFlows,
  costHarvesting,
  ...dataAtRisk,
  ...floods,
  ...mailMisused,
  modelsOpened,
  objectsHeldToRansom,
  objectsDeleted,
  objectReencryptedInPlace,
  objectsReencrypted,
  ...recoveryPrevented,
  promptInjection,
  ...callersNoted,
  ...consoleLogins,
  ...signInsFailed,
  ...databasesOpened,
  ...frontDoors,
  keyQuarantined,
  ...listedCallers,
  ...listedClients,
  colleagueElsewhere,
  ...pipelinesElsewhere,
  ...strangers,
  ...unusualBehaviour,
  ...changedByHand,
  ...functionsChanged,
  ...iamCredentials,
  networkAclOpened,
  newUserMadeAdministrator,
  ...portsOpened,
  ...iamGrants,
  ...monitoringSilenced,
  ...findingsHidden,
  ...firewallsRemoved,
  ...serviceLogsStopped,
  ...protectionsOff,
  ...organisationWeakened,
  ...accountTakenOver,
  ...identityCenter,
  ...userPools,
  ...credentialsAdded,
  ...doorsOpened,
  ...roadsToPower,
  ...policiesOpened,
  ...carriedAway,
  ...objectsOpened,
  ...resourcesDestroyed,
  ...lockedOut,
  ...recoveryWeakened,
  ...billsRunUp,
  ...containersEntered,
  ...accountsExplored,
  ...warehousesOpened,
  ...applicationsAttacked,
  ...exploitsAnswered,
  ...applicationsProbed,
  ...bucketsByStrangers,
  ...tellingNames,
  ...hostAccounts,
];
