import { AwsError } from '../../../aws/error.ts';
import { operation } from '../../operation.ts';
import { type AclInput, grantsOf, shownAcl } from './acl.ts';
import { malformedXml } from './errors.ts';
import { refusePublicAcl } from './public-access.ts';
import {
  type Bucket,
  bucketOf,
  canonicalId,
  changeBucket,
  type Grant,
  type Ownership,
  withoutMember,
} from './tables.ts';
import { bucketTrail, dataTrail } from './trail.ts';
import { objectAt, putBack } from './versions.ts';

interface Named {
  readonly Bucket: string;
}
interface OfObject extends Named {
  readonly Key: string;
  readonly VersionId?: string;
}

export const GetBucketAcl = operation<Named>({
  trail: bucketTrail('acl'),
  handle: ({ Bucket: name }, call) =>
    shownAcl(effective(bucketOf(call, name), call.account), canonicalId(call.account)),
});

export const PutBucketAcl = operation<Named & AclInput>({
  trail: bucketTrail('acl'),
  handle(input, call) {
    const bucket = bucketOf(call, input.Bucket);
    const owner = canonicalId(call.account);
    const grants = grantsOf(input, owner, owner);
    if (grants === undefined) throw malformedXml();
    refuseAcl(bucket, input, grants, owner);
    refusePublicAcl(bucket, grants, 's3:PutBucketAcl', call);
    changeBucket(call, input.Bucket, { acl: grants });
    return {};
  },
});

export const GetObjectAcl = operation<OfObject>({
  trail: dataTrail('acl'),
  handle(input, call) {
    const bucket = bucketOf(call, input.Bucket);
    const found = objectAt(call, input.Bucket, input.Key, input.VersionId);
    if (bucket.ownership === 'BucketOwnerEnforced')
      return shownAcl(effective(bucket, call.account), canonicalId(call.account));
    return shownAcl(found.acl, found.owner);
  },
});

export const PutObjectAcl = operation<OfObject & AclInput>({
  trail: dataTrail('acl'),
  handle(input, call) {
    const bucket = bucketOf(call, input.Bucket);
    const found = objectAt(call, input.Bucket, input.Key, input.VersionId);
    const grants = grantsOf(input, found.owner, canonicalId(call.account));
    if (grants === undefined) throw malformedXml();
    refuseAcl(bucket, input, grants, canonicalId(call.account));
    refusePublicAcl(bucket, grants, 's3:PutObjectAcl', call);
    putBack(call, input.Bucket, { ...found, acl: grants });
    return {};
  },
});

export const PutBucketOwnershipControls = operation<
  Named & { OwnershipControls: { Rules: readonly { ObjectOwnership: Ownership }[] } }
>({
  trail: bucketTrail('ownershipControls'),
  handle({ Bucket: name, OwnershipControls: { Rules } }, call) {
    const ownership = Rules[0]?.ObjectOwnership;
    if (ownership === undefined || Rules.length !== 1) throw malformedXml();
    const { acl } = bucketOf(call, name);
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html
    if (ownership === 'BucketOwnerEnforced' && !isOwnersOnly(acl, canonicalId(call.account))) {
      const message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
      throw new AwsError('InvalidBucketAclWithObjectOwnership', message, { status: 400 });
    }
    changeBucket(call, name, { ownership });
    return {};
  },
});

export const GetBucketOwnershipControls = operation<Named>({
  trail: bucketTrail('ownershipControls'),
  handle({ Bucket: name }, call) {
    const { ownership } = bucketOf(call, name);
    if (ownership !== undefined) return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
    const message = 'The bucket ownership controls were not found';
    throw new AwsError('OwnershipControlsNotFoundError', message, { status: 404, members: { BucketName: name } });
  },
});

export const DeleteBucketOwnershipControls = operation<Named>({
  trail: bucketTrail('ownershipControls'),
  handle({ Bucket: name }, call) {
    withoutMember(call, name, 'ownership');
    return {};
  },
});

/**
 * Without ACLs only what grants the bucket's owner full control is taken, and changes nothing.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html
 */
export function refuseAcl(bucket: Bucket, input: AclInput, grants: readonly Grant[], bucketOwner: string): void {
  if (bucket.ownership !== 'BucketOwnerEnforced') return;
  if (input.ACL === 'bucket-owner-full-control' || isOwnersOnly(grants, bucketOwner)) return;
  throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs', { status: 400 });
}

function isOwnersOnly(grants: readonly Grant[], owner: string): boolean {
  return grants.every(({ grantee }) => 'id' in grantee && grantee.id === owner);
}

function effective(bucket: Bucket, account: string): readonly Grant[] {
  if (bucket.ownership !== 'BucketOwnerEnforced') return bucket.acl;
  return [{ grantee: { id: canonicalId(account) }, permission: 'FULL_CONTROL' }];
}
