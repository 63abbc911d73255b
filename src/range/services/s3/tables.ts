import { hash } from 'node:crypto';
import type { ReadScope, Scope } from '../../operation.ts';
import { table } from '../../table.ts';
import { noSuchBucket } from './errors.ts';
import { accountsKeptMax } from './limits.ts';

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export type Permission = 'FULL_CONTROL' | 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP';

export interface Grant {
  /** Canonical user id, or URI of a group. */
  readonly grantee: { readonly id: string } | { readonly uri: string };
  readonly permission: Permission;
}

export type Ownership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export interface Encryption {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  readonly keyId?: string;
  readonly bucketKey?: boolean;
}

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
  /** Undefined after DeleteBucketOwnershipControls, which is the same as ObjectWriter. */
  readonly ownership?: Ownership;
  readonly acl: readonly Grant[];
  /** As it was put. */
  readonly policy?: string;
  readonly publicAccess?: PublicAccessBlock;
  readonly encryption?: Encryption;
  readonly versioning?: 'Enabled' | 'Suspended';
  readonly tags: Readonly<Record<string, string>>;
  /** Stored and answered, by member name: lifecycle, logging, notification, CORS, website. */
  readonly configurations: Readonly<Record<string, unknown>>;
}

/** Of account and not of region, since ListBuckets shows all regions. */
export const buckets = table<Bucket>('s3', 'bucket', 'global');

/** Where an object's bytes are: in the row of `bodies` with the id, or in blobs' files one after another. */
export interface Content {
  readonly size: number;
  readonly inline?: string;
  readonly files?: readonly { readonly file: string; readonly size: number }[];
}

export interface StoredObject {
  readonly key: string;
  /** `null` where it was written without versioning. */
  readonly versionId: string;
  /** Counts the versions of a key, so that the newest is known. */
  readonly seq: number;
  readonly modifiedAt: number;
  readonly deleteMarker?: true | undefined;
  readonly etag: string;
  readonly content: Content;
  /** Members that come back as they were put: ContentType, CacheControl, Metadata ... */
  readonly headers: Readonly<Record<string, unknown>>;
  /** `ChecksumCRC32: ...` */
  readonly checksum: Readonly<Record<string, string>>;
  readonly encryption?: Encryption | undefined;
  readonly owner: string;
  readonly acl: readonly Grant[];
  readonly tags: Readonly<Record<string, string>>;
  readonly parts?: number | undefined;
}

/** The current version of each key, by `<bucket>/<key>`; a delete marker is one, too. */
export const objects = table<StoredObject>('s3', 'object', 'global');
/** Older versions, by `<bucket>/<key>`, NUL and a falling number: the newest first. */
export const noncurrent = table<StoredObject>('s3', 'noncurrent', 'global');
/** Small bodies, base64. */
export const bodies = table<string>('s3', 'body', 'global');

export function bucketOf(scope: ReadScope, name: string): Bucket {
  const bucket = buckets.get(scope, name);
  if (bucket === undefined) throw noSuchBucket(name);
  return bucket;
}

export function changeBucket(scope: Scope, name: string, change: Partial<Bucket>): void {
  buckets.put(scope, name, { ...bucketOf(scope, name), ...change });
}

/** Leaves members out, which `Partial` cannot say under exact optional types. */
export function withoutMember(
  scope: Scope,
  name: string,
  member: 'policy' | 'publicAccess' | 'ownership' | 'encryption',
): void {
  const { [member]: _, ...rest } = bucketOf(scope, name);
  buckets.put(scope, name, rest as Bucket);
}

/** 64 hex digits for each account. https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html */
export function canonicalId(account: string): string {
  const known = canonicalIds.get(account);
  if (known !== undefined) return known;
  const id = hash('sha256', `canonical user of ${account}`, 'hex');
  if (canonicalIds.size < accountsKeptMax) canonicalIds.set(account, id);
  return id;
}

/** Each write and each decision asks for those of a few accounts. */
const canonicalIds = new Map<string, string>();
