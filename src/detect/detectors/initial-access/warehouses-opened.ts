import type { Words } from '../../../model/words.ts';
import type { Detector } from '../../detector.ts';
import { onCall } from '../../on-call.ts';

// Stores of data besides the databases of RDS that strangers can reach.

const advice: Words = {
  en: 'Make it private again, and look at who connected.',
  ja: '非公開に戻し、接続した相手を確認してください。',
};
const maintained: Words = { en: 'Planned work, or a partner connects.', ja: '計画作業や取引先の接続の場合。' };
const isPublic = 'requestParameters.publiclyAccessible';
const password = 'requestParameters.masterUserPassword';
const ranges = ['requestParameters.cIDRIP', 'requestParameters.cidrip'] as const;
const group = ['requestParameters.dBSecurityGroupName', 'requestParameters.clusterSecurityGroupName'] as const;
const id = ['requestParameters.clusterIdentifier', 'requestParameters.replicationInstanceIdentifier'] as const;

export const warehousesOpened: readonly Detector[] = [
  onCall({
    type: 'Custom:RedshiftCluster/PubliclyAccessible',
    title: {
      en: 'A data warehouse or a replication of data can be reached from the internet',
      ja: 'データウェアハウスまたはレプリケーションがインターネットから接続可能になりました',
    },
    advice,
    falsePositives: maintained,
    severity: 8,
    technique: 'T1190',
    calls: `redshift:ModifyCluster redshift:CreateCluster redshift:RestoreFromClusterSnapshot
      dms:CreateReplicationInstance redshift-serverless:UpdateWorkgroup redshift-serverless:CreateWorkgroup`,
    target: [...id, 'requestParameters.workgroupName'],
    reads: [isPublic],
    when: (seen) => seen.flag(isPublic) === true,
    fires: { 'it is made public': { request: { clusterIdentifier: 'dwh', publiclyAccessible: true } } },
    stays: { 'it is made private': { request: { clusterIdentifier: 'dwh', publiclyAccessible: false } } },
  }),
  onCall({
    type: 'Custom:RedshiftCluster/MasterPasswordReset',
    title: {
      en: 'The master password of a data warehouse was reset',
      ja: 'データウェアハウスのマスターパスワードが再設定されました',
    },
    advice: {
      en: 'Ask its owner, set another password, and look at what was read since.',
      ja: '所有者に確認して別のパスワードを設定し、それ以降の読み取りを調べてください。',
    },
    falsePositives: { en: 'The password is rotated by hand.', ja: 'パスワードを手動でローテーションした場合。' },
    severity: 8,
    technique: 'T1556',
    calls: 'redshift:ModifyCluster',
    target: [id[0]],
    reads: [password],
    when: (seen) => seen.has(password),
    fires: { 'it is reset': { request: { clusterIdentifier: 'dwh', masterUserPassword: '****' } } },
    stays: { 'another attribute': { request: { clusterIdentifier: 'dwh', numberOfNodes: 4 } } },
  }),
  onCall({
    type: 'Custom:DBSecurityGroup/OpenedToEverybody',
    title: {
      en: 'Everybody may connect to databases of a group',
      ja: 'データベースのセキュリティグループが全世界に公開されました',
    },
    advice,
    falsePositives: maintained,
    severity: 8,
    technique: 'T1190',
    calls: 'rds:AuthorizeDBSecurityGroupIngress redshift:AuthorizeClusterSecurityGroupIngress',
    target: group,
    reads: ranges,
    when: (seen) => ranges.some((path) => seen.text(path)?.endsWith('/0') === true),
    fires: { 'every address': { request: { dBSecurityGroupName: 'g', cIDRIP: '0.0.0.0/0' } } },
    stays: { 'one network': { request: { dBSecurityGroupName: 'g', cIDRIP: '192.0.2.0/24' } } },
  }),
];
