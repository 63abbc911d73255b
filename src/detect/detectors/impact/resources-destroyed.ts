import type { Words } from '../../../model/words.ts';
import { byColleague, byPipeline, byWorkload, sessionOf, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onBurst } from '../../on-burst.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder } from '../../policies.ts';
import { thresholds } from '../../thresholds.ts';

const instances = 'requestParameters.instancesSet';
const advice: Words = {
  en: 'Stop the caller if nobody meant this, see what backups are left, and protect those.',
  ja: '意図した操作でなければ呼び出し元を停止し、残っているバックアップを確認して保護してください。',
};
const retired: Words = { en: 'A whole system is taken down.', ja: 'システム全体を撤去している場合。' };
const skipped = ['requestParameters.skipFinalSnapshot', 'requestParameters.skipFinalClusterSnapshot'] as const;
const force = 'requestParameters.forceDeleteWithoutRecovery';

const destroying = `ec2:TerminateInstances ec2:DeleteVolume ec2:DeleteSnapshot ec2:DeregisterImage rds:DeleteDBInstance
  rds:DeleteDBCluster rds:DeleteDBSnapshot rds:DeleteDBClusterSnapshot rds:DeleteDBInstanceAutomatedBackup
  dynamodb:DeleteTable dynamodb:DeleteBackup s3:DeleteBucket elasticfilesystem:DeleteFileSystem
  redshift:DeleteCluster redshift:DeleteClusterSnapshot lambda:DeleteFunction cloudformation:DeleteStack
  backup:DeleteRecoveryPoint ecr:DeleteRepository eks:DeleteCluster ecs:DeleteCluster
  elasticache:DeleteReplicationGroup es:DeleteElasticsearchDomain es:DeleteDomain secretsmanager:DeleteSecret
  kms:ScheduleKeyDeletion route53:DeleteHostedZone`;
const stopping = `ec2:StopInstances rds:StopDBInstance rds:StopDBCluster ec2:TerminateInstances ecs:DeleteService
  autoscaling:DeleteAutoScalingGroup lambda:DeleteFunctionConcurrency elasticloadbalancing:DeleteLoadBalancer`;

export const resourcesDestroyed: readonly Detector[] = [
  onBurst({
    type: 'Custom:Account/MassDeletion',
    title: {
      en: 'Many resources were deleted by one principal',
      ja: '一つのプリンシパルが多数のリソースを削除しました',
    },
    advice,
    falsePositives: retired,
    severity: (seen) => (byColleague(seen) ? 5 : 8),
    technique: 'T1485',
    calls: destroying,
    reads: [instances],
    when: (seen) => !byPipeline(seen) && !byWorkload(seen),
    attempts: false,
    key: sessionOf,
    weight: (seen) => Math.max(1, objectsUnder(seen.json(instances), 'items').length),
    most: thresholds.destroyed,
    example: (index) => ({
      name: destroying.split(/\s+/)[index % 9]!,
      request: { name: `r-${index}` },
    }),
    stays: { 'a pipeline takes down what it built': { by: 'pipeline:Deploy' } },
  }),
  onBurst({
    type: 'Custom:Account/MassStop',
    title: {
      en: 'Many services were stopped by one principal',
      ja: '一つのプリンシパルが多数のサービスを停止しました',
    },
    advice,
    falsePositives: { en: 'Test systems are switched off for the night.', ja: '検証環境を夜間に停止している場合。' },
    severity: (seen) => (byColleague(seen) ? 2 : 5),
    technique: 'T1489',
    calls: stopping,
    reads: [instances],
    when: (seen) => !byPipeline(seen) && !byWorkload(seen),
    attempts: false,
    key: sessionOf,
    weight: (seen) => Math.max(1, objectsUnder(seen.json(instances), 'items').length),
    most: thresholds.stopped,
    example: (index) => ({
      name: stopping.split(/\s+/)[index % 3]!,
      request: { name: `r-${index}` },
    }),
    stays: { 'a pipeline does it': { by: 'pipeline:Deploy' } },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:Database/Deleted',
      title: { en: 'A database was deleted', ja: 'データベースまたはファイルシステムが削除されました' },
      advice,
      falsePositives: retired,
      // Without a last snapshot there is no way back.
      severity: (seen) => (skipped.some((path) => seen.flag(path) === true) ? 5 : 2),
      technique: 'T1485',
      calls: `rds:DeleteDBInstance rds:DeleteDBCluster rds:DeleteGlobalCluster rds:DeleteDBInstanceAutomatedBackup
        redshift:DeleteCluster dynamodb:DeleteTable elasticfilesystem:DeleteFileSystem elasticache:DeleteReplicationGroup
        es:DeleteElasticsearchDomain es:DeleteDomain`,
      target: [
        'requestParameters.dBInstanceIdentifier',
        'requestParameters.dBClusterIdentifier',
        'requestParameters.clusterIdentifier',
        'requestParameters.tableName',
        'requestParameters.fileSystemId',
        'requestParameters.domainName',
        'requestParameters.dbiResourceId',
      ],
      reads: skipped,
      when: unreviewed,
      fires: {
        'without a last snapshot': { request: { dBInstanceIdentifier: 'orders', skipFinalSnapshot: true } },
        'a table': { name: 'dynamodb:DeleteTable', request: { tableName: 'orders' } },
      },
      stays: {
        'it is stopped': { name: 'rds:StopDBInstance', request: { dBInstanceIdentifier: 'orders' } },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { dBInstanceIdentifier: 'orders' } },
      },
    }),
    { name: 'rds:DeleteDBInstance', request: { dBInstanceIdentifier: 'orders', skipFinalSnapshot: true } },
  ),
  onCall({
    type: 'Custom:Secret/DeletedAtOnce',
    title: { en: 'A secret was deleted without a way back', ja: 'シークレットが復旧期間なしで削除されました' },
    advice: {
      en: 'Ask who deleted it and set it anew: it cannot be restored.',
      ja: '削除した人を確認し、シークレットを再設定してください。復元はできません。',
    },
    falsePositives: { en: 'A secret of a test goes with the test.', ja: '検証用のシークレットを片付けている場合。' },
    severity: 2,
    technique: 'T1485',
    calls: 'secretsmanager:DeleteSecret',
    reads: [force],
    when: (seen) => seen.flag(force) === true && unreviewed(seen),
    fires: { 'at once': { request: { secretId: 's', forceDeleteWithoutRecovery: true } } },
    stays: {
      'after a week': { request: { secretId: 's', recoveryWindowInDays: 7 } },
      'a pipeline does it': { by: 'pipeline:Deploy', request: { secretId: 's', forceDeleteWithoutRecovery: true } },
    },
  }),
];
