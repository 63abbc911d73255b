import type { Words } from '../../../model/words.ts';
import { byColleague, byPipeline, byWorkload } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';

// Before data is destroyed, what would bring it back is taken away.

const retired: Words = {
  en: 'Something old is retired, or its copies are tidied up.',
  ja: '古いシステムを廃止している場合や、コピーを整理している場合。',
};
const snapshot = ['requestParameters.dBSnapshotIdentifier', 'requestParameters.dBClusterSnapshotIdentifier'] as const;
const database = ['requestParameters.dBInstanceIdentifier', 'requestParameters.dBClusterIdentifier'] as const;
const protection = 'requestParameters.deletionProtection';
const vault = ['requestParameters.backupVaultName', 'requestParameters.recoveryPointArn'] as const;

export const recoveryPrevented: readonly Detector[] = [
  onCall({
    type: 'Custom:RDSDatabase/DeletionProtectionOff',
    title: {
      en: 'A database is no longer protected against deletion',
      ja: 'データベースの削除保護が無効化されました',
    },
    advice: {
      en: 'Ask who wants to delete the database. If nobody does, switch the protection on again and see that its backups are there.',
      ja: '削除の予定があるか確認し、なければ保護を再度有効にしてバックアップの有無を確かめてください。',
    },
    falsePositives: retired,
    severity: (seen) => (byPipeline(seen) || byColleague(seen) ? 2 : 5),
    technique: 'T1490',
    calls: 'rds:ModifyDBInstance rds:ModifyDBCluster',
    target: database,
    reads: [protection],
    when: (seen) => seen.flag(protection) === false,
    fires: {
      'of an instance': { request: { dBInstanceIdentifier: 'd', deletionProtection: false } },
      'of a cluster': {
        name: 'rds:ModifyDBCluster',
        request: { dBClusterIdentifier: 'c', deletionProtection: false },
      },
    },
    stays: {
      'it is switched on': { request: { dBInstanceIdentifier: 'd', deletionProtection: true } },
      'something else is changed': { request: { dBInstanceIdentifier: 'd', allocatedStorage: 200 } },
    },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:RDSSnapshot/Deleted',
      title: { en: 'A database snapshot was deleted', ja: 'データベースのスナップショットが削除されました' },
      advice: {
        en: 'Ask whether the snapshot was to go. If not, see which other copies there are, and protect them.',
        ja: '削除予定だったか確認し、違う場合は残っているコピーを確かめて保護してください。',
      },
      falsePositives: retired,
      severity: 2,
      technique: 'T1490',
      calls: 'rds:DeleteDBSnapshot rds:DeleteDBClusterSnapshot',
      target: snapshot,
      when: (seen) => !byPipeline(seen) && !byWorkload(seen),
      fires: {
        'of an instance': { request: { dBSnapshotIdentifier: 's' } },
        'of a cluster': { name: 'rds:DeleteDBClusterSnapshot', request: { dBClusterSnapshotIdentifier: 's' } },
      },
      stays: {
        'they are listed': { name: 'rds:DescribeDBSnapshots' },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { dBSnapshotIdentifier: 's' } },
      },
    }),
    { name: 'rds:DeleteDBSnapshot', request: { dBSnapshotIdentifier: 's' } },
  ),
  onCall({
    type: 'Custom:Backup/Deleted',
    title: { en: 'Backups or their vault were deleted', ja: 'バックアップまたはその保管庫が削除されました' },
    advice: {
      en: 'Stop the caller, see what is left in other vaults and accounts, and lock those.',
      ja: '呼び出し元を停止し、他のボールトやアカウントに残るバックアップを確認してロックしてください。',
    },
    falsePositives: retired,
    severity: (seen) => (byPipeline(seen) ? 2 : 5),
    technique: 'T1490',
    calls: `backup:DeleteRecoveryPoint backup:DeleteBackupVault backup:DeleteBackupVaultLockConfiguration
      backup:DeleteBackupPlan backup:DisassociateRecoveryPoint dynamodb:DeleteBackup fsx:DeleteBackup
      redshift:DeleteClusterSnapshot elasticache:DeleteSnapshot`,
    target: vault,
    fires: {
      'a recovery point': { request: { backupVaultName: 'v', recoveryPointArn: 'arn:aws:backup:::r' } },
      'the lock of a vault': { name: 'backup:DeleteBackupVaultLockConfiguration', request: { backupVaultName: 'v' } },
    },
    stays: { 'they are listed': { name: 'backup:ListRecoveryPointsByBackupVault' } },
  }),
];
