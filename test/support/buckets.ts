import * as s3 from '@aws-sdk/client-s3';
import type { TestRange } from './range.ts';

/** A client of S3 with the two calls that every test of buckets begins with. */
export function bucketsOf(range: TestRange) {
  const client = new s3.S3Client({ ...range.as(), forcePathStyle: true });
  return {
    client,
    made: async (Bucket: string) => {
      const CreateBucketConfiguration = { LocationConstraint: 'us-west-2' } as const;
      await client.send(new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
      return Bucket;
    },
    put: (Bucket: string, Key: string, Body: string | Uint8Array, more: Partial<s3.PutObjectCommandInput> = {}) =>
      client.send(new s3.PutObjectCommand({ Bucket, Key, Body, ...more })),
  };
}
