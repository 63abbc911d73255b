import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zipOf } from '../functions/zip-of.ts';
import { trust } from '../support/identities.ts';
import { type TestRange, testRange } from '../support/range.ts';

let folder: string;
let range: TestRange;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yagura-blobs-of-range-'));
  range = await testRange({ folder });
});
afterEach(async () => {
  await range.close();
  rmSync(folder, { recursive: true });
});

const files = () => readdirSync(join(folder, 'blobs')).sort();
const large = (letter: string) => letter.repeat(1 << 20);
const object = { Bucket: 'bucket', Key: 'large' };
const s3 = () => new S3Client({ ...range.as(), forcePathStyle: true, maxAttempts: 1 });

async function withObject(): Promise<readonly string[]> {
  await s3().send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await s3().send(new PutObjectCommand({ ...object, Body: large('a') }));
  expect(files()).toHaveLength(1);
  return files();
}

test('a replaced and a deleted object leave no file behind', async () => {
  const before = await withObject();
  await s3().send(new PutObjectCommand({ ...object, Body: large('b') }));
  await range.pass(1);
  expect(files()).toHaveLength(1);
  expect(files()).not.toEqual(before);
  await s3().send(new DeleteObjectCommand(object));
  await range.pass(1);
  expect(files()).toEqual([]);
});

test('a refused put leaves no file behind, and what was there', async () => {
  const before = await withObject();
  const put = new PutObjectCommand({ ...object, Body: large('b'), IfNoneMatch: '*' });
  await expect(s3().send(put)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(
    s3().send(new PutObjectCommand({ ...object, Bucket: 'nowhere', Body: large('b') })),
  ).rejects.toMatchObject({ name: 'NoSuchBucket' });
  expect(files()).toEqual(before);
});

test('a function has the file of its code, and no other', async () => {
  const role = { RoleName: 'runner', AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }) };
  const { Role } = await new IAMClient(range.as()).send(new CreateRoleCommand(role));
  const lambda = new LambdaClient({ ...range.as(), maxAttempts: 1 });
  const zip = (answer: number) => zipOf({ 'index.mjs': `export const handler = async () => ${answer};` });
  const FunctionName = 'answers';
  const Code = { ZipFile: zip(1) };
  const made = { FunctionName, Role: Role?.Arn, Runtime: 'nodejs22.x', Handler: 'index.handler', Code } as const;
  await lambda.send(new CreateFunctionCommand(made));
  const first = files();
  await expect(lambda.send(new CreateFunctionCommand(made))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip(2), DryRun: true }));
  await range.pass(1);
  expect(files()).toEqual(first);
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip(2) }));
  await range.pass(1);
  expect(files()).toHaveLength(1);
  expect(files()).not.toEqual(first);
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  expect(Buffer.from(Payload ?? []).toString()).toBe('2');
  await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  await range.pass(1);
  expect(files()).toEqual([]);
});

test('a start sweeps what an end left, and keeps what rows name', async () => {
  const kept = await withObject();
  await range.close();
  const orphan = '0'.repeat(24) + 'f'.repeat(8);
  for (const name of [orphan, `${orphan}.part`]) writeFileSync(join(folder, 'blobs', name), 'left over');
  range = await testRange({ folder });
  expect(files()).toEqual(kept);
  const { Body } = await s3().send(new GetObjectCommand(object));
  expect(await Body?.transformToString()).toBe(large('a'));
});
