import { call } from '../../examples.ts';
import { onSequence } from '../../on-sequence.ts';
import { accessKeyAndBucket } from '../../subjects.ts';

const trailBucket = 'requestParameters.s3BucketName';
const bucketName = 'requestParameters.bucketName';

/** That a bucket holds logs is known from the trail that was made or changed to write there. */
export const logBucketDeleted = onSequence({
  type: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
  signal: 'LogBucketDeleted',
  title: { en: 'The bucket of a trail was deleted', ja: '証跡の保存先バケットが削除されました' },
  advice: {
    en: 'Make a bucket for the trail at once, and recover the deleted logs from replicas or from CloudTrail event history.',
    ja: 'ただちに証跡のバケットを用意し、削除されたログを複製やイベント履歴から復元してください。',
  },
  falsePositives: {
    en: 'A trail is moved to another bucket and the old one tidied up.',
    ja: '証跡を移行し、古いバケットを片付けている場合。',
  },
  severity: 5,
  technique: 'T1562.008',
  logs: ['cloudtrail-management'],
  on: { kind: 'api-call', calls: ['cloudtrail:CreateTrail', 'cloudtrail:UpdateTrail', 's3:DeleteBucket'] },
  reads: [trailBucket, bucketName],
  windowMs: 365 * 24 * 3_600_000,
  steps: [
    { when: (seen) => seen.error === '' && seen.name !== 'DeleteBucket', key: (seen) => seen.text(trailBucket) },
    { when: (seen) => seen.error === '' && seen.name === 'DeleteBucket', key: (seen) => seen.text(bucketName) },
  ],
  resource: accessKeyAndBucket(bucketName),
  says: (seen) => ({
    en: `${seen.principal} deleted ${seen.text(bucketName) ?? ''}, to which a trail delivers.`,
    ja: `${seen.principal} が証跡の保存先 ${seen.text(bucketName) ?? ''} を削除しました。`,
  }),
  examples: {
    fires: {
      'a month after the trail was made': [
        call('cloudtrail:CreateTrail', { request: { name: 'main', s3BucketName: 'logs' } }),
        call('s3:DeleteBucket', { at: 30 * 86_400, request: { bucketName: 'logs' } }),
      ],
    },
    stays: {
      'another bucket': [
        call('cloudtrail:CreateTrail', { request: { name: 'main', s3BucketName: 'logs' } }),
        call('s3:DeleteBucket', { at: 60, request: { bucketName: 'letters' } }),
      ],
      'it is refused': [
        call('cloudtrail:CreateTrail', { request: { name: 'main', s3BucketName: 'logs' } }),
        call('s3:DeleteBucket', { at: 60, request: { bucketName: 'logs' }, error: 'BucketNotEmpty' }),
      ],
    },
  },
});
