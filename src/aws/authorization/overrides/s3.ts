import { percentDecoded } from '../../percent.ts';
import type { Entry, Override, Overrides } from '../table.ts';
import { isRecord, listAt, recordAt, textAt } from './members.ts';
import { s3Keys } from './s3-keys.ts';

// Conditional permissions: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
// and https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html (Permissions) and its siblings.
type Input = Readonly<Record<string, unknown>>;
const bucket = [['bucket!', { BucketName: 'Bucket' }]] as const;
const object = [['object!', { BucketName: 'Bucket', ObjectName: 'Key' }]] as const;
const grants = 'ACL|GrantFullControl|GrantRead|GrantReadACP|GrantWrite|GrantWriteACP';
const aclKeys = {
  's3:x-amz-acl': 'ACL',
  's3:x-amz-grant-full-control': 'GrantFullControl',
  's3:x-amz-grant-read': 'GrantRead',
  's3:x-amz-grant-read-acp': 'GrantReadACP',
  's3:x-amz-grant-write': 'GrantWrite',
  's3:x-amz-grant-write-acp': 'GrantWriteACP',
};
const headerTags = { t: 'RequestTags', tp: 's3:RequestObjectTag/' };
const put = { k: { 's3:object-lock-legal-hold': 'ObjectLockLegalHoldStatus' }, ...headerTags };
const version = { 's3:VersionId': 'VersionId' };

const puts: readonly Entry[] = [
  { a: 's3:PutObjectAcl', if: 'SetsAcl', r: object, k: aclKeys },
  { a: 's3:PutObjectTagging', if: 'Tagging', r: object, t: 'RequestTags', tp: 's3:RequestObjectTag/' },
  {
    a: 's3:PutObjectRetention',
    if: 'ObjectLockMode|ObjectLockRetainUntilDate',
    r: object,
    k: { 's3:object-lock-mode': 'ObjectLockMode', 's3:object-lock-retain-until-date': 'ObjectLockRetainUntilDate' },
  },
  {
    a: 's3:PutObjectLegalHold',
    if: 'ObjectLockLegalHoldStatus',
    r: object,
    k: { 's3:object-lock-legal-hold': 'ObjectLockLegalHoldStatus' },
  },
];
const source = [['object!', { BucketName: 'SourceBucket', ObjectName: 'SourceKey' }]] as const;
const sources: readonly Entry[] = [
  { a: 's3:GetObject', if: '!SourceVersion', r: source },
  { a: 's3:GetObjectVersion', if: 'SourceVersion', r: source, k: { 's3:VersionId': 'SourceVersion' } },
];
const copyKeys = { 's3:x-amz-copy-source': 'CopySource', 's3:x-amz-metadata-directive': 'MetadataDirective' };

export const s3: Overrides = {
  operations: {
    GetObject: versioned('s3:GetObjectVersion'),
    HeadObject: versioned('s3:GetObjectVersion'),
    DeleteObject: versioned('s3:DeleteObjectVersion'),
    GetObjectAcl: versioned('s3:GetObjectVersionAcl'),
    PutObjectAcl: versioned('s3:PutObjectVersionAcl', aclKeys),
    GetObjectTagging: versioned('s3:GetObjectVersionTagging'),
    PutObjectTagging: versioned(
      's3:PutObjectVersionTagging',
      {},
      { t: 'Tagging.TagSet[]', tp: 's3:RequestObjectTag/' },
    ),
    DeleteObjectTagging: versioned('s3:DeleteObjectVersionTagging'),
    GetObjectAttributes: {
      why: 'Needs GetObject too, and of a version both version actions. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html',
      change: { if: '!VersionId' },
      adds: [
        { a: 's3:GetObject', if: '!VersionId', r: object },
        { a: 's3:GetObjectVersionAttributes', if: 'VersionId', r: object, k: version },
        { a: 's3:GetObjectVersion', if: 'VersionId', r: object, k: version },
      ],
    },
    DeleteObjects: {
      why: 'One object each, those with a version by another action. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html',
      entries: [
        { a: 's3:DeleteObject', if: 'Plain[]', r: [['object!', { BucketName: 'Bucket', ObjectName: 'Plain[]' }]] },
        {
          a: 's3:DeleteObjectVersion',
          if: 'Versioned[]',
          r: [['object!', { BucketName: 'Bucket', ObjectName: 'Versioned[]' }]],
          k: { 's3:VersionId': 'Delete.Objects[].VersionId' },
        },
      ],
      with: splitByVersion,
    },
    PutObject: {
      why: 'Headers for ACL, tags and lock are permissions of their own.',
      change: put,
      adds: puts,
      with: putHeaders,
    },
    CreateMultipartUpload: { why: 'As PutObject.', change: put, adds: puts, with: putHeaders },
    PutObjectLegalHold: {
      why: 'The key is the status in the body. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html',
      change: { k: { 's3:object-lock-legal-hold': 'LegalHold.Status' } },
    },
    PutObjectRetention: {
      why: 'The keys are mode and date in the body. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html',
      change: {
        k: {
          's3:object-lock-mode': 'Retention.Mode',
          's3:object-lock-retain-until-date': 'Retention.RetainUntilDate',
        },
      },
    },
    CopyObject: {
      why: 'Reads the source too. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html; tags that the source has are not asked for.',
      change: put,
      adds: [...sources, ...puts],
      with: (input) => ({ ...putHeaders(input), ...copySource(input) }),
    },
    UploadPartCopy: {
      why: 'Reads the source too. https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html',
      change: { k: copyKeys },
      adds: sources,
      with: copySource,
    },
    CreateBucket: {
      why: 'ACL, ownership and object lock are permissions of their own. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html',
      adds: [
        { a: 's3:PutBucketAcl', if: grants, r: bucket, k: aclKeys },
        {
          a: 's3:PutBucketOwnershipControls',
          if: 'ObjectOwnership',
          r: bucket,
          k: { 's3:x-amz-object-ownership': 'ObjectOwnership' },
        },
        { a: 's3:PutBucketObjectLockConfiguration', if: 'Locked', r: bucket },
        { a: 's3:PutBucketVersioning', if: 'Locked', r: bucket },
      ],
      with: (input) => (input['ObjectLockEnabledForBucket'] === true ? { Locked: true } : {}),
    },
    PutBucketReplication: {
      why: 'Passes the role to S3. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html',
      adds: [
        {
          a: 'iam:PassRole',
          if: 'ReplicationConfiguration.Role',
          r: [['!', 'ReplicationConfiguration.Role']],
          k: { 'iam:PassedToService': '=s3.amazonaws.com' },
        },
      ],
    },
  },
  keys: s3Keys,
};

function versioned(
  action: string,
  keys: Readonly<Record<string, string>> = {},
  tags: Pick<Entry, 't' | 'tp'> = {},
): Override {
  return {
    why: `With versionId the action is ${action}.`,
    change: { if: '!VersionId', ...tags },
    adds: [{ a: action, if: 'VersionId', r: object, k: { ...version, ...keys }, ...tags }],
  };
}

/** `<bucket>/<key>?versionId=<id>`, percent-encoded, with or without a leading slash, or an access point's ARN. */
function copySource(input: Input): Input {
  const [path = '', query = ''] = (textAt(input, 'CopySource') ?? '').split('?');
  const [, from, key] = /^\/?([^/]+)\/(.+)$/s.exec(percentDecoded(path)) ?? [];
  const id = /(?:^|&)versionId=([^&]*)/.exec(query)?.[1];
  return { SourceBucket: from, SourceKey: key, ...(id === undefined ? {} : { SourceVersion: percentDecoded(id) }) };
}

/** The Tagging header is a query string. */
/**
 * What gives the bucket's owner their own is no grant to anybody: policies that AWS documents for it allow only PutObject.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
function putHeaders(input: Input): Input {
  const given = grants.split('|').filter((name) => input[name] !== undefined);
  const owners = given.length === 1 && input['ACL'] === 'bucket-owner-full-control';
  return { ...requestTags(input), ...(given.length === 0 || owners ? {} : { SetsAcl: true }) };
}

function requestTags(input: Input): Input {
  const header = textAt(input, 'Tagging');
  if (header === undefined) return {};
  const pairs = header.split('&').filter((pair) => pair !== '');
  return {
    RequestTags: Object.fromEntries(
      pairs.map((pair) => pair.split('=').map((part) => percentDecoded(part.replaceAll('+', ' ')))),
    ),
  };
}

function splitByVersion(input: Input): Input {
  const objects = listAt(recordAt(input, 'Delete'), 'Objects').filter(isRecord);
  const keysOf = (wanted: boolean) =>
    objects.filter((each) => (each['VersionId'] !== undefined) === wanted).map((each) => each['Key']);
  return { Plain: keysOf(false), Versioned: keysOf(true) };
}
