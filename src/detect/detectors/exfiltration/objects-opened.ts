import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder, textsUnder } from '../../policies.ts';

// Single objects, and what lets buckets be opened.

const bucketName = 'requestParameters.bucketName';
const acl = 'requestParameters.x-amz-acl';
const read = 'requestParameters.x-amz-grant-read';
const grants = 'requestParameters.AccessControlPolicy.AccessControlList.Grant';
const ownership = 'requestParameters.OwnershipControls';
const advice: Words = {
  en: 'Close it unless it is meant for everybody, and look in the access logs for who read meanwhile.',
  ja: '公開する意図がなければ閉じ、その間に誰が読み取ったかアクセスログで確認してください。',
};
const published: Words = { en: 'A web site is being published.', ja: 'ウェブサイトを公開している場合。' };
const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';

export const objectsOpened: readonly Detector[] = [
  exceptRoutine(
    onCall<Read>({
      type: 'Custom:S3Object/OpenedToEverybody',
      title: { en: 'An object was opened to everybody', ja: 'オブジェクトがすべての人に公開されました' },
      advice,
      falsePositives: published,
      severity: 5,
      technique: 'T1530',
      log: 'cloudtrail-s3-data',
      calls: 's3:PutObjectAcl',
      target: [bucketName],
      reads: [acl, read, grants],
      when: (seen) =>
        [...seen.list(acl), seen.text(acl) ?? ''].some((value) => value.startsWith('public-read')) ||
        [...seen.list(read), seen.text(read) ?? ''].some((value) => value.includes(everybody)) ||
        textsUnder(seen.json(grants), 'Grantee.URI').includes(everybody),
      fires: {
        'by a canned ACL': { request: { bucketName: 'letters', key: 'a', 'x-amz-acl': ['public-read'] } },
        'by a grant': { request: { bucketName: 'letters', key: 'a', ...granted(everybody) } },
      },
      stays: { 'a private ACL': { request: { bucketName: 'letters', key: 'a', 'x-amz-acl': ['private'] } } },
    }),
    { name: 's3:PutObjectAcl', request: { bucketName: 'letters', key: 'a', 'x-amz-acl': ['public-read'] } },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:S3Bucket/AclsAllowed',
      title: { en: 'A bucket takes access lists of single objects again', ja: 'バケットで ACL が再び有効化されました' },
      advice,
      falsePositives: { en: 'An old program sets access lists.', ja: '古いプログラムが ACL を設定する場合。' },
      severity: 2,
      technique: 'T1222',
      calls: 's3:PutBucketOwnershipControls s3:DeleteBucketOwnershipControls',
      target: [bucketName],
      reads: [ownership],
      when: (seen) =>
        unreviewed(seen) &&
        (seen.name.startsWith('Delete') ||
          objectsUnder(seen.json(ownership), 'Rule').some((rule) => rule['ObjectOwnership'] !== 'BucketOwnerEnforced')),
      fires: {
        'writers own what they write': {
          request: { bucketName: 'letters', OwnershipControls: { Rule: { ObjectOwnership: 'ObjectWriter' } } },
        },
      },
      stays: {
        'the bucket decides': {
          request: { bucketName: 'letters', OwnershipControls: { Rule: { ObjectOwnership: 'BucketOwnerEnforced' } } },
        },
      },
    }),
    {
      name: 's3:PutBucketOwnershipControls',
      request: { bucketName: 'letters', OwnershipControls: { Rule: { ObjectOwnership: 'ObjectWriter' } } },
    },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:S3Bucket/MadeWebsite',
      title: { en: 'A bucket was made a web site', ja: 'バケットが静的ウェブサイトとして設定されました' },
      advice,
      falsePositives: published,
      severity: 2,
      technique: 'T1491',
      calls: 's3:PutBucketWebsite',
      target: [bucketName],
      when: unreviewed,
      fires: { 'it is set': { request: { bucketName: 'letters', WebsiteConfiguration: {} } } },
      stays: { 'it is taken back': { name: 's3:DeleteBucketWebsite', request: { bucketName: 'letters' } } },
    }),
    { name: 's3:PutBucketWebsite', request: { bucketName: 'letters' } },
  ),
];

type Read = typeof bucketName | typeof acl | typeof read | typeof grants;

function granted(URI: string): JsonObject {
  const Grant = [{ Grantee: { URI, 'xsi:type': 'Group' }, Permission: 'READ' }];
  return { AccessControlPolicy: { AccessControlList: { Grant } } };
}
