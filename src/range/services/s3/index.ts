import { bucketOwners } from '../../indexes.ts';
import type { Service } from '../../operation.ts';
import { keysAt, policiesOf, tagsAt } from './access.ts';
import {
  DeleteBucketOwnershipControls,
  GetBucketAcl,
  GetBucketOwnershipControls,
  GetObjectAcl,
  PutBucketAcl,
  PutBucketOwnershipControls,
  PutObjectAcl,
} from './acls.ts';
import * as bucketPolicy from './bucket-policy.ts';
import * as bucketOperations from './buckets.ts';
import * as configurations from './configurations.ts';
import { fileDropping } from './content.ts';
import { CopyObject } from './copy-object.ts';
import { DeleteObject, DeleteObjects } from './delete-object.ts';
import { DeleteBucketEncryption, GetBucketEncryption, PutBucketEncryption } from './encryption.ts';
import { noSuchBucket } from './errors.ts';
import { GetObject, HeadObject } from './get-object.ts';
import { ListObjects, ListObjectsV2 } from './list-objects.ts';
import * as multipart from './multipart.ts';
import { DeletePublicAccessBlock, GetPublicAccessBlock, PutPublicAccessBlock } from './public-access.ts';
import { PutObject } from './put-object.ts';
import * as tagging from './tagging.ts';
import * as versioning from './versioning.ts';

export const s3: Service = {
  name: 's3',
  operations: {
    ...bucketOperations,
    ...bucketPolicy,
    ...configurations,
    ...multipart,
    ...tagging,
    ...versioning,
    CopyObject,
    DeletePublicAccessBlock,
    GetPublicAccessBlock,
    PutPublicAccessBlock,
    DeleteBucketOwnershipControls,
    GetBucketAcl,
    GetBucketOwnershipControls,
    GetObjectAcl,
    PutBucketAcl,
    PutBucketOwnershipControls,
    PutObjectAcl,
    DeleteBucketEncryption,
    GetBucketEncryption,
    PutBucketEncryption,
    DeleteObject,
    DeleteObjects,
    GetObject,
    HeadObject,
    ListObjects,
    ListObjectsV2,
    PutObject,
  },
  /** A bucket's name says whose it is; a new one is its maker's. */
  home(input, reader, operation) {
    const name = operation === 'CreateBucket' ? undefined : input['Bucket'];
    return typeof name === 'string' ? bucketOwners.get(reader, name) : undefined;
  },
  /**
   * Whether a name is taken is no secret: strangers hear 404 or 403, too.
   * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
   */
  absent(input, reader, operation) {
    const name = operation === 'CreateBucket' ? undefined : input['Bucket'];
    if (typeof name !== 'string' || bucketOwners.get(reader, name) !== undefined) return undefined;
    return noSuchBucket(name);
  },
  policies: policiesOf,
  tags: tagsAt,
  keys: keysAt,
  consumers: [fileDropping],
};
