import { AwsError } from '../../../aws/error.ts';
import { accountOf } from '../../caller.ts';
import { type Call, operation } from '../../operation.ts';
import { type AclInput, grantsOf } from './acl.ts';
import { refuseAcl } from './acls.ts';
import { checksumAsked, keep, type Received, receive } from './content.ts';
import { encryptionFor, shownEncryption } from './encryption.ts';
import { invalidArgument, notImplemented, preconditionFailed } from './errors.ts';
import { keyBytesMax, objectTagsMax, userMetadataBytesMax } from './limits.ts';
import { refusePublicAcl } from './public-access.ts';
import { type Bucket, bucketOf, canonicalId, type Grant, objects, type StoredObject } from './tables.ts';
import { dataTrail } from './trail.ts';
import { putVersion } from './versions.ts';

export interface WriteInput extends AclInput, Readonly<Record<string, unknown>> {
  readonly Bucket: string;
  readonly Key: string;
  readonly Tagging?: string;
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
}

export const PutObject = operation<
  WriteInput & { Body?: AsyncIterable<Uint8Array>; IfMatch?: string; IfNoneMatch?: string },
  Record<string, unknown>,
  Received
>({
  trail: dataTrail(),
  prepare: (input, preparation) => receive(input.Body, checksumAsked(input), preparation),
  handle(input, call, received) {
    const bucket = bucketOf(call, input.Bucket);
    const current = objects.get(call, `${input.Bucket}/${input.Key}`);
    const live = current?.deleteMarker === true ? undefined : current;
    if (input.IfNoneMatch === '*' && live !== undefined) throw preconditionFailed('If-None-Match');
    if (input.IfMatch !== undefined && input.IfMatch.replaceAll('"', '') !== live?.etag)
      throw preconditionFailed('If-Match');
    const facts = factsOf(input, bucket, call);
    const stored = putVersion(call, bucket, {
      key: facts.key,
      modifiedAt: facts.modifiedAt,
      headers: facts.headers,
      owner: facts.owner,
      acl: facts.acl,
      tags: facts.tags,
      encryption: facts.encryption,
      etag: received.md5.toString('hex'),
      content: keep(call, received),
      checksum: received.checksum,
    });
    return writtenAnswer(bucket, stored);
  },
});

export function writtenAnswer(bucket: Bucket, stored: StoredObject): Record<string, unknown> {
  const answer: Record<string, unknown> = { ETag: `"${stored.etag}"` };
  if (Object.keys(stored.checksum).length > 0) Object.assign(answer, stored.checksum, { ChecksumType: 'FULL_OBJECT' });
  if (stored.encryption !== undefined) Object.assign(answer, shownEncryption(stored.encryption));
  if (bucket.versioning !== undefined) answer['VersionId'] = stored.versionId;
  return answer;
}

const kept = [
  'CacheControl',
  'ContentDisposition',
  'ContentLanguage',
  'ContentType',
  'Expires',
  'WebsiteRedirectLocation',
  'StorageClass',
] as const;
const unbuilt = ['SSECustomerAlgorithm', 'ObjectLockMode', 'ObjectLockLegalHoldStatus', 'WriteOffsetBytes'] as const;

/** What a write says of the object besides its bytes, checked. */
export function factsOf(
  input: WriteInput,
  bucket: Bucket,
  call: Call,
): Pick<StoredObject, 'key' | 'modifiedAt' | 'headers' | 'owner' | 'acl' | 'tags' | 'encryption'> {
  for (const name of unbuilt) if (input[name] !== undefined) throw notImplemented(`s3:${call.operation} with ${name}`);
  if (Buffer.byteLength(input.Key) > keyBytesMax) {
    const members = { Size: Buffer.byteLength(input.Key), MaxSizeAllowed: keyBytesMax };
    throw new AwsError('KeyTooLongError', 'Your key is too long', { status: 400, members });
  }
  const { owner, acl } = ownership(input, bucket, call);
  const encryption = encryptionFor(input, bucket, call);
  return {
    key: input.Key,
    modifiedAt: call.time,
    headers: headersOf(input),
    owner,
    acl,
    tags: tagsOfHeader(input.Tagging),
    encryption,
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
function ownership(input: WriteInput, bucket: Bucket, call: Call): { owner: string; acl: readonly Grant[] } {
  const bucketOwner = canonicalId(call.account);
  const writer = accountOf(call.caller) === '' ? bucketOwner : canonicalId(accountOf(call.caller));
  const given = bucket.ownership ?? 'ObjectWriter';
  const bucketOwns =
    given === 'BucketOwnerEnforced' || (given === 'BucketOwnerPreferred' && input.ACL === 'bucket-owner-full-control');
  const owner = bucketOwns ? bucketOwner : writer;
  const grants = grantsOf(input, owner, bucketOwner);
  if (grants !== undefined) {
    refuseAcl(bucket, input, grants, bucketOwner);
    refusePublicAcl(bucket, grants, 's3:PutObject', call);
  }
  return { owner, acl: grants ?? [{ grantee: { id: owner }, permission: 'FULL_CONTROL' }] };
}

function headersOf(input: WriteInput): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const name of kept) {
    const value = input[name];
    if (value !== undefined) found[name] = value instanceof Date ? value.toISOString() : value;
  }
  const encoding = String(input['ContentEncoding'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'aws-chunked');
  if (encoding.length > 0) found['ContentEncoding'] = encoding.join(',');
  const metadata = (input['Metadata'] ?? {}) as Record<string, string>;
  const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > userMetadataBytesMax) {
    const message = 'Your metadata headers exceed the maximum allowed metadata size';
    throw new AwsError('MetadataTooLarge', message, {
      status: 400,
      members: { Size: size, MaxSizeAllowed: userMetadataBytesMax },
    });
  }
  if (Object.keys(metadata).length > 0) found['Metadata'] = metadata;
  return found;
}

function tagsOfHeader(header: string | undefined): Readonly<Record<string, string>> {
  if (header === undefined || header === '') return {};
  const tags = Object.fromEntries(new URLSearchParams(header));
  if (Object.keys(tags).length > objectTagsMax) {
    throw new AwsError('BadRequest', 'Object tags cannot be greater than 10', { status: 400 });
  }
  if (Object.keys(tags).some((key) => key === '' || key.length > 128)) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      header,
    );
  }
  return tags;
}
