import type { BucketDetails } from '../../../model/finding.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope } from '../../operation.ts';
import { isPublicAcl } from './acl.ts';
import { isPublicPolicy } from './public.ts';
import { type Bucket, buckets, canonicalId } from './tables.ts';

/** What GuardDuty tells of a bucket in a finding, from the account that owns it. Undefined: no such bucket. */
export function bucketFacts(scope: ReadScope, name: string): BucketDetails | undefined {
  const bucket = buckets.get(scope, name);
  if (bucket === undefined) return undefined;
  const { encryption } = bucket;
  return {
    name,
    arn: `arn:aws:s3:::${name}`,
    type: 'Destination',
    createdAt: bucket.createdAt,
    owner: { id: canonicalId(scope.account) },
    tags: Object.entries(bucket.tags).map(([key, value]) => ({ key, value })),
    ...(encryption === undefined
      ? {}
      : {
          defaultServerSideEncryption: {
            encryptionType: encryption.algorithm,
            ...(encryption.keyId === undefined ? {} : { kmsMasterKeyArn: encryption.keyId }),
          },
        }),
    publicAccess: publicAccessOf(bucket),
  };
}

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_PublicAccess.html */
function publicAccessOf(bucket: Bucket): JsonObject {
  const block = bucket.publicAccess;
  const grants = bucket.ownership === 'BucketOwnerEnforced' ? [] : bucket.acl;
  const grantsAll = (permissions: readonly string[]) =>
    isPublicAcl(grants.filter(({ permission }) => permissions.includes(permission)));
  const acl = {
    allowsPublicReadAccess: grantsAll(['READ', 'FULL_CONTROL']),
    allowsPublicWriteAccess: grantsAll(['WRITE', 'FULL_CONTROL']),
  };
  const policy = policyAccess(bucket.policy);
  const byAcl = block?.IgnorePublicAcls !== true && (acl.allowsPublicReadAccess || acl.allowsPublicWriteAccess);
  const byPolicy =
    block?.RestrictPublicBuckets !== true && (policy.allowsPublicReadAccess || policy.allowsPublicWriteAccess);
  return {
    permissionConfiguration: {
      bucketLevelPermissions: {
        accessControlList: acl,
        bucketPolicy: policy,
        blockPublicAccess: {
          ignorePublicAcls: block?.IgnorePublicAcls ?? false,
          restrictPublicBuckets: block?.RestrictPublicBuckets ?? false,
          blockPublicAcls: block?.BlockPublicAcls ?? false,
          blockPublicPolicy: block?.BlockPublicPolicy ?? false,
        },
      },
      accountLevelPermissions: {
        blockPublicAccess: {
          ignorePublicAcls: false,
          restrictPublicBuckets: false,
          blockPublicAcls: false,
          blockPublicPolicy: false,
        },
      },
    },
    effectivePermission: byAcl || byPolicy ? 'PUBLIC' : 'NOT_PUBLIC',
  };
}

function policyAccess(text: string | undefined) {
  if (text === undefined || !isPublicPolicy(text))
    return { allowsPublicReadAccess: false, allowsPublicWriteAccess: false };
  const { Statement } = JSON.parse(text) as { Statement: unknown };
  const actions = ([Statement].flat() as Record<string, unknown>[])
    .filter((each) => each['Effect'] === 'Allow' && isPublicPolicy(JSON.stringify({ Statement: each })))
    .flatMap((each) => [each['Action'] ?? '*'].flat())
    .map(String);
  const does = (verbs: RegExp) => actions.some((action) => verbs.test(action));
  return {
    allowsPublicReadAccess: does(/^(\*|s3:(\*|Get|List))/i),
    allowsPublicWriteAccess: does(/^(\*|s3:(\*|Put|Delete))/i),
  };
}
