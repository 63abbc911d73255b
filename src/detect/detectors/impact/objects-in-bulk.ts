import { onBurst } from '../../on-burst.ts';
import { thresholds } from '../../thresholds.ts';

const algorithm = 'requestParameters.x-amz-server-side-encryption-customer-algorithm';
const kmsKey = 'requestParameters.x-amz-server-side-encryption-aws-kms-key-id';

/** Objects are written anew with a key that the account does not hold: ransom without malware. */
export const objectsReencrypted = onBurst({
  type: 'Custom:S3Bucket/MassReencryption',
  title: {
    en: 'Many objects were encrypted with a key from outside the account',
    ja: '多数のオブジェクトがアカウント外の鍵で暗号化されました',
  },
  advice: {
    en: 'Stop the principal at once, block SSE-C, and restore from versions or backups.',
    ja: 'ただちにプリンシパルを停止し、SSE-C をブロックして、バージョンまたはバックアップから復元してください。',
  },
  falsePositives: {
    en: 'An application that always brings its own keys.',
    ja: '常に独自の鍵を使うアプリケーションの場合。',
  },
  severity: 8,
  technique: 'T1486',
  log: 'cloudtrail-s3-data',
  calls: 's3:PutObject s3:CopyObject s3:CreateMultipartUpload',
  reads: [algorithm, kmsKey],
  when: (seen) => seen.has(algorithm) || isForeign(seen.text(kmsKey), seen.account),
  attempts: false,
  most: thresholds.reencryptions,
  example: (index) => ({
    name: 's3:CopyObject',
    request: {
      bucketName: 'letters',
      key: String(index),
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
    },
  }),
  stays: {
    'with the own key': {
      request: { 'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:us-west-2:111122223333:key/k' },
    },
    'without a key': { request: { bucketName: 'letters', key: 'k' } },
  },
});

function isForeign(key: string | undefined, account: string): boolean {
  const owner = /^arn:aws[a-z-]*:kms:[^:]*:(\d{12}):/.exec(key ?? '')?.[1];
  return owner !== undefined && owner !== account;
}
