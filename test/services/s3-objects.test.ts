import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import * as s3 from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { bucketFacts } from '../../src/range/services/s3/facts.ts';
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

const text = async (Bucket: string, Key: string, VersionId?: string) =>
  (await client.send(new s3.GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();

test('versions stay until each is deleted; a marker hides them', async () => {
  const Bucket = await made('versions');
  await put(Bucket, 'k', 'zero');
  await client.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const { VersionId: one } = await put(Bucket, 'k', 'one');
  await put(Bucket, 'k', 'two');
  const { DeleteMarker, VersionId: marker } = await client.send(new s3.DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(DeleteMarker).toBe(true);
  await expect(text(Bucket, 'k')).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(text(Bucket, 'k', marker)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
  expect([await text(Bucket, 'k', 'null'), await text(Bucket, 'k', one)]).toEqual(['zero', 'one']);
  const shown = await client.send(new s3.ListObjectVersionsCommand({ Bucket }));
  expect([shown.Versions?.length, shown.DeleteMarkers?.length, shown.DeleteMarkers?.[0]?.IsLatest]).toEqual([
    3,
    1,
    true,
  ]);
  const first = await client.send(new s3.ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
  const rest = await client.send(
    new s3.ListObjectVersionsCommand({
      Bucket,
      KeyMarker: first.NextKeyMarker,
      VersionIdMarker: first.NextVersionIdMarker,
    }),
  );
  expect(rest.Versions?.map(({ VersionId }) => VersionId)).toEqual([one, 'null']);
  await client.send(new s3.DeleteObjectCommand({ Bucket, Key: 'k', VersionId: marker }));
  expect(await text(Bucket, 'k')).toBe('two');
  await expect(client.send(new s3.DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
  const Objects = (shown.Versions ?? []).map(({ Key, VersionId }) => ({ Key: Key!, VersionId: VersionId! }));
  await client.send(new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  await client.send(new s3.DeleteBucketCommand({ Bucket }));
});

test('parts become one object, in order and by their tags', async () => {
  const Bucket = await made('multipart');
  const { UploadId } = await client.send(
    new s3.CreateMultipartUploadCommand({ Bucket, Key: 'k', ContentType: 'text/x' }),
  );
  const bodies = ['a'.repeat(5 * 1024 * 1024), 'tail'];
  const Parts: s3.CompletedPart[] = [];
  for (const [at, Body] of bodies.entries()) {
    const PartNumber = at + 1;
    const { ETag } = await client.send(new s3.UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber, Body }));
    Parts.push({ PartNumber, ETag });
  }
  const complete = (given: s3.CompletedPart[]) =>
    client.send(
      new s3.CompleteMultipartUploadCommand({ Bucket, Key: 'k', UploadId, MultipartUpload: { Parts: given } }),
    );
  await expect(complete([...Parts].reverse())).rejects.toMatchObject({ name: 'InvalidPartOrder' });
  await expect(complete([{ PartNumber: 3, ETag: 'x' }])).rejects.toMatchObject({ name: 'InvalidPart' });
  expect((await complete(Parts)).ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  await expect(complete(Parts)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  expect(await text(Bucket, 'k')).toBe(bodies.join(''));
  const part = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=5242878-5242881' }));
  expect(await part.Body?.transformToString()).toBe('aata');
});

test('a copy has the bytes, metadata and tags of its source', async () => {
  const Bucket = await made('copies');
  await put(Bucket, 'from here', 'x', { Metadata: { a: 'b' }, Tagging: 't=1' });
  await client.send(new s3.CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/from%20here` }));
  expect((await client.send(new s3.HeadObjectCommand({ Bucket, Key: 'to' }))).Metadata).toEqual({ a: 'b' });
  const { TagSet } = await client.send(new s3.GetObjectTaggingCommand({ Bucket, Key: 'to' }));
  expect(TagSet).toEqual([{ Key: 't', Value: '1' }]);
  const onItself = new s3.CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/to` });
  await expect(client.send(onItself)).rejects.toMatchObject({ name: 'InvalidRequest' });
});

test.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
  '%s is answered where it is asked for',
  async (ChecksumAlgorithm) => {
    const Bucket = await made(`sums-${ChecksumAlgorithm.toLowerCase()}`);
    const sent = await put(Bucket, 'k', 'hello', { ChecksumAlgorithm });
    const head = await client.send(new s3.HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    const name = `Checksum${ChecksumAlgorithm}` as const;
    expect(head[name]).toBe(sent[name]);
    expect(head[name]).toMatch(/=$/);
  },
);

test('who may not list is not told what is missing, and nothing else is allowed', async () => {
  const Bucket = await made('quiet');
  await put(Bucket, 'k', 'x');
  const iam = new IAMClient(range.as());
  await iam.send(new CreateUserCommand({ UserName: 'reader' }));
  const Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName: 'reader', PolicyName: 'p', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }));
  const keys = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const reader = new s3.S3Client({ ...range.as({ ...range.administrator, ...keys }), forcePathStyle: true });
  const get = (Key: string) => reader.send(new s3.GetObjectCommand({ Bucket, Key }));
  expect(await (await get('k')).Body?.transformToString()).toBe('x');
  await expect(get('none')).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('s3:ListBucket'),
  });
  await expect(reader.send(new s3.ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(reader.send(new s3.DeleteObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

test('records name bucket and host; what is done to objects is no management event', async () => {
  const Bucket = await made('recorded');
  await put(Bucket, 'k', 'hello');
  await client.send(new s3.DeletePublicAccessBlockCommand({ Bucket }));
  const records = [...range.store.range<JsonObject>('trail', { prefix: `${range.account}/us-west-2/` })].map(
    ([, row]) => row,
  );
  const Host = `${Bucket}.s3.us-west-2.amazonaws.com`;
  expect(records.some(({ eventName }) => eventName === 'PutObject')).toBe(false);
  expect(records.at(-1)).toMatchObject({
    eventName: 'DeleteBucketPublicAccessBlock',
    eventSource: 's3.amazonaws.com',
    requestParameters: { bucketName: Bucket, Host, publicAccessBlock: '' },
    responseElements: null,
    additionalEventData: { SignatureVersion: 'SigV4', AuthenticationMethod: 'AuthHeader' },
    resources: [{ type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${Bucket}`, accountId: range.account }],
  });
  const facts = bucketFacts({ tx: range.store, account: range.account, region: 'us-west-2' }, Bucket);
  expect(facts).toMatchObject({ name: Bucket, publicAccess: { effectivePermission: 'NOT_PUBLIC' } });
});
