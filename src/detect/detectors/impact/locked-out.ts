import { accountInArn } from '../../../aws/arn.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { byPipeline, isForeign, lowByPipeline, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { example } from '../../examples.ts';
import { onBurst } from '../../on-burst.ts';
import { onCall } from '../../on-call.ts';
import { textsUnder } from '../../policies.ts';
import { thresholds } from '../../thresholds.ts';

// The owners lose what is theirs: by a key that is not theirs, or by losing their users.

const restore: Words = {
  en: 'Stop the principal at once, and put the own key back before anything is written with the other.',
  ja: 'ただちにプリンシパルを停止し、別の鍵で書き込まれる前に自アカウントの鍵に戻してください。',
};
const handedOver: Words = {
  en: 'Data is handed over to another account of yours, whose key it gets.',
  ja: '自社の別アカウントへデータを引き渡し、その鍵で暗号化する場合。',
};
const encryption = 'requestParameters.ServerSideEncryptionConfiguration';
const keys = [
  'requestParameters.kmsKeyId',
  'requestParameters.ModifyEbsDefaultKmsKeyIdRequest.KmsKeyId',
  'requestParameters.destinationKeyId',
] as const;
const userName = 'requestParameters.userName';
const portalUser = ['requestParameters.userId', 'requestParameters.principalId'] as const;
const status = 'requestParameters.status';
const policyArn = 'requestParameters.policyArn';
const subjects = ['requestParameters.userName', 'requestParameters.roleName', 'requestParameters.groupName'] as const;

export const lockedOut: readonly Detector[] = [
  onCall({
    type: 'Custom:S3Bucket/EncryptedWithForeignKey',
    title: {
      en: 'What is written to a bucket is encrypted with a key of another account',
      ja: 'バケットの既定の暗号化が外部アカウントの鍵に変更されました',
    },
    advice: restore,
    falsePositives: handedOver,
    severity: 8,
    technique: 'T1486',
    calls: 's3:PutBucketEncryption',
    target: ['requestParameters.bucketName'],
    reads: [encryption],
    when: (seen, world) =>
      textsUnder(seen.json(encryption), 'Rule.ApplyServerSideEncryptionByDefault.KMSMasterKeyID').some((key) => {
        const account = accountInArn(key);
        return account !== '' && isForeign(account, seen, world);
      }),
    fires: { 'by default': { request: encrypting(example.otherAccount) } },
    stays: {
      'with the own key': { request: encrypting(example.account) },
      'with a key of another one of these accounts': { request: encrypting(example.sisterAccount) },
    },
  }),
  onCall({
    type: 'Custom:EC2Snapshot/EncryptedWithForeignKey',
    title: {
      en: 'Disks, snapshots or images are encrypted with a key of another account',
      ja: 'ディスクやスナップショットが外部アカウントの鍵で暗号化されました',
    },
    advice: restore,
    falsePositives: handedOver,
    severity: 8,
    technique: 'T1486',
    calls: `ec2:CopySnapshot ec2:CopyImage ec2:CreateVolume ec2:ModifyEbsDefaultKmsKeyId rds:CopyDBSnapshot
      rds:CopyDBClusterSnapshot rds:RestoreDBInstanceFromDBSnapshot rds:CreateDBInstance kms:ReEncrypt`,
    target: ['requestParameters.sourceSnapshotId', 'requestParameters.sourceImageId', ...keys],
    reads: keys,
    when: (seen, world) =>
      keys.some((path) => {
        const account = accountInArn(seen.text(path) ?? '');
        return account !== '' && isForeign(account, seen, world);
      }),
    fires: {
      'a copy': {
        request: { sourceSnapshotId: 'snap-1', encrypted: true, kmsKeyId: 'arn:aws:kms:us-west-2:444455556666:key/k' },
      },
      'all new disks': {
        name: 'ec2:ModifyEbsDefaultKmsKeyId',
        request: { ModifyEbsDefaultKmsKeyIdRequest: { KmsKeyId: 'arn:aws:kms:us-west-2:444455556666:key/k' } },
      },
    },
    stays: {
      'with the own key': {
        request: { sourceSnapshotId: 'snap-1', kmsKeyId: 'arn:aws:kms:us-west-2:111122223333:key/k' },
      },
      'by its alias': { request: { sourceSnapshotId: 'snap-1', kmsKeyId: 'alias/disks' } },
    },
  }),
  onBurst({
    type: 'Custom:IAMUser/ManyLockedOut',
    title: {
      en: 'Many users lost their keys or passwords',
      ja: '多数のユーザーのキーまたはパスワードが無効にされました',
    },
    advice: {
      en: 'Stop the caller, and give access back to those who need it to respond.',
      ja: '呼び出し元を停止し、対応に必要な人のアクセスを回復してください。',
    },
    falsePositives: {
      en: 'Old users are tidied away, or an incident is being answered.',
      ja: '古いユーザーの整理や、インシデント対応を行っている場合。',
    },
    severity: 8,
    technique: 'T1531',
    calls: `iam:DeleteLoginProfile iam:DeleteUser iam:DeleteAccessKey iam:UpdateAccessKey iam:DeactivateMFADevice
      iam:UpdateLoginProfile iam:DetachUserPolicy sso-directory:DisableUser sso-directory:DeleteUser
      identitystore:DeleteUser sso:DeleteAccountAssignment`,
    reads: [userName, status, ...portalUser],
    when: (seen) => !byPipeline(seen) && (seen.name !== 'UpdateAccessKey' || seen.text(status) === 'Inactive'),
    attempts: false,
    distinct: (seen) => {
      const target = seen.text(userName) ?? seen.text(portalUser[0]) ?? seen.text(portalUser[1]);
      return target === seen.text('userIdentity.userName') ? undefined : target;
    },
    most: thresholds.lockedOut,
    example: (index) => ({ name: 'iam:DeleteLoginProfile', request: { userName: `u${index}` } }),
    stays: { 'one user in many ways': { request: { userName: 'bob' } } },
  }),
  onCall({
    type: 'Custom:IAM/EverythingDenied',
    title: { en: 'Somebody was denied everything', ja: 'すべてを拒否するポリシーが付与されました' },
    advice: {
      en: 'Ask whether this answers an incident. If not, somebody is being locked out.',
      ja: 'インシデント対応によるものか確認してください。違う場合は、正当な利用者の締め出しです。',
    },
    falsePositives: { en: 'Stolen credentials are being stopped.', ja: '盗まれた認証情報を止めている場合。' },
    severity: 2,
    technique: 'T1531',
    calls: 'iam:AttachUserPolicy iam:AttachRolePolicy iam:AttachGroupPolicy',
    target: subjects,
    reads: [policyArn],
    when: (seen) => /:aws:policy\/AWSDenyAll$/.test(seen.text(policyArn) ?? ''),
    fires: { 'a user': { request: { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' } } },
    stays: { 'another policy': { request: { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } } },
  }),
  onCall({
    type: 'Custom:KMSKey/StoreDisconnected',
    title: { en: 'A key store was cut off', ja: 'カスタムキーストアが切断または削除されました' },
    advice: {
      en: 'Connect it again: until then nothing that its keys protect can be read.',
      ja: '再接続してください。それまで、その鍵で保護されたデータは読めません。',
    },
    falsePositives: { en: 'The store is maintained.', ja: 'キーストアを保守している場合。' },
    severity: lowByPipeline(8),
    technique: 'T1486',
    calls: 'kms:DisconnectCustomKeyStore kms:DeleteCustomKeyStore',
    target: ['requestParameters.customKeyStoreId'],
    fires: { 'it is disconnected': { request: { customKeyStoreId: 'cks-1' } } },
    stays: { 'it is connected': { name: 'kms:ConnectCustomKeyStore', request: { customKeyStoreId: 'cks-1' } } },
  }),
  onCall({
    type: 'Custom:Domain/Taken',
    title: { en: 'A domain is being taken elsewhere', ja: 'ドメインの移管や乗っ取りにつながる操作が行われました' },
    advice: {
      en: 'Lock the domain again, and cancel the transfer: whoever holds the name receives the mail and the visitors.',
      ja: 'ドメインを再度ロックし、移管を取り消してください。ドメインを得た者がメールと訪問者を受け取ります。',
    },
    falsePositives: { en: 'The domain moves to another registrar or account.', ja: 'ドメインを移管している場合。' },
    severity: (seen) => (/^(Transfer|Delete)/.test(seen.name) ? 8 : 5),
    technique: 'T1584.001',
    calls: `route53domains:TransferDomainToAnotherAwsAccount route53domains:DisableDomainTransferLock
      route53domains:RetrieveDomainAuthCode route53domains:UpdateDomainNameservers route53domains:DeleteDomain
      route53domains:DisassociateDelegationSignerFromDomain route53:DisableHostedZoneDNSSEC`,
    target: ['requestParameters.domainName', 'requestParameters.hostedZoneId'],
    fires: {
      'to another account': { request: { domainName: 'example.com', accountId: '444455556666' } },
      'its lock is opened': {
        name: 'route53domains:DisableDomainTransferLock',
        request: { domainName: 'example.com' },
      },
    },
    stays: {
      'it is locked': { name: 'route53domains:EnableDomainTransferLock', request: { domainName: 'example.com' } },
    },
  }),
  onCall({
    type: 'Custom:HostedZone/Deleted',
    title: { en: 'All names of a zone were deleted', ja: 'ホストゾーンが削除されました' },
    advice: {
      en: 'Make the zone anew at once: until then nobody finds its names, and somebody else may claim them.',
      ja: 'ただちにゾーンを作り直してください。それまで名前を解決できず、他者に奪われるおそれもあります。',
    },
    falsePositives: { en: 'A domain is given up.', ja: 'ドメインの利用をやめる場合。' },
    severity: 5,
    technique: 'T1489',
    calls: 'route53:DeleteHostedZone',
    target: ['requestParameters.id'],
    when: unreviewed,
    fires: { 'it is deleted': { request: { id: 'Z1' } } },
    stays: {
      'a pipeline does it': { by: 'pipeline:Deploy', request: { id: 'Z1' } },
      'it is read': { name: 'route53:GetHostedZone', request: { id: 'Z1' } },
    },
  }),
];

function encrypting(account: string): JsonObject {
  const KMSMasterKeyID = `arn:aws:kms:us-west-2:${account}:key/k`;
  const Rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } };
  return { bucketName: 'letters', ServerSideEncryptionConfiguration: { Rule } };
}
