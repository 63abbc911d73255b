import { AwsError } from '../../../aws/error.ts';
import { complaintAbout } from '../../../aws/iam/validate.ts';
import { wildcard } from '../../../aws/wildcard.ts';
import { operation } from '../../operation.ts';
import { isPublicAcl } from './acl.ts';
import { policyBytesMax } from './limits.ts';
import { isPublicPolicy } from './public.ts';
import { blocked } from './public-access.ts';
import { bucketOf, changeBucket, withoutMember } from './tables.ts';
import { bucketTrail } from './trail.ts';

interface Named {
  readonly Bucket: string;
}

export const PutBucketPolicy = operation<Named & { Policy: string }>({
  trail: bucketTrail('policy'),
  handle({ Bucket: name, Policy: policy }, call) {
    const bucket = bucketOf(call, name);
    const complaint = complaintOf(policy, name);
    if (complaint !== undefined) throw new AwsError('MalformedPolicy', complaint, { status: 400 });
    if (bucket.publicAccess?.BlockPublicPolicy === true && isPublicPolicy(policy)) {
      throw blocked(bucket, 's3:PutBucketPolicy', 'public policies', 'BlockPublicPolicy', call);
    }
    changeBucket(call, name, { policy });
    return {};
  },
});

export const GetBucketPolicy = operation<Named>({
  trail: bucketTrail('policy'),
  handle({ Bucket: name }, call) {
    const { policy } = bucketOf(call, name);
    if (policy === undefined) throw noPolicy(name);
    return { Policy: policy };
  },
});

export const DeleteBucketPolicy = operation<Named>({
  trail: bucketTrail('policy'),
  handle({ Bucket: name }, call) {
    withoutMember(call, name, 'policy');
    return {};
  },
});

export const GetBucketPolicyStatus = operation<Named>({
  trail: bucketTrail('policyStatus'),
  handle({ Bucket: name }, call) {
    const { policy, acl, publicAccess } = bucketOf(call, name);
    if (policy === undefined) throw noPolicy(name);
    const byAcl = publicAccess?.IgnorePublicAcls !== true && isPublicAcl(acl);
    const byPolicy = publicAccess?.RestrictPublicBuckets !== true && isPublicPolicy(policy);
    return { PolicyStatus: { IsPublic: byAcl || byPolicy } };
  },
});

function noPolicy(BucketName: string): AwsError {
  const message = 'The bucket policy does not exist';
  return new AwsError('NoSuchBucketPolicy', message, { status: 404, members: { BucketName } });
}

/** The texts are observed, not documented. */
function complaintOf(text: string, bucket: string): string | undefined {
  if (Buffer.byteLength(text) > policyBytesMax) return `Policies must be at most ${policyBytesMax} bytes`;
  const complaint = complaintAbout(text, 'resource');
  if (complaint !== undefined) {
    return complaint === 'This policy contains invalid Json'
      ? "Policies must be valid JSON and the first byte must be '{'"
      : complaint;
  }
  const { Statement } = JSON.parse(text) as { Statement: unknown };
  for (const each of (Array.isArray(Statement) ? Statement : [Statement]) as Record<string, unknown>[]) {
    const given = each['Resource'] ?? each['NotResource'];
    if (given === undefined) return 'Missing required field Resource';
    for (const resource of Array.isArray(given) ? given : [given]) {
      if (!isOf(String(resource), bucket)) return 'Policy has invalid resource';
    }
    for (const action of [each['Action'] ?? each['NotAction']].flat()) {
      if (action !== '*' && !/^s3:/i.test(String(action))) return 'Policy has invalid action';
    }
  }
  return undefined;
}

function isOf(resource: string, bucket: string): boolean {
  const start = 'arn:aws:s3:::';
  if (!resource.startsWith(start)) return false;
  const named = resource.slice(start.length).split('/', 1)[0]!;
  return wildcard(named)(bucket);
}
