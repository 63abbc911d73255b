import { Readable } from 'node:stream';
import * as s3 from '@aws-sdk/client-s3';
import { afterAll, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { clientConfig, expectCall, type Row } from './client-row.ts';
import { bytesOf, echoServer } from './echo-server.ts';

const time = new Date('2026-01-05T01:02:03.000Z');
const policy = '{"Statement":[{"Effect":"Allow","Action":"*"}]}\r\n<&>';
const uploads: Buffer[] = [];

const server = await echoServer({
  's3.PutObject': async (input) => {
    uploads.push(await bytesOf(input['Body'] as AsyncIterable<Uint8Array>));
    return { ETag: '"e"' };
  },
  's3.GetObject': () => ({
    Body: Buffer.from('hello'),
    ContentLength: 5,
    ContentType: 'text/plain',
    LastModified: time,
    Metadata: { who: 'me' },
  }),
  's3.HeadObject': () => ({ ContentLength: 5, ETag: '"e"' }),
  's3.CopyObject': () => ({ CopyObjectResult: { ETag: '"e"', LastModified: time } }),
  's3.GetBucketLocation': () => ({ LocationConstraint: 'eu-west-1' }),
  's3.ListObjectsV2': () => ({ Contents: [{ Key: 'a b', Size: 1, LastModified: time }], KeyCount: 1, Name: 'bkt' }),
  's3.GetBucketAcl': () => ({
    Owner: { ID: 'o' },
    Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'o' }, Permission: 'FULL_CONTROL' }],
  }),
  's3.GetPublicAccessBlock': () => ({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
  's3.GetBucketPolicy': () => ({ Policy: policy }),
  's3.ListBuckets': () => {
    throw new AwsError('AccessDenied', 'Access Denied');
  },
  's3.HeadBucket': () => {
    throw new AwsError('NoSuchBucket', 'none', { members: { BucketName: 'bkt' } });
  },
});
const bucket = new s3.S3Client({ ...clientConfig(server.endpoint), forcePathStyle: true });

afterAll(() => server.close());

const rows: Row[] = [
  {
    call: 's3.ListBuckets',
    send: () => bucket.send(new s3.ListBucketsCommand({})),
    error: { name: 'AccessDenied', message: 'Access Denied' },
  },
  {
    call: 's3.HeadBucket',
    send: () => bucket.send(new s3.HeadBucketCommand({ Bucket: 'bkt' })),
    error: { name: 'NotFound' },
  },
  {
    call: 's3.CreateBucket',
    send: () =>
      bucket.send(
        new s3.CreateBucketCommand({ Bucket: 'bkt', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
      ),
    input: { Bucket: 'bkt', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } },
  },
  {
    call: 's3.PutObject',
    send: () =>
      bucket.send(
        new s3.PutObjectCommand({ Bucket: 'bkt', Key: 'a b/\u3042//+', Body: 'hello', Metadata: { who: 'me' } }),
      ),
    input: { Bucket: 'bkt', Key: 'a b/\u3042//+', Metadata: { who: 'me' } },
    output: { ETag: '"e"' },
  },
  {
    call: 's3.PutObject',
    send: () =>
      bucket.send(
        new s3.PutObjectCommand({
          Bucket: 'bkt',
          Key: 'stream',
          Body: Readable.from(['x'.repeat(9000), 'y']),
          ContentLength: 9001,
        }),
      ),
    output: { ETag: '"e"' },
  },
  {
    call: 's3.GetObject',
    send: () => bucket.send(new s3.GetObjectCommand({ Bucket: 'bkt', Key: '/a', Range: 'bytes=0-4' })),
    input: { Bucket: 'bkt', Key: '/a', Range: 'bytes=0-4' },
    output: { ContentLength: 5, ContentType: 'text/plain', LastModified: time, Metadata: { who: 'me' } },
  },
  {
    call: 's3.HeadObject',
    send: () => bucket.send(new s3.HeadObjectCommand({ Bucket: 'bkt', Key: 'a' })),
    output: { ContentLength: 5, ETag: '"e"' },
  },
  {
    call: 's3.CopyObject',
    send: () => bucket.send(new s3.CopyObjectCommand({ Bucket: 'bkt', Key: 'b', CopySource: 'bkt/a' })),
    input: { CopySource: 'bkt/a', Key: 'b' },
  },
  {
    call: 's3.UploadPart',
    send: () =>
      bucket.send(new s3.UploadPartCommand({ Bucket: 'bkt', Key: 'b', PartNumber: 2, UploadId: 'u', Body: 'z' })),
    input: { PartNumber: 2, UploadId: 'u' },
  },
  {
    call: 's3.GetBucketLocation',
    send: () => bucket.send(new s3.GetBucketLocationCommand({ Bucket: 'bkt' })),
    output: { LocationConstraint: 'eu-west-1' },
  },
  {
    call: 's3.ListObjectsV2',
    send: () => bucket.send(new s3.ListObjectsV2Command({ Bucket: 'bkt', Prefix: 'a b+', MaxKeys: 3 })),
    input: { Prefix: 'a b+', MaxKeys: 3 },
    output: { Contents: [{ Key: 'a b', Size: 1, LastModified: time }], Name: 'bkt' },
  },
  {
    call: 's3.GetBucketAcl',
    send: () => bucket.send(new s3.GetBucketAclCommand({ Bucket: 'bkt' })),
    output: { Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'o' }, Permission: 'FULL_CONTROL' }] },
  },
  {
    call: 's3.PutBucketAcl',
    send: () =>
      bucket.send(
        new s3.PutBucketAclCommand({
          Bucket: 'bkt',
          AccessControlPolicy: {
            Owner: { ID: 'o' },
            Grants: [
              {
                Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
                Permission: 'READ',
              },
            ],
          },
        }),
      ),
    input: {
      AccessControlPolicy: {
        Owner: { ID: 'o' },
        Grants: [
          { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' },
        ],
      },
    },
  },
  {
    call: 's3.GetPublicAccessBlock',
    send: () => bucket.send(new s3.GetPublicAccessBlockCommand({ Bucket: 'bkt' })),
    output: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
  },
  {
    call: 's3.PutPublicAccessBlock',
    send: () =>
      bucket.send(
        new s3.PutPublicAccessBlockCommand({
          Bucket: 'bkt',
          PublicAccessBlockConfiguration: { BlockPublicAcls: false },
        }),
      ),
    input: { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
  },
  {
    call: 's3.GetBucketPolicy',
    send: () => bucket.send(new s3.GetBucketPolicyCommand({ Bucket: 'bkt' })),
    output: { Policy: policy },
  },
  {
    call: 's3.PutBucketPolicy',
    send: () => bucket.send(new s3.PutBucketPolicyCommand({ Bucket: 'bkt', Policy: policy })),
    input: { Policy: policy },
  },
  {
    call: 's3.DeleteObjects',
    send: () =>
      bucket.send(new s3.DeleteObjectsCommand({ Bucket: 'bkt', Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } })),
    input: { Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } },
  },
  {
    call: 's3.PutBucketNotificationConfiguration',
    send: () =>
      bucket.send(
        new s3.PutBucketNotificationConfigurationCommand({
          Bucket: 'bkt',
          NotificationConfiguration: { EventBridgeConfiguration: {} },
        }),
      ),
    input: { NotificationConfiguration: { EventBridgeConfiguration: {} } },
  },
  {
    call: 's3.PutBucketLifecycleConfiguration',
    send: () =>
      bucket.send(
        new s3.PutBucketLifecycleConfigurationCommand({
          Bucket: 'bkt',
          LifecycleConfiguration: {
            Rules: [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 3 } }],
          },
        }),
      ),
    input: {
      LifecycleConfiguration: {
        Rules: [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 3 } }],
      },
    },
  },
];

test.each(rows)('the SDK understands $call', (row) => expectCall(server.seen, row));

test('bodies arrive whole, chunked or not', () => {
  expect(uploads.map(String)).toEqual(['hello', `${'x'.repeat(9000)}y`]);
});
