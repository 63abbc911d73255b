import type { Words } from '../../../model/words.ts';
import { notByItself } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { call } from '../../examples.ts';
import { exceptOwn } from '../../except-own.ts';
import { onActivity } from '../../on-activity.ts';
import { accessKey, accessKeyAndBucket } from '../../subjects.ts';

const configuration = [
  'requestParameters.PublicAccessBlockConfiguration.BlockPublicAcls',
  'requestParameters.PublicAccessBlockConfiguration.IgnorePublicAcls',
  'requestParameters.PublicAccessBlockConfiguration.BlockPublicPolicy',
  'requestParameters.PublicAccessBlockConfiguration.RestrictPublicBuckets',
] as const;

type Read = (typeof configuration)[number] | 'requestParameters.bucketName';

/** Deleted, or one of its four settings not on. */
export const blockPublicAccessDisabled: readonly Detector[] = [
  exceptOwn(disabled('Bucket', { en: 'a bucket', ja: 'バケット' }), {
    call: 's3:CreateBucket',
    reads: ['requestParameters.bucketName'],
    made: (seen) => seen.text('requestParameters.bucketName'),
    removed: (seen) => seen.text('requestParameters.bucketName'),
    example: [
      { request: { bucketName: 'letters' } },
      { name: 's3:DeleteBucketPublicAccessBlock', request: { bucketName: 'letters' } },
    ],
  }),
  disabled('Account', { en: 'the whole account', ja: 'アカウント全体' }),
];

function disabled(of: 'Bucket' | 'Account', which: Words): Detector {
  const put = `s3:Put${of}PublicAccessBlock`;
  const remove = `s3:Delete${of}PublicAccessBlock`;
  const bucketName = 'requestParameters.bucketName' as const;
  return onActivity<Read>({
    type: `Policy:S3/${of}BlockPublicAccessDisabled`,
    title: {
      en: `Block Public Access of ${which.en} was switched off`,
      ja: `${which.ja}のパブリックアクセスブロックが無効になりました`,
    },
    advice: {
      en: 'Switch it on again unless the content is meant for everybody, and look at what was opened since.',
      ja: '公開する意図がなければ再び有効にし、その後に公開されたものがないか確認してください。',
    },
    severity: 2,
    technique: 'T1562',
    logs: ['cloudtrail-management'],
    falsePositives: {
      en: 'A web site or a public data set is being set up.',
      ja: 'ウェブサイトや公開データを準備している場合。',
    },
    on: { kind: 'api-call', calls: [put, remove], who: notByItself },
    reads: [bucketName, ...configuration],
    when: (seen) => seen.error === '' && (seen.name.startsWith('Delete') || !isAllOn(seen)),
    resource: of === 'Bucket' ? accessKeyAndBucket(bucketName) : accessKey,
    says: (seen) => ({
      en: `${seen.principal} switched off Block Public Access of ${seen.text(bucketName) ?? `account ${seen.account}`}.`,
      ja: `${seen.principal} が ${seen.text(bucketName) ?? `アカウント ${seen.account}`} のパブリックアクセスブロックを無効にしました。`,
    }),
    examples: {
      fires: {
        'it is deleted': [call(remove, { request: { bucketName: 'letters' } })],
        'one of four is off': [call(put, { request: settings(true, false) })],
      },
      stays: {
        'all four are on': [call(put, { request: settings(true, true) })],
        'a service does it by itself': [
          call(remove, { by: 'config.amazonaws.com', request: { bucketName: 'letters' } }),
        ],
        'it is refused': [call(remove, { request: { bucketName: 'letters' }, error: 'AccessDenied' })],
      },
    },
  });
}

function isAllOn(seen: Seen<Read>): boolean {
  return configuration.every((path) => seen.flag(path) === true);
}

function settings(BlockPublicAcls: boolean, BlockPublicPolicy: boolean) {
  const both = { IgnorePublicAcls: true, RestrictPublicBuckets: true };
  return {
    bucketName: 'letters',
    PublicAccessBlockConfiguration: { BlockPublicAcls, BlockPublicPolicy, ...both },
  };
}
