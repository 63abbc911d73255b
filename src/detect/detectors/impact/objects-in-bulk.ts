import { accountInArn } from '../../../aws/arn.ts';
import { percentDecoded } from '../../../aws/percent.ts';
import type { JsonObject } from '../../../model/json.ts';
import { byHand, isForeign, sessionOf, unreviewed } from '../../callers.ts';
import type { Seen } from '../../detector.ts';
import { call, example } from '../../examples.ts';
import { onBurst } from '../../on-burst.ts';
import { onCall } from '../../on-call.ts';
import { onSequence } from '../../on-sequence.ts';
import { accessKeyAndBucket } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';
import type { World } from '../../world.ts';

const algorithm = 'requestParameters.x-amz-server-side-encryption-customer-algorithm';
const kmsKey = 'requestParameters.x-amz-server-side-encryption-aws-kms-key-id';

const broughtKey = { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' } as const;

function keyOf(account: string): JsonObject {
  return { 'x-amz-server-side-encryption-aws-kms-key-id': `arn:aws:kms:us-west-2:${account}:key/k` };
}

/** The caller brought the key, or it is another account's. */
function isForeignKey(seen: Seen<typeof algorithm | typeof kmsKey>, world: World): boolean {
  const owner = accountInArn(seen.text(kmsKey) ?? '');
  return seen.has(algorithm) || (owner !== '' && isForeign(owner, seen, world));
}

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
  when: isForeignKey,
  attempts: false,
  most: thresholds.reencryptions,
  example: (index) => ({
    name: 's3:CopyObject',
    request: {
      bucketName: 'letters',
      key: String(index),
      ...broughtKey,
    },
  }),
  stays: {
    'with a key of another one of these accounts': { request: keyOf(example.sisterAccount) },
    'with the own key': { request: keyOf(example.account) },
    'without a key': { request: { bucketName: 'letters', key: 'k' } },
  },
});

const bucketName = 'requestParameters.bucketName';
const key = 'requestParameters.key';
const copySource = 'requestParameters.x-amz-copy-source';

/** One object is enough: nobody copies an object onto itself to lose the key to it. */
export const objectReencryptedInPlace = onCall({
  type: 'Custom:S3Bucket/ObjectReencryptedInPlace',
  title: {
    en: 'An object was replaced by itself, encrypted with a key from outside the account',
    ja: 'オブジェクトが、アカウント外の鍵で暗号化された自身のコピーに置き換えられました',
  },
  advice: {
    en: 'Stop the principal at once: the next objects follow. Restore from versions or backups, and deny keys of other accounts in the bucket policy.',
    ja: 'ただちにプリンシパルを停止してください。他のオブジェクトも続けて暗号化されるおそれがあります。バージョンまたはバックアップから復元し、バケットポリシーで他アカウントの鍵を拒否します。',
  },
  falsePositives: {
    en: 'Data is handed over to another account of yours, whose key it gets.',
    ja: '自社の別アカウントへデータを引き渡し、その鍵で暗号化し直した場合。',
  },
  severity: 8,
  technique: 'T1486',
  log: 'cloudtrail-s3-data',
  calls: 's3:CopyObject',
  target: [bucketName],
  reads: [key, copySource, algorithm, kmsKey],
  when: (seen, world) => {
    const source = percentDecoded((seen.text(copySource) ?? '').replace(/^\//, '').replace(/\?versionId=.*$/, ''));
    return isForeignKey(seen, world) && source === `${seen.text(bucketName)}/${seen.text(key)}`;
  },
  fires: {
    'with a key of another account': { request: copied(keyOf(example.otherAccount)) },
    'with a key that the caller brings': { request: copied(broughtKey) },
    'whose name is escaped in the header': {
      request: { ...copied(broughtKey), key: 'to do.txt', 'x-amz-copy-source': '/letters/to%20do.txt?versionId=1' },
    },
  },
  stays: {
    'with the own key': { request: copied(keyOf(example.account)) },
    'with a key of another one of these accounts': { request: copied(keyOf(example.sisterAccount)) },
    'a copy beside it': { request: { ...copied(keyOf(example.otherAccount)), key: 'copy.txt' } },
    'its class is changed': { request: copied({ 'x-amz-storage-class': 'GLACIER' }) },
  },
});

function copied(more: JsonObject): JsonObject {
  return { bucketName: 'letters', key: 'a.txt', 'x-amz-copy-source': 'letters/a.txt', ...more };
}

const data = { eventCategory: 'Data', managementEvent: false };

/** What takes away one object, and what takes away up to a thousand. */
export const objectsDeleted = onBurst({
  type: 'Custom:S3Bucket/MassDeletion',
  title: {
    en: 'Many objects of a bucket were deleted by one principal',
    ja: '一つのプリンシパルがバケットの多数のオブジェクトを削除しました',
  },
  advice: {
    en: 'Ask the caller. If it was not meant, stop them at once and restore from versions or backups.',
    ja: '呼び出した本人に確認し、意図しない操作であればただちに停止させて、バージョンまたはバックアップから復元してください。',
  },
  falsePositives: {
    en: 'A bucket is emptied before it is deleted, or a program tidies up after itself.',
    ja: 'バケットを削除する前に空にしている場合や、プログラムが一時ファイルを片付けている場合。',
  },
  severity: 5,
  technique: 'T1485',
  log: 'cloudtrail-s3-data',
  calls: 's3:DeleteObject s3:DeleteObjects s3:DeleteObjectVersion',
  reads: [bucketName],
  when: (seen) => unreviewed(seen) && seen.origin?.instance === undefined,
  attempts: false,
  key: (seen) => `${sessionOf(seen)} ${seen.text(bucketName) ?? ''}`,
  weight: (seen) => (seen.name === 'DeleteObjects' ? thresholds.deletions.count / 2 : 1),
  most: thresholds.deletions,
  example: (index) => ({
    name: 's3:DeleteObject',
    request: { bucketName: 'letters', key: String(index) },
    more: data,
  }),
  stays: { 'by a pipeline': { by: 'pipeline:Deploy' }, 'by a pod': { by: 'pod:Cleaner' } },
});

const deleting = ['DeleteObjects', 'DeleteObject', 'DeleteObjectVersion'];

/** What a file is called that tells the owner to pay. */
const note = /(ransom|recover|restore|decrypt|encrypted|deleted|how.?to|read.?me|warning|contact|bitcoin|pay)/i;

export const objectsHeldToRansom = onSequence({
  type: 'Custom:S3Bucket/ObjectsDeletedAndNoteLeft',
  title: {
    en: 'Objects were deleted, and a note was left in their place',
    ja: 'オブジェクトが削除され、代わりに脅迫文とみられるファイルが置かれました',
  },
  advice: {
    en: 'Stop the principal at once, keep the note, and restore from versions or backups.',
    ja: 'ただちにプリンシパルを停止し、残されたファイルを保全して、バージョンまたはバックアップから復元してください。',
  },
  falsePositives: {
    en: 'A folder is replaced together with its description.',
    ja: 'フォルダーを説明ファイルごと入れ替えた場合。',
  },
  severity: 8,
  technique: 'T1485',
  logs: ['cloudtrail-s3-data'],
  on: { kind: 'api-call', calls: [...deleting, 'PutObject'].map((name) => `s3:${name}`) },
  reads: [bucketName, key],
  windowMs: 3_600_000,
  steps: [
    { when: (seen) => seen.error === '' && deleting.includes(seen.name) && byHand(seen), key: placeOf },
    { when: (seen) => seen.error === '' && isNote(seen.text(key) ?? '') && byHand(seen), key: placeOf },
  ],
  resource: accessKeyAndBucket(bucketName),
  says: (seen) => ({
    en: `${seen.principal} deleted objects of ${seen.text(bucketName) ?? ''} and left ${seen.text(key) ?? ''}.`,
    ja: `${seen.principal} が ${seen.text(bucketName) ?? ''} のオブジェクトを削除し、${seen.text(key) ?? ''} を置きました。`,
  }),
  examples: {
    fires: {
      'many at once': [ofObjects('DeleteObjects', 0), ofObjects('PutObject', 60, 'HOW-TO-RECOVER.txt')],
      'one by one': [ofObjects('DeleteObject', 0, 'a.doc'), ofObjects('PutObject', 60, 'notes/ransom_note.html')],
    },
    stays: {
      'another file is written': [ofObjects('DeleteObjects', 0), ofObjects('PutObject', 60, 'a.doc')],
      'the note comes first': [ofObjects('PutObject', 0, 'README.txt'), ofObjects('DeleteObjects', 60)],
      'hours later': [ofObjects('DeleteObjects', 0), ofObjects('PutObject', 7_200, 'README.txt')],
      'the deletion was refused': [
        ofObjects('DeleteObjects', 0, '', 'AccessDenied'),
        ofObjects('PutObject', 60, 'README.txt'),
      ],
    },
  },
});

function placeOf(seen: Seen<typeof bucketName | typeof key>): string {
  return `${seen.principal} ${seen.text(bucketName) ?? ''}`;
}

function isNote(name: string): boolean {
  const file = name.slice(name.lastIndexOf('/') + 1);
  return /\.(txt|html?|hta|md|rtf)$/i.test(file) && note.test(file);
}

function ofObjects(name: string, at: number, object = '', error?: string) {
  const request = { bucketName: 'letters', ...(object === '' ? {} : { key: object }) };
  return call(`s3:${name}`, { at, request, more: data, ...(error === undefined ? {} : { error }) });
}
