import type { Json, JsonObject } from '../../../model/json.ts';
import { byPipeline } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptOwn } from '../../except-own.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder, textsUnder } from '../../policies.ts';

const bucketName = 'requestParameters.bucketName';
const lifecycle = 'requestParameters.LifecycleConfiguration';
const encryption = 'requestParameters.ServerSideEncryptionConfiguration';
const versioning = [
  'requestParameters.VersioningConfiguration.Status',
  'requestParameters.VersioningConfiguration.MfaDelete',
] as const;
const keyId = 'requestParameters.keyId';

export const dataAtRisk: readonly Detector[] = [
  onCall({
    type: 'Impact:S3/DataDestruction',
    signal: 'S3LifecycleRapidExpiration',
    title: {
      en: 'A bucket deletes its objects within a day',
      ja: 'バケットのオブジェクトが 1 日以内に削除される設定になりました',
    },
    advice: {
      en: 'Take the rule out before it runs at midnight UTC, and ask who wanted it. Of a log bucket it erases the tracks.',
      ja: '実行される協定世界時の深夜 0 時までにルールを取り除き、設定した人を確認してください。ログ用バケットなら痕跡の消去です。',
    },
    falsePositives: { en: 'A bucket for temporary files.', ja: '一時ファイル用のバケットの場合。' },
    severity: 5,
    technique: 'T1485',
    calls: 's3:PutBucketLifecycle s3:PutBucketLifecycleConfiguration',
    target: [bucketName],
    reads: [lifecycle],
    when: (seen) =>
      objectsUnder(seen.json(lifecycle), 'Rule').some(
        (rule) =>
          rule['Status'] !== 'Disabled' &&
          (objectsUnder(rule, 'Expiration').some(({ Days }) => isWithinDay(Days)) ||
            objectsUnder(rule, 'NoncurrentVersionExpiration').some(({ NoncurrentDays }) =>
              isWithinDay(NoncurrentDays),
            )),
      ),
    fires: {
      'after one day': { request: expiring({ Days: 1 }) },
      'what was replaced': {
        request: {
          bucketName: 'logs',
          LifecycleConfiguration: { Rule: { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 1 } } },
        },
      },
    },
    stays: {
      'after a month': { request: expiring({ Days: 30 }) },
      'only markers': { request: expiring({ ExpiredObjectDeleteMarker: true }) },
    },
  }),
  onCall({
    type: 'DefenseImpairment:S3/DisableOrModifyTools',
    signal: 'S3CustomerProvidedKeysEnabled',
    title: {
      en: 'A bucket accepts keys again that only the writer has',
      ja: 'バケットで顧客提供キーによる暗号化（SSE-C）が再び許可されました',
    },
    advice: {
      en: 'Block SSE-C again, and look for objects that were written anew with it: without the key nobody can read them.',
      ja: 'SSE-C を再度ブロックし、SSE-C で書き直されたオブジェクトがないか確認してください。キーがなければ誰も読めません。',
    },
    falsePositives: { en: 'An application brings its own keys.', ja: 'アプリケーションが独自のキーを使う場合。' },
    severity: 8,
    technique: 'T1562',
    calls: 's3:PutBucketEncryption',
    target: [bucketName],
    reads: [encryption],
    when: (seen) => textsUnder(seen.json(encryption), 'Rule.BlockedEncryptionTypes.EncryptionType').includes('NONE'),
    fires: { 'nothing is blocked any more': { request: blocking('NONE') } },
    stays: { 'it is blocked': { request: blocking('SSE-C') } },
  }),
  onCall({
    type: 'Custom:S3Bucket/VersioningWeakened',
    title: {
      en: 'A bucket no longer keeps what is deleted',
      ja: 'バケットのバージョニングまたは MFA 削除が無効化されました',
    },
    advice: {
      en: 'Switch versioning on again, and look for deletions since.',
      ja: 'バージョニングを再度有効にし、それ以降の削除操作を調べてください。',
    },
    falsePositives: {
      en: 'A bucket with short-lived data is made cheaper.',
      ja: '短命なデータのコストを下げている場合。',
    },
    severity: 5,
    technique: 'T1490',
    calls: 's3:PutBucketVersioning',
    target: [bucketName],
    reads: versioning,
    when: (seen) => seen.text(versioning[0]) === 'Suspended' || seen.text(versioning[1]) === 'Disabled',
    fires: { 'it is suspended': { request: { bucketName: 'b', VersioningConfiguration: { Status: 'Suspended' } } } },
    stays: { 'it is switched on': { request: { bucketName: 'b', VersioningConfiguration: { Status: 'Enabled' } } } },
  }),
  exceptOwn(
    onCall({
      type: 'Custom:KMSKey/DisabledOrDeletionScheduled',
      title: { en: 'An encryption key was taken out of use', ja: '暗号鍵が無効化されたか、削除が予約されました' },
      advice: {
        en: 'Cancel the deletion or enable the key, then ask who called: without the key its data cannot be read.',
        ja: '削除を取り消すか鍵を有効にし、呼び出した人を確認してください。鍵がなければデータを読めなくなります。',
      },
      falsePositives: { en: 'Old keys are retired after a review.', ja: '棚卸しの結果、古い鍵を廃止している場合。' },
      // A template or code that drops a key is reviewed before, and there are days to take it back.
      severity: (seen) => (byPipeline(seen) ? 2 : 8),
      technique: 'T1485',
      calls: 'kms:ScheduleKeyDeletion kms:DisableKey kms:DeleteImportedKeyMaterial',
      target: [keyId],
      fires: {
        'its deletion is scheduled': { request: { keyId: 'k', pendingWindowInDays: 7 } },
        'it is disabled': { name: 'kms:DisableKey', request: { keyId: 'k' } },
      },
      stays: { 'the deletion is cancelled': { name: 'kms:CancelKeyDeletion', request: { keyId: 'k' } } },
    }),
    {
      call: 'kms:CreateKey',
      reads: [keyId, 'responseElements.keyMetadata.keyId'],
      made: (seen) => seen.text('responseElements.keyMetadata.keyId'),
      // A key that is young protects little.
      severityOfOwn: 2,
      removed: (seen) => seen.text(keyId)?.replace(/^.*\//, ''),
      example: [
        { response: { keyMetadata: { keyId: 'k' } } },
        { name: 'kms:ScheduleKeyDeletion', request: { keyId: 'arn:aws:kms:us-west-2:111122223333:key/k' } },
      ],
    },
  ),
  onCall({
    type: 'Custom:KMSKey/ForeignMaterialImported',
    title: { en: 'Key material from outside was imported', ja: '外部の鍵マテリアルがインポートされました' },
    advice: {
      en: 'Ask who holds the original. Whoever brought the material can take it away, and with it the data.',
      ja: '元の鍵の所持者を確認してください。持ち込んだ者は鍵を期限切れにし、データを読めなくできます。',
    },
    falsePositives: { en: 'Your own key store feeds KMS.', ja: '自社の鍵管理システムから取り込んでいる場合。' },
    severity: 5,
    technique: 'T1486',
    calls: 'kms:ImportKeyMaterial',
    target: [keyId],
    fires: { 'it is imported': { request: { keyId: 'k' } } },
    stays: { 'the parameters are asked for': { name: 'kms:GetParametersForImport', request: { keyId: 'k' } } },
  }),
];

function isWithinDay(days: Json | undefined): boolean {
  return days !== undefined && Number(days) <= 1;
}

function expiring(Expiration: JsonObject): JsonObject {
  return { bucketName: 'logs', LifecycleConfiguration: { Rule: { ID: 'r', Status: 'Enabled', Expiration } } };
}

function blocking(EncryptionType: string): JsonObject {
  const Rule = { BlockedEncryptionTypes: { EncryptionType } };
  return { bucketName: 'b', ServerSideEncryptionConfiguration: { Rule } };
}
