import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope, ResourcePolicy } from '../../operation.ts';
import { aclDocument } from './acl.ts';
import { isPublicPolicy } from './public.ts';
import { type Bucket, buckets, objects, type StoredObject } from './tables.ts';

/** Policy and ACLs that S3 evaluates for a bucket or an object, an ACL in a policy's words. */
export function policiesOf(arn: string, scope: ReadScope): readonly ResourcePolicy[] {
  const bucket = bucketAt(arn, scope);
  if (bucket === undefined) return [];
  const carried: ResourcePolicy[] = [];
  if (bucket.policy !== undefined)
    carried.push({ kind: 'bucket policy', document: policyOf(bucket, bucket.policy, scope) });
  // With ACLs disabled none of them counts.
  if (bucket.ownership === 'BucketOwnerEnforced') return carried;
  const ignore = bucket.publicAccess?.IgnorePublicAcls === true;
  const ofBucket = aclDocument('bucket', bucket.acl, `arn:aws:s3:::${bucket.name}`, scope, ignore);
  if (ofBucket !== undefined) carried.push({ kind: 'bucket acl', document: ofBucket });
  const object = objectAt(arn, scope);
  const ofObject = object === undefined ? undefined : aclDocument('object', object.acl, arn, scope, ignore);
  if (ofObject !== undefined) carried.push({ kind: 'object acl', document: ofObject });
  return carried;
}

/** RestrictPublicBuckets: a public policy then serves only the own account and AWS's services. */
function policyOf(bucket: Bucket, text: string, scope: ReadScope): JsonObject {
  const document = JSON.parse(text) as JsonObject;
  if (bucket.publicAccess?.RestrictPublicBuckets !== true || !isPublicPolicy(text)) return document;
  const arn = `arn:aws:s3:::${bucket.name}`;
  const given = document['Statement'];
  const outsiders: JsonObject = {
    Sid: 'RestrictPublicBuckets',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: {
      StringNotEquals: { 'aws:PrincipalAccount': scope.account },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  };
  return { ...document, Statement: [...(Array.isArray(given) ? given : [given ?? {}]), outsiders] };
}

export function tagsAt(arn: string, scope: ReadScope): Readonly<Record<string, string>> | undefined {
  return keyOf(arn) === undefined ? bucketAt(arn, scope)?.tags : undefined;
}

/** `s3:ExistingObjectTag/<key>` and `s3:ResourceAccount`. */
export function keysAt(arn: string, scope: ReadScope): Readonly<Record<string, string>> {
  const tags = Object.entries(objectAt(arn, scope)?.tags ?? {});
  return {
    's3:ResourceAccount': scope.account,
    ...Object.fromEntries(tags.map(([key, value]) => [`s3:ExistingObjectTag/${key}`, value])),
  };
}

function bucketAt(arn: string, scope: ReadScope): Bucket | undefined {
  return buckets.get(scope, pathIn(arn).split('/', 1)[0]!);
}

function objectAt(arn: string, scope: ReadScope): StoredObject | undefined {
  return keyOf(arn) === undefined ? undefined : objects.get(scope, pathIn(arn));
}

function pathIn(arn: string): string {
  return arn.slice('arn:aws:s3:::'.length);
}

function keyOf(arn: string): string | undefined {
  const at = arn.indexOf('/');
  return at < 0 ? undefined : arn.slice(at + 1);
}
