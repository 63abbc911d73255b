import type { Words } from '../../../model/words.ts';
import type { Detector } from '../../detector.ts';
import { onCall } from '../../on-call.ts';

const target = ['requestParameters.dBInstanceIdentifier', 'requestParameters.dBClusterIdentifier'] as const;
const modify = 'rds:ModifyDBInstance rds:ModifyDBCluster';
const id = { dBInstanceIdentifier: 'orders' };
const other = { 'another attribute': { request: { ...id, backupRetentionPeriod: 7 } } };
const maintained: Words = { en: 'Planned work on the database.', ja: 'データベースの計画作業の場合。' };

export const databasesOpened: readonly Detector[] = [
  onCall({
    type: 'InitialAccess:RDS/ExploitPublicFacingApplication',
    signal: 'RDSPubliclyAccessible',
    title: {
      en: 'A database can be reached from the internet',
      ja: 'データベースがインターネットから接続可能になりました',
    },
    advice: {
      en: 'Make it private again and look at its security groups and at who signed in.',
      ja: '非公開に戻し、セキュリティグループとログインの記録を確認してください。',
    },
    falsePositives: maintained,
    severity: 8,
    technique: 'T1190',
    calls: `rds:ModifyDBInstance rds:CreateDBInstance rds:ModifyDBCluster rds:CreateDBCluster
      rds:RestoreDBInstanceFromDBSnapshot rds:RestoreDBInstanceToPointInTime rds:RestoreDBInstanceFromS3
      rds:RestoreDBClusterFromSnapshot rds:CreateDBInstanceReadReplica`,
    target,
    reads: ['requestParameters.publiclyAccessible'],
    when: (seen) => seen.flag('requestParameters.publiclyAccessible') === true,
    fires: {
      'it is made public': { request: { ...id, publiclyAccessible: true } },
      'a copy of it is': { name: 'rds:RestoreDBInstanceFromDBSnapshot', request: { ...id, publiclyAccessible: true } },
    },
    stays: { 'it is made private': { request: { ...id, publiclyAccessible: false } }, ...other },
  }),
  onCall({
    type: 'CredentialAccess:RDS/ModifyAuthenticationProcess',
    signal: 'RDSMasterPasswordReset',
    title: {
      en: 'The master password of a database was reset',
      ja: 'データベースのマスターパスワードが再設定されました',
    },
    advice: {
      en: 'Ask the owner of the database, set another password, and look at what was read since.',
      ja: 'データベースの所有者に確認して別のパスワードを設定し、それ以降の読み取りを調べてください。',
    },
    falsePositives: { en: 'The password is rotated by hand.', ja: 'パスワードを手動でローテーションした場合。' },
    severity: 8,
    technique: 'T1556',
    calls: modify,
    target,
    reads: ['requestParameters.masterUserPassword'],
    when: (seen) => seen.has('requestParameters.masterUserPassword'),
    fires: { 'it is reset': { request: { ...id, masterUserPassword: '****' } } },
    stays: other,
  }),
  onCall({
    type: 'DefenseImpairment:RDS/ModifyAuthenticationProcess',
    signal: 'RDSIAMAuthDisabled',
    title: { en: 'IAM sign-in to a database was switched off', ja: 'データベースの IAM 認証が無効化されました' },
    advice: {
      en: 'Switch it on again, and ask why passwords alone should do.',
      ja: '再度有効にし、パスワードだけの認証にした理由を確認してください。',
    },
    falsePositives: maintained,
    severity: 5,
    technique: 'T1556',
    calls: modify,
    target,
    reads: ['requestParameters.enableIAMDatabaseAuthentication'],
    when: (seen) => seen.flag('requestParameters.enableIAMDatabaseAuthentication') === false,
    fires: { 'it is switched off': { request: { ...id, enableIAMDatabaseAuthentication: false } } },
    stays: { 'it is switched on': { request: { ...id, enableIAMDatabaseAuthentication: true } }, ...other },
  }),
];
