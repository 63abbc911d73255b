import type { Resource } from '../../../model/finding.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import type { Detector, Seen } from '../../detector.ts';
import { type StoredExample, stored, times } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { onThreshold } from '../../on-threshold.ts';
import { thresholds } from '../../thresholds.ts';

// Server access logs say what CloudTrail does not where data events are off: who read, wrote and deleted, and who was
// turned away.

const reads = ['bucket', 'key', 'http_status', 'requester', 'request_uri', 'authentication_type'] as const;
type Read = (typeof reads)[number];

const advice: Words = {
  en: 'Switch on Block Public Access unless the bucket is meant for everybody, and see what was read or changed.',
  ja: '公開する意図がなければパブリックアクセスブロックを有効にし、読み取りや変更の内容を確認してください。',
};
const meant: Words = { en: 'The bucket is public on purpose.', ja: '意図して公開しているバケットの場合。' };

const writing =
  'REST.PUT.OBJECT REST.POST.OBJECT REST.POST.UPLOAD REST.PUT.PART REST.COPY.OBJECT REST.DELETE.OBJECT REST.POST.MULTI_OBJECT_DELETE BATCH.DELETE.OBJECT REST.PUT.ACL REST.PUT.BUCKETPOLICY'.split(
    ' ',
  );
const listing = 'REST.GET.BUCKET REST.GET.BUCKETVERSIONS REST.GET.ACL REST.GET.BUCKETPOLICY REST.GET.UPLOADS'.split(
  ' ',
);
const alice = 'arn:aws:iam::111122223333:user/alice';
const deleting = ['REST.DELETE.OBJECT', 'BATCH.DELETE.OBJECT'];

export const bucketsByStrangers: readonly Detector[] = [
  byNobody({
    type: 'Custom:S3Bucket/AnonymousWrite',
    title: {
      en: 'Somebody unknown writes to a bucket or deletes from it',
      ja: '匿名でバケットへの書き込みや削除が行われました',
    },
    severity: 8,
    technique: 'T1565',
    operations: writing,
  }),
  byNobody({
    type: 'Custom:S3Bucket/AnonymousListing',
    title: { en: 'Somebody unknown lists what is in a bucket', ja: '匿名でバケットの一覧が取得されました' },
    severity: 5,
    technique: 'T1619',
    operations: listing,
  }),
  onThreshold<Read>({
    type: 'Custom:S3Bucket/KeysTried',
    title: { en: 'Somebody guesses what is in a bucket', ja: 'バケット内のオブジェクト名が次々に試されています' },
    advice,
    falsePositives: {
      en: 'A site with many broken links, or a program that lost a right.',
      ja: 'リンク切れの多いサイトや、権限を失ったプログラムの場合。',
    },
    severity: 2,
    technique: 'T1619',
    logs: ['s3-access'],
    on: { kind: 'http-request' },
    reads,
    when: (seen) => seen.source === 's3-access' && (isGuess(seen) || isRead(seen)),
    key: (seen) => `${seen.text('bucket') ?? ''} ${seen.address?.text ?? ''}`,
    distinct: (seen) => seen.text('key') ?? '',
    // Readers of a public site follow a few old links among many that lead somewhere.
    weight: (seen) => (isRead(seen) ? -1 : 1),
    count: thresholds.keysTried.count,
    windowMs: thresholds.keysTried.windowMs,
    resource: bucketOf,
    says: (seen, { count }) => ({
      en: `${seen.address?.text ?? ''} asked for ${count} objects of ${seen.text('bucket') ?? ''} that it did not get.`,
      ja: `${seen.address?.text ?? ''} が ${seen.text('bucket') ?? ''} の ${count} 個のオブジェクトを要求し、得られませんでした。`,
    }),
    examples: {
      fires: {
        'by name': tried(thresholds.keysTried.count),
        'by somebody who may not read': tried(thresholds.keysTried.count, { by: alice }),
        'where all may list': tried(thresholds.keysTried.count, { status: 404 }),
      },
      stays: {
        'one fewer': tried(thresholds.keysTried.count - 1),
        'they are there': tried(thresholds.keysTried.count, { status: 200 }),
        'one again and again': tried(thresholds.keysTried.count, { key: 'a.txt' }),
        'as many are there': [
          ...tried(thresholds.keysTried.count - 1),
          stored('REST.GET.OBJECT', { at: 60, key: 'a.txt' }),
          stored('REST.GET.OBJECT', { at: 61, key: 'z.txt', status: 403 }),
        ],
        'by who may list': tried(thresholds.keysTried.count, { by: alice, status: 404 }),
        'with links that have ended': tried(thresholds.keysTried.count, { by: alice, isLink: true }),
        'by a service, for its own clients': tried(thresholds.keysTried.count, { by: 'svc:cloudfront.amazonaws.com' }),
      },
    },
  }),
  onThreshold<Read>({
    type: 'Custom:S3Bucket/ManyObjectsDeleted',
    title: {
      en: 'Many objects of a bucket were deleted by one principal',
      ja: '一つのプリンシパルがバケットの多数のオブジェクトを削除しました',
    },
    advice: {
      en: 'Ask the caller. If it was not meant, stop them and restore from versions or backups.',
      ja: '呼び出した本人に確認し、意図しない操作であれば停止させて、バージョンまたはバックアップから復元してください。',
    },
    falsePositives: { en: 'A program tidies up after itself.', ja: 'プログラムが一時ファイルを片付けている場合。' },
    severity: 2,
    technique: 'T1485',
    logs: ['s3-access'],
    on: { kind: 'http-request' },
    reads,
    when: (seen) => seen.source === 's3-access' && deleting.includes(seen.name) && isDone(seen),
    key: (seen) => `${seen.text('bucket') ?? ''} ${seen.principal}`,
    distinct: (seen) => seen.text('key') ?? '',
    count: thresholds.deletions.count,
    windowMs: thresholds.deletions.windowMs,
    resource: bucketOf,
    // Each machine of a cluster, and each run of a pipeline, has a session of its own: they are one deleter.
    counterpart: (seen) => seen.principal.replace(/^(arn:[^:]*:sts::\d+:assumed-role\/[^/]+)\/.*$/, '$1'),
    says: (seen, { count }) => ({
      en: `${seen.principal || 'Somebody unknown'} deleted ${count} objects of ${seen.text('bucket') ?? ''} within minutes.`,
      ja: `${seen.principal || '匿名の利用者'} が ${seen.text('bucket') ?? ''} の ${count} 個のオブジェクトを数分で削除しました。`,
    }),
    examples: {
      fires: { 'one by one': deleted(thresholds.deletions.count) },
      stays: {
        'one fewer': deleted(thresholds.deletions.count - 1),
        'they are refused': deleted(thresholds.deletions.count, { status: 403 }),
        'they expire': times(thresholds.deletions.count, (index, at) =>
          stored('S3.EXPIRE.OBJECT', { at, key: `${index}`, by: 'AmazonS3' }),
        ),
      },
    },
  }),
];

interface Row {
  readonly type: string;
  readonly title: Words;
  readonly severity: number;
  readonly technique: string;
  readonly operations: readonly string[];
}

/** Requests that nobody signed, and that S3 carried out. */
function byNobody({ type, title, severity, technique, operations }: Row): Detector {
  return onActivity<Read>({
    type,
    title,
    advice,
    falsePositives: meant,
    severity,
    technique,
    logs: ['s3-access'],
    on: { kind: 'http-request', calls: operations.map((name) => `s3-access:${name}`) },
    reads,
    when: (seen) => seen.source === 's3-access' && seen.principal === '' && isDone(seen),
    resource: bucketOf,
    says: (seen) => ({
      en: `${seen.address?.text ?? 'Somebody'} made ${seen.name} on ${seen.text('bucket') ?? ''} without signing it.`,
      ja: `${seen.address?.text ?? '不明な相手'} が署名なしで ${seen.text('bucket') ?? ''} に ${seen.name} を行いました。`,
    }),
    examples: {
      fires: { 'it is carried out': [stored(operations[0]!)] },
      stays: {
        'it is refused': [stored(operations[0]!, { status: 403 })],
        'somebody signed it': [stored(operations[0]!, { by: 'arn:aws:iam::111122223333:user/alice' })],
        'one object is read': [stored('REST.GET.OBJECT')],
      },
    },
  });
}

/**
 * S3 says that an object is not there only to who may list, and so has no need to guess; and a signed link names its
 * object, whoever comes with it too late.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function isGuess(seen: Seen<Read>): boolean {
  const status = statusOf(seen);
  if (seen.principal === '') return status === '403' || status === '404';
  const isLink = seen.text('authentication_type') === 'QueryString';
  return status === '403' && !isLink && !seen.principal.startsWith('svc:');
}

function isRead(seen: Seen<Read>): boolean {
  return /\.GET\.OBJECT$/.test(seen.name) && /^[23]/.test(statusOf(seen));
}

function statusOf(seen: Seen<Read>): string {
  return seen.text('http_status') ?? '';
}

function isDone(seen: Seen<Read>): boolean {
  return /^2/.test(statusOf(seen)) && seen.error === '';
}

function bucketOf(seen: Seen<Read>): Resource {
  return { type: 'S3Bucket', arn: `arn:aws:s3:::${seen.text('bucket') ?? ''}` };
}

function tried(many: number, more: StoredExample = {}): readonly JsonObject[] {
  return times(many, (index, at) =>
    stored('REST.GET.OBJECT', { at, status: 403, key: `backup-${index}.sql`, ...more }),
  );
}

function deleted(many: number, more: StoredExample = {}): readonly JsonObject[] {
  return times(many, (index, at) =>
    stored('REST.DELETE.OBJECT', {
      at,
      status: 204,
      key: `${index}`,
      by: 'arn:aws:iam::111122223333:user/alice',
      ...more,
    }),
  );
}
