import type { Words } from '../../../model/words.ts';
import { lowByPipeline, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { onCall } from '../../on-call.ts';

// What would bring data back is not deleted, and will not be there.

const advice: Words = {
  en: 'Switch it on again, and take a backup now that nobody who called can reach.',
  ja: '再度有効にし、呼び出し元が触れられない場所にバックアップを取得してください。',
};
const cheaper: Words = {
  en: 'Data that nobody would miss is made cheaper.',
  ja: '失っても困らないデータのコストを下げている場合。',
};
const days = 'requestParameters.backupRetentionPeriod';
const pointInTime = [
  'requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled',
  'requestParameters.deletionProtectionEnabled',
] as const;
const lock = 'requestParameters.ObjectLockConfiguration';
const hold = 'requestParameters.LegalHold.Status';
const bypass = 'requestParameters.x-amz-bypass-governance-retention';
const state = 'requestParameters.state';
const stateUpper = 'requestParameters.State';

export const recoveryWeakened: readonly Detector[] = [
  onCall({
    type: 'Custom:RDSDatabase/BackupsOff',
    title: { en: 'A database is no longer backed up', ja: 'データベースの自動バックアップが無効化されました' },
    advice,
    falsePositives: cheaper,
    severity: lowByPipeline(5),
    technique: 'T1490',
    calls: 'rds:ModifyDBInstance rds:ModifyDBCluster redshift:ModifyCluster',
    target: [
      'requestParameters.dBInstanceIdentifier',
      'requestParameters.dBClusterIdentifier',
      'requestParameters.clusterIdentifier',
    ],
    reads: [days, 'requestParameters.automatedSnapshotRetentionPeriod'],
    when: (seen) => seen.number(days) === 0 || seen.number('requestParameters.automatedSnapshotRetentionPeriod') === 0,
    fires: { 'kept for no day': { request: { dBInstanceIdentifier: 'd', backupRetentionPeriod: 0 } } },
    stays: { 'kept for a week': { request: { dBInstanceIdentifier: 'd', backupRetentionPeriod: 7 } } },
  }),
  onCall({
    type: 'Custom:DynamoDBTable/RecoveryOff',
    title: {
      en: 'A table can no longer be brought back, or may be deleted',
      ja: 'テーブルのポイントインタイムリカバリまたは削除保護が無効化されました',
    },
    advice,
    falsePositives: cheaper,
    severity: lowByPipeline(5),
    technique: 'T1490',
    calls: 'dynamodb:UpdateContinuousBackups dynamodb:UpdateTable',
    target: ['requestParameters.tableName'],
    reads: pointInTime,
    when: (seen) => pointInTime.some((path) => seen.flag(path) === false),
    fires: {
      'to a point in time': {
        request: {
          tableName: 't',
          pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
        },
      },
      'its protection is off': {
        name: 'dynamodb:UpdateTable',
        request: { tableName: 't', deletionProtectionEnabled: false },
      },
    },
    stays: {
      'it is switched on': {
        request: { tableName: 't', pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } },
      },
    },
  }),
  onCall({
    type: 'Custom:S3Bucket/ObjectLockWeakened',
    title: { en: 'Objects of a bucket can be deleted again', ja: 'オブジェクトロックが解除または弱められました' },
    advice,
    falsePositives: { en: 'The time to keep them is over.', ja: '保存期間が終わっている場合。' },
    severity: 5,
    technique: 'T1490',
    calls: `s3:PutObjectLockConfiguration s3:PutBucketObjectLockConfiguration s3:PutObjectLegalHold
      s3:PutObjectRetention s3:DeleteObject s3:DeleteObjects`,
    target: ['requestParameters.bucketName'],
    reads: [lock, `${lock}.Rule`, hold, bypass],
    when: (seen) =>
      (seen.has(lock) && !seen.has(`${lock}.Rule`)) ||
      seen.text(hold) === 'OFF' ||
      String(seen.text(bypass) ?? seen.flag(bypass)) === 'true',
    fires: {
      'the rule is gone': { request: { bucketName: 'b', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } } },
      'a hold is lifted': {
        name: 's3:PutObjectLegalHold',
        request: { bucketName: 'b', key: 'k', LegalHold: { Status: 'OFF' } },
      },
      'it is passed by': {
        name: 's3:DeleteObject',
        request: { bucketName: 'b', key: 'k', 'x-amz-bypass-governance-retention': 'true' },
      },
    },
    stays: {
      'a rule is set': {
        request: {
          bucketName: 'b',
          ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 30 } } },
        },
      },
      'an object is deleted': { name: 's3:DeleteObject', request: { bucketName: 'b', key: 'k' } },
    },
  }),
  onCall({
    type: 'Custom:Snapshot/KeepingEnded',
    title: {
      en: 'Snapshots are no longer made, or no longer kept after deletion',
      ja: 'スナップショットの作成ルールまたはごみ箱のルールが削除されました',
    },
    advice,
    falsePositives: { en: 'Another service makes the backups now.', ja: 'バックアップの方式を切り替えている場合。' },
    severity: lowByPipeline(5),
    technique: 'T1490',
    calls: `dlm:DeleteLifecyclePolicy dlm:UpdateLifecyclePolicy rbin:DeleteRule rbin:UnlockRule
      backup:DeleteBackupSelection ec2:UnlockSnapshot`,
    target: ['requestParameters.policyId', 'requestParameters.identifier', 'requestParameters.backupPlanId'],
    reads: [state, stateUpper],
    when: (seen) => seen.name !== 'UpdateLifecyclePolicy' || (seen.text(state) ?? seen.text(stateUpper)) === 'DISABLED',
    fires: {
      'a rule is deleted': { request: { policyId: 'policy-1' } },
      'the bin keeps nothing': { name: 'rbin:DeleteRule', request: { identifier: 'r' } },
    },
    stays: {
      'a rule is enabled': { name: 'dlm:UpdateLifecyclePolicy', request: { policyId: 'policy-1', state: 'ENABLED' } },
    },
  }),
  onCall({
    type: 'Custom:Stack/TerminationProtectionOff',
    title: { en: 'A stack may be deleted again', ja: 'スタックの削除保護が無効化されました' },
    advice: {
      en: 'Ask who wants to delete the stack, and protect it again if nobody does.',
      ja: '削除の予定がある人を確認し、いなければ保護を再度有効にしてください。',
    },
    falsePositives: { en: 'The stack is to be taken down.', ja: 'スタックを撤去する場合。' },
    severity: 2,
    technique: 'T1490',
    calls: 'cloudformation:UpdateTerminationProtection',
    target: ['requestParameters.stackName'],
    reads: ['requestParameters.enableTerminationProtection'],
    when: (seen) => seen.flag('requestParameters.enableTerminationProtection') === false && unreviewed(seen),
    fires: { 'it is off': { request: { stackName: 's', enableTerminationProtection: false } } },
    stays: { 'it is on': { request: { stackName: 's', enableTerminationProtection: true } } },
  }),
];
