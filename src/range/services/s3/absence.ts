import type { Operation } from '../../operation.ts';

/**
 * Who may not list a bucket is not told that a key is missing: the answer is 403 and not 404.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (Permissions)
 */
export const missingKey: NonNullable<Operation['absence']> = {
  code: 'NoSuchKey',
  requirement: (input) => ({ action: 's3:ListBucket', resource: `arn:aws:s3:::${String(input['Bucket'])}` }),
};
