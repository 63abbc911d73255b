import { CreateUserCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, test, vi } from 'vitest';
import { spaceLow } from '../../src/run/adapters/store/errors.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
afterEach(() => range.close());

test('what the disk does not take is refused as unavailable, is not there, and may be tried again', async () => {
  const crashed = vi.fn();
  range = await testRange({ crashed });
  const once = { ...range.as(), maxAttempts: 1 };
  const commit = vi.spyOn(range.store, 'commit').mockRejectedValue(spaceLow('/data', 0, 1));
  const create = (settings: object) =>
    new IAMClient({ ...once, ...settings }).send(new CreateUserCommand({ UserName: 'u' }));
  const unavailable = { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } };
  await expect(create({})).rejects.toMatchObject(unavailable);
  const s3 = new S3Client({ ...once, forcePathStyle: true });
  await expect(s3.send(new CreateBucketCommand({ Bucket: 'full' }))).rejects.toMatchObject(unavailable);
  expect(crashed).toHaveBeenCalledWith(expect.objectContaining({ code: 'STORE_SPACE_LOW' }), 'iam:CreateUser');
  await expect(new IAMClient(once).send(new GetUserCommand({ UserName: 'u' }))).rejects.toMatchObject({
    name: 'ServiceUnavailable',
  });
  commit.mockRestore();
  // A client of its own settings tries again by itself.
  commit.mockRejectedValueOnce(spaceLow('/data', 0, 1));
  await expect(create({ maxAttempts: 3 })).resolves.toMatchObject({ User: { UserName: 'u' } });
});

test('what nobody foresaw is an internal failure, and is said as a bug', async () => {
  const crashed = vi.fn();
  range = await testRange({ crashed });
  vi.spyOn(range.store, 'commit').mockRejectedValueOnce(new TypeError('ours'));
  const create = new IAMClient({ ...range.as(), maxAttempts: 1 }).send(new CreateUserCommand({ UserName: 'u' }));
  await expect(create).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
  expect(crashed).toHaveBeenCalledWith(expect.any(TypeError), 'iam:CreateUser');
});
