import type { Words } from '../../../model/words.ts';
import { lowAtWork, lowByPipeline, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';

// Switches that keep everybody safe without their doing.

const advice: Words = {
  en: 'Switch it on again, and look at what was made while it was off.',
  ja: '再度有効にし、無効だった間に作成・変更されたものを確認してください。',
};
const compatible: Words = {
  en: 'Something old cannot live with the protection.',
  ja: '古いシステムが保護機能に対応していない場合。',
};
const options = 'requestParameters.ModifyInstanceMetadataOptionsRequest';
const defaults = 'requestParameters.ModifyInstanceMetadataDefaultsRequest';
const tokens = [`${options}.HttpTokens`, `${defaults}.HttpTokens`, 'requestParameters.httpTokens'] as const;

export const protectionsOff: readonly Detector[] = [
  onCall({
    type: 'Custom:EC2Instance/MetadataServiceWeakened',
    title: {
      en: 'The metadata service answers requests without a token again',
      ja: 'インスタンスメタデータサービスがトークンなし（IMDSv1）の要求に応じるようになりました',
    },
    advice: {
      en: 'Demand tokens again (IMDSv2), and look for credentials of the instance that were used elsewhere.',
      ja: 'トークン（IMDSv2）を再度必須にし、インスタンスの認証情報が別の場所で使われていないか確認してください。',
    },
    falsePositives: compatible,
    severity: lowAtWork(5),
    technique: 'T1552.005',
    calls: 'ec2:ModifyInstanceMetadataOptions ec2:ModifyInstanceMetadataDefaults',
    target: [`${options}.InstanceId`, 'requestParameters.instanceId'],
    reads: tokens,
    when: (seen) => tokens.some((path) => seen.text(path) === 'optional'),
    fires: {
      'of an instance': {
        request: { ModifyInstanceMetadataOptionsRequest: { InstanceId: 'i-1', HttpTokens: 'optional' } },
      },
      'of all new ones': {
        name: 'ec2:ModifyInstanceMetadataDefaults',
        request: { ModifyInstanceMetadataDefaultsRequest: { HttpTokens: 'optional' } },
      },
    },
    stays: {
      'tokens are demanded': {
        request: { ModifyInstanceMetadataOptionsRequest: { InstanceId: 'i-1', HttpTokens: 'required' } },
      },
    },
  }),
  onCall({
    type: 'Custom:EC2Account/EncryptionByDefaultOff',
    title: { en: 'New disks are no longer encrypted', ja: 'EBS のデフォルト暗号化が無効化されました' },
    advice,
    falsePositives: compatible,
    severity: lowByPipeline(5),
    technique: 'T1562',
    calls: 'ec2:DisableEbsEncryptionByDefault',
    fires: { 'it is switched off': { request: { DisableEbsEncryptionByDefaultRequest: '' } } },
    stays: { 'it is switched on': { name: 'ec2:EnableEbsEncryptionByDefault' } },
  }),
  onCall({
    type: 'Custom:EC2Account/BlockPublicAccessOff',
    title: {
      en: 'Snapshots or images may be made public again',
      ja: 'スナップショットまたは AMI のパブリックアクセスブロックが無効化されました',
    },
    advice,
    falsePositives: { en: 'An image is to be published.', ja: 'AMI を一般公開する予定がある場合。' },
    severity: lowByPipeline(5),
    technique: 'T1562',
    calls: 'ec2:DisableSnapshotBlockPublicAccess ec2:DisableImageBlockPublicAccess',
    fires: {
      'of snapshots': { request: { DisableSnapshotBlockPublicAccessRequest: '' } },
      'of images': { name: 'ec2:DisableImageBlockPublicAccess' },
    },
    stays: { 'it is switched on': { name: 'ec2:EnableSnapshotBlockPublicAccess' } },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:S3Bucket/EncryptionRemoved',
      title: { en: 'The encryption of a bucket was reset', ja: 'バケットの暗号化設定が削除されました' },
      advice,
      falsePositives: compatible,
      severity: 2,
      technique: 'T1562',
      calls: 's3:DeleteBucketEncryption',
      target: ['requestParameters.bucketName'],
      when: unreviewed,
      fires: { 'it is deleted': { request: { bucketName: 'letters' } } },
      stays: { 'it is set': { name: 's3:PutBucketEncryption', request: { bucketName: 'letters' } } },
    }),
    { name: 's3:DeleteBucketEncryption', request: { bucketName: 'letters' } },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:KMSKey/RotationDisabled',
      title: { en: 'A key is no longer renewed', ja: '暗号鍵の自動ローテーションが無効化されました' },
      advice,
      falsePositives: compatible,
      severity: 2,
      technique: 'T1562',
      calls: 'kms:DisableKeyRotation',
      target: ['requestParameters.keyId'],
      when: unreviewed,
      fires: { 'it is switched off': { request: { keyId: 'k' } } },
      stays: { 'it is switched on': { name: 'kms:EnableKeyRotation', request: { keyId: 'k' } } },
    }),
    { name: 'kms:DisableKeyRotation', request: { keyId: 'k' } },
  ),
  onCall({
    type: 'Custom:LambdaFunction/CodeSigningRemoved',
    title: {
      en: 'Functions may run code that nobody signed',
      ja: 'Lambda のコード署名の設定が外されたか弱められました',
    },
    advice,
    falsePositives: compatible,
    severity: lowByPipeline(5),
    technique: 'T1553',
    calls: 'lambda:DeleteFunctionCodeSigningConfig lambda:DeleteCodeSigningConfig lambda:UpdateCodeSigningConfig',
    target: ['requestParameters.functionName', 'requestParameters.codeSigningConfigArn'],
    reads: ['requestParameters.codeSigningPolicies.untrustedArtifactOnDeployment'],
    when: (seen) =>
      seen.name.startsWith('Delete') ||
      seen.text('requestParameters.codeSigningPolicies.untrustedArtifactOnDeployment') === 'Warn',
    fires: {
      'of a function': {
        name: 'lambda:DeleteFunctionCodeSigningConfig20200605',
        request: { functionName: 'f' },
      },
      'it only warns': {
        name: 'lambda:UpdateCodeSigningConfig20200422',
        request: { codeSigningConfigArn: 'c', codeSigningPolicies: { untrustedArtifactOnDeployment: 'Warn' } },
      },
    },
    stays: {
      'it forbids': {
        name: 'lambda:UpdateCodeSigningConfig20200422',
        request: { codeSigningConfigArn: 'c', codeSigningPolicies: { untrustedArtifactOnDeployment: 'Enforce' } },
      },
    },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:ECRRepository/ProtectionWeakened',
      title: {
        en: 'Images of a repository are no longer scanned, or can be overwritten',
        ja: 'リポジトリのスキャンが無効化されたか、タグの上書きが許可されました',
      },
      advice,
      falsePositives: { en: 'A pipeline needs a tag that moves.', ja: '移動するタグをパイプラインが必要とする場合。' },
      severity: 2,
      technique: 'T1562.001',
      calls: 'ecr:PutImageScanningConfiguration ecr:PutImageTagMutability',
      target: ['requestParameters.repositoryName'],
      reads: ['requestParameters.imageScanningConfiguration.scanOnPush', 'requestParameters.imageTagMutability'],
      when: (seen) =>
        unreviewed(seen) &&
        (seen.flag('requestParameters.imageScanningConfiguration.scanOnPush') === false ||
          seen.text('requestParameters.imageTagMutability') === 'MUTABLE'),
      fires: {
        'nothing is scanned': { request: { repositoryName: 'web', imageScanningConfiguration: { scanOnPush: false } } },
        'tags can be moved': {
          name: 'ecr:PutImageTagMutability',
          request: { repositoryName: 'web', imageTagMutability: 'MUTABLE' },
        },
      },
      stays: {
        'they are scanned': { request: { repositoryName: 'web', imageScanningConfiguration: { scanOnPush: true } } },
      },
    }),
    {
      name: 'ecr:PutImageScanningConfiguration',
      request: { repositoryName: 'web', imageScanningConfiguration: { scanOnPush: false } },
    },
  ),
];
