import { AwsError } from '../../../aws/error.ts';
import { type Call, operation } from '../../operation.ts';
import { isPublicAcl } from './acl.ts';
import { type Bucket, bucketOf, changeBucket, type Grant, type PublicAccessBlock, withoutMember } from './tables.ts';
import { bucketTrail } from './trail.ts';

interface Named {
  readonly Bucket: string;
}

export const PutPublicAccessBlock = operation<Named & { PublicAccessBlockConfiguration: Partial<PublicAccessBlock> }>({
  trail: bucketTrail('publicAccessBlock', { name: 'PutBucketPublicAccessBlock' }),
  handle({ Bucket: name, PublicAccessBlockConfiguration: given }, call) {
    const publicAccess = {
      BlockPublicAcls: given.BlockPublicAcls ?? false,
      IgnorePublicAcls: given.IgnorePublicAcls ?? false,
      BlockPublicPolicy: given.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
    };
    changeBucket(call, name, { publicAccess });
    return {};
  },
});

export const GetPublicAccessBlock = operation<Named>({
  trail: bucketTrail('publicAccessBlock', { name: 'GetBucketPublicAccessBlock' }),
  handle({ Bucket: name }, call) {
    const { publicAccess } = bucketOf(call, name);
    if (publicAccess !== undefined) return { PublicAccessBlockConfiguration: publicAccess };
    const message = 'The public access block configuration was not found';
    throw new AwsError('NoSuchPublicAccessBlockConfiguration', message, { status: 404, members: { BucketName: name } });
  },
});

export const DeletePublicAccessBlock = operation<Named>({
  trail: bucketTrail('publicAccessBlock', { name: 'DeleteBucketPublicAccessBlock' }),
  handle({ Bucket: name }, call) {
    withoutMember(call, name, 'publicAccess');
    return {};
  },
});

/** BlockPublicAcls: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export function refusePublicAcl(bucket: Bucket, grants: readonly Grant[], action: string, call: Call): void {
  if (bucket.publicAccess?.BlockPublicAcls !== true || !isPublicAcl(grants)) return;
  throw blocked(bucket, action, 'public access control lists (ACLs)', 'BlockPublicAcls', call);
}

/** The text is observed, not documented. */
export function blocked(bucket: Bucket, action: string, what: string, setting: string, { caller }: Call): AwsError {
  const who = 'arn' in caller ? caller.arn : 'anonymous';
  const message = `User: ${who} is not authorized to perform: ${action} on resource: "arn:aws:s3:::${bucket.name}" because ${what} are blocked by the ${setting} block public access setting.`;
  return new AwsError('AccessDenied', message, { status: 403 });
}
