import { accounts } from '../../indexes.ts';
import type { ReadScope } from '../../operation.ts';
import type { Bucket } from './tables.ts';

/**
 * What a new bucket is like. Encrypted since January 2023, without ACLs and closed to the public since April 2023.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-overview.html
 */
const newBuckets = {
  '2019': {},
  now: {
    ownership: 'BucketOwnerEnforced',
    encryption: { algorithm: 'AES256', bucketKey: false },
    publicAccess: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  },
} as const satisfies Record<string, Partial<Bucket>>;

export function newBucketOf(scope: ReadScope): Partial<Bucket> {
  return newBuckets[accounts.get(scope.tx, scope.account)?.vintage ?? 'now'];
}
