import * as s3 from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bucketsOf } from '../support/buckets.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let client: s3.S3Client;
let made: ReturnType<typeof bucketsOf>['made'];
let put: ReturnType<typeof bucketsOf>['put'];

beforeAll(async () => {
  range = await testRange();
  ({ client, made, put } = bucketsOf(range));
});
afterAll(() => range.close());

test.each([
  ['small', 'hello'],
  ['empty', ''],
  ['large', 'x'.repeat(300_000)],
])('a %s object comes back as it was put', async (name, body) => {
  const Bucket = await made(`bodies-${name}`);
  const Key = 'a b/\u3042+%';
  const { ETag } = await put(Bucket, Key, body, { ContentType: 'text/plain', Metadata: { who: 'me' } });
  const found = await client.send(new s3.GetObjectCommand({ Bucket, Key }));
  expect(await found.Body?.transformToString()).toBe(body);
  expect(found).toMatchObject({
    ETag,
    ContentType: 'text/plain',
    Metadata: { who: 'me' },
    ServerSideEncryption: 'AES256',
  });
  const head = await client.send(new s3.HeadObjectCommand({ Bucket, Key }));
  expect(head.ContentLength).toBe(body.length);
});

test('a range is a part', async () => {
  const Bucket = await made('ranges');
  await put(Bucket, 'k', '0123456789');
  const found = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=2-4' }));
  expect(found).toMatchObject({ ContentRange: 'bytes 2-4/10', ContentLength: 3, $metadata: { httpStatusCode: 206 } });
  expect(await found.Body?.transformToString()).toBe('234');
});

test('keys list in the byte order of UTF-8, with common prefixes and page by page', async () => {
  const Bucket = await made('lists');
  for (const key of ['b', 'a/1', 'a/2', '\u{1f600}', '\uffee', 'c/x/y', 'A']) await put(Bucket, key, 'x');
  const seen: (string | undefined)[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      new s3.ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 2, ContinuationToken }),
    );
    seen.push(
      ...(page.Contents ?? []).map(({ Key }) => Key),
      ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
    );
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  expect(seen).toEqual(['A', 'a/', 'b', 'c/', '\uffee', '\u{1f600}']);
});

test.each<[string, () => Promise<unknown>, string, number]>([
  ['no bucket', () => put('nowhere-at-all', 'k', 'x'), 'NoSuchBucket', 404],
  ['no key', () => client.send(new s3.GetObjectCommand({ Bucket: 'errors', Key: 'none' })), 'NoSuchKey', 404],
  ['twice', () => made('errors'), 'BucketAlreadyOwnedByYou', 409],
  ['full', () => client.send(new s3.DeleteBucketCommand({ Bucket: 'errors' })), 'BucketNotEmpty', 409],
  ['no policy', () => client.send(new s3.GetBucketPolicyCommand({ Bucket: 'errors' })), 'NoSuchBucketPolicy', 404],
  [
    'range',
    () => client.send(new s3.GetObjectCommand({ Bucket: 'errors', Key: 'k', Range: 'bytes=9-' })),
    'InvalidRange',
    416,
  ],
  [
    'if-match',
    () => client.send(new s3.GetObjectCommand({ Bucket: 'errors', Key: 'k', IfMatch: '"z"' })),
    'PreconditionFailed',
    412,
  ],
  ['if-none-match', () => put('errors', 'k', 'x', { IfNoneMatch: '*' }), 'PreconditionFailed', 412],
  [
    'an ACL',
    () => client.send(new s3.PutBucketAclCommand({ Bucket: 'errors', ACL: 'public-read' })),
    'AccessControlListNotSupported',
    400,
  ],
  [
    'no json',
    () => client.send(new s3.PutBucketPolicyCommand({ Bucket: 'errors', Policy: '{' })),
    'MalformedPolicy',
    400,
  ],
  ...['arn:aws:s3:::err/*', 'arn:aws:s3:::other', 'arn:aws:sns:::errors'].map(
    (Resource): [string, () => Promise<unknown>, string, number] => [
      `a policy about ${Resource}`,
      () => {
        const Statement = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource };
        const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
        return client.send(new s3.PutBucketPolicyCommand({ Bucket: 'errors', Policy }));
      },
      'MalformedPolicy',
      400,
    ],
  ),
])('is refused: %s', async (_what, send, name, httpStatusCode) => {
  if (_what === 'no bucket') await put(await made('errors'), 'k', 'x');
  await expect(send()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
});

test('a bucket opens to everybody in three steps and not before; its objects stay closed', async () => {
  const Bucket = await made('opened');
  await put(Bucket, 'k', 'secret');
  const open = () => client.send(new s3.PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
  const list = async () => (await fetch(`${range.endpoint}/${Bucket}?list-type=2`)).status;
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] };
  await client.send(new s3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  await expect(open()).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('BlockPublicAcls'),
  });
  expect(await list()).toBe(403);
  await client.send(new s3.DeletePublicAccessBlockCommand({ Bucket }));
  await open();
  expect(await list()).toBe(200);
  expect((await fetch(`${range.endpoint}/${Bucket}/k`)).status).toBe(403);
});

test('a public policy is refused while blocked, and then lets everybody read', async () => {
  const Bucket = await made('policies');
  await put(Bucket, 'k', 'open');
  const Statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  const open = () => client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }));
  await expect(open()).rejects.toMatchObject({ name: 'AccessDenied' });
  await client.send(new s3.DeletePublicAccessBlockCommand({ Bucket }));
  await open();
  expect(await (await fetch(`${range.endpoint}/${Bucket}/k`)).text()).toBe('open');
  const { PolicyStatus } = await client.send(new s3.GetBucketPolicyStatusCommand({ Bucket }));
  expect(PolicyStatus?.IsPublic).toBe(true);
});
