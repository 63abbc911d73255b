import { AwsError } from '../../../aws/error.ts';
import { bucketOwners } from '../../indexes.ts';
import { type Call, operation } from '../../operation.ts';
import { type AclInput, grantsOf, isPublicAcl } from './acl.ts';
import { malformedXml, notImplemented } from './errors.ts';
import { refusePublicAcl } from './public-access.ts';
import { type Bucket, bucketOf, buckets, canonicalId, noncurrent, type Ownership, objects } from './tables.ts';
import { bucketTrail } from './trail.ts';
import { newBucketOf } from './vintages.ts';

interface CreateBucketInput extends AclInput {
  readonly Bucket: string;
  readonly CreateBucketConfiguration?: { readonly LocationConstraint?: string; readonly Tags?: readonly Tag[] };
  readonly ObjectLockEnabledForBucket?: boolean;
  readonly ObjectOwnership?: Ownership;
}
interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export const CreateBucket = operation<CreateBucketInput>({
  trail: bucketTrail(),
  handle(input, call) {
    const { Bucket: name, ObjectOwnership: ownership } = input;
    checkName(name);
    if (input.ObjectLockEnabledForBucket === true) throw notImplemented('A bucket with object lock');
    const region = regionOf(input, call);
    const taken = bucketOwners.get(call.tx, name);
    if (taken !== undefined) return existing(name, taken, region, call);
    const owner = canonicalId(call.account);
    const fresh = newBucketOf(call);
    const grants = grantsOf(input, owner, owner);
    const bucket: Bucket = {
      name,
      region,
      createdAt: call.time,
      acl: grants ?? [{ grantee: { id: owner }, permission: 'FULL_CONTROL' }],
      tags: Object.fromEntries((input.CreateBucketConfiguration?.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      configurations: {},
      ...fresh,
      ...(ownership === undefined ? {} : { ownership }),
    };
    if (grants !== undefined && isPublicAcl(grants)) {
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
      if (bucket.ownership === 'BucketOwnerEnforced') {
        const message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
        throw new AwsError('InvalidBucketAclWithObjectOwnership', message, { status: 400 });
      }
      refusePublicAcl(bucket, grants, 's3:CreateBucket', call);
    }
    buckets.put(call, name, bucket);
    bucketOwners.put(call.tx, name, { account: call.account, region });
    return { Location: region === 'us-east-1' ? `/${name}` : `http://${name}.s3.amazonaws.com/` };
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function checkName(name: string): void {
  const fine =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3|\.mrap)$/.test(name);
  if (fine) return;
  throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', {
    status: 400,
    members: { BucketName: name },
  });
}

function regionOf({ CreateBucketConfiguration }: CreateBucketInput, call: Call): string {
  const given = CreateBucketConfiguration?.LocationConstraint;
  const region = given === 'EU' ? 'eu-west-1' : given;
  if (call.region === 'us-east-1') return region ?? 'us-east-1';
  if (region === call.region) return region;
  const said = region ?? 'unspecified';
  const message = `The ${said} location constraint is incompatible for the region specific endpoint this request was sent to.`;
  throw new AwsError('IllegalLocationConstraintException', message, { status: 400 });
}

function existing(
  BucketName: string,
  taken: { readonly account: string; readonly region: string },
  region: string,
  call: Call,
) {
  if (taken.account !== call.account) {
    const message =
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.';
    throw new AwsError('BucketAlreadyExists', message, { status: 409, members: { BucketName } });
  }
  // In us-east-1 making one's own bucket again succeeds. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  if (region === 'us-east-1' && taken.region === 'us-east-1') return { Location: `/${BucketName}` };
  const message = 'Your previous request to create the named bucket succeeded and you already own it.';
  throw new AwsError('BucketAlreadyOwnedByYou', message, { status: 409, members: { BucketName } });
}

export const DeleteBucket = operation<{ Bucket: string }>({
  trail: bucketTrail(),
  handle({ Bucket: name }, call) {
    bucketOf(call, name);
    const prefix = `${name}/`;
    const isFull = [objects, noncurrent].some((rows) => [...rows.list(call, { prefix, limit: 1 })].length > 0);
    if (isFull) {
      const versioned = [...noncurrent.list(call, { prefix, limit: 1 })].length > 0;
      const message = versioned
        ? 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
        : 'The bucket you tried to delete is not empty';
      throw new AwsError('BucketNotEmpty', message, { status: 409, members: { BucketName: name } });
    }
    buckets.remove(call, name);
    bucketOwners.remove(call.tx, name);
    return {};
  },
});

export const HeadBucket = operation<{ Bucket: string }>({
  trail: bucketTrail(undefined, { category: 'Management' }),
  handle({ Bucket: name }, call) {
    const { region } = bucketOf(call, name);
    return { BucketRegion: region, AccessPointAlias: false };
  },
});

export const GetBucketLocation = operation<{ Bucket: string }>({
  trail: bucketTrail('location'),
  handle({ Bucket: name }, call) {
    const { region } = bucketOf(call, name);
    return region === 'us-east-1' ? {} : { LocationConstraint: region };
  },
});

export const ListBuckets = operation<{
  MaxBuckets?: number;
  ContinuationToken?: string;
  Prefix?: string;
  BucketRegion?: string;
}>({
  trail: bucketTrail(),
  handle(input, call) {
    const after = input.ContinuationToken;
    if (input.MaxBuckets !== undefined && (input.MaxBuckets < 1 || input.MaxBuckets > 10_000)) throw malformedXml();
    const limit = input.MaxBuckets ?? 10_000;
    const found: Bucket[] = [];
    let more = false;
    const range = { prefix: input.Prefix ?? '', ...(after === undefined ? {} : { after }) };
    for (const [, bucket] of buckets.list(call, range)) {
      if (input.BucketRegion !== undefined && bucket.region !== input.BucketRegion) continue;
      if (found.length === limit) {
        more = true;
        break;
      }
      found.push(bucket);
    }
    return {
      Owner: { ID: canonicalId(call.account) },
      Buckets: found.map(({ name, createdAt, region }) => ({
        Name: name,
        CreationDate: new Date(createdAt),
        // Only the paged form tells the region: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
        ...(input.MaxBuckets === undefined ? {} : { BucketRegion: region }),
      })),
      ...(more ? { ContinuationToken: found.at(-1)!.name } : {}),
      ...(input.Prefix === undefined ? {} : { Prefix: input.Prefix }),
    };
  },
});
