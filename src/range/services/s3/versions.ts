import { AwsError } from '../../../aws/error.ts';
import type { Call, ReadScope, Scope } from '../../operation.ts';
import { dropFile } from './content.ts';
import { noSuchKey, noSuchVersion } from './errors.ts';
import { type Bucket, bodies, noncurrent, objects, type StoredObject } from './tables.ts';

/** The version that a call names, or the current one. https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html */
export function objectAt(scope: ReadScope, bucket: string, key: string, versionId?: string): StoredObject {
  const current = objects.get(scope, `${bucket}/${key}`);
  if (versionId === undefined) {
    if (current === undefined) throw noSuchKey(key);
    if (current.deleteMarker === true) throw noSuchKey(key);
    return current;
  }
  const found = versionOf(scope, bucket, key, versionId);
  if (found === undefined) throw noSuchVersion(key, versionId);
  if (found.deleteMarker === true) {
    const message = 'The specified method is not allowed against this resource.';
    throw new AwsError('MethodNotAllowed', message, {
      status: 405,
      members: { Method: 'GET', ResourceType: 'DeleteMarker' },
    });
  }
  return found;
}

export function versionOf(scope: ReadScope, bucket: string, key: string, versionId: string): StoredObject | undefined {
  const current = objects.get(scope, `${bucket}/${key}`);
  if (current?.versionId === versionId) return current;
  for (const [, each] of older(scope, bucket, key)) if (each.versionId === versionId) return each;
  return undefined;
}

/** Writes a version's own row again, wherever it lies. */
export function putBack(scope: Scope, bucket: string, version: StoredObject): void {
  const id = `${bucket}/${version.key}`;
  if (objects.get(scope, id)?.versionId === version.versionId) objects.put(scope, id, version);
  else noncurrent.put(scope, olderId(bucket, version), version);
}

/** Makes a version the current one. Without versioning it takes the place of the `null` version. */
export function putVersion(call: Call, bucket: Bucket, made: Omit<StoredObject, 'seq' | 'versionId'>): StoredObject {
  const id = `${bucket.name}/${made.key}`;
  const current = objects.get(call, id);
  const versionId = bucket.versioning === 'Enabled' ? call.ids.base32(32) : 'null';
  if (versionId === 'null' && current !== undefined) {
    if (current.versionId === 'null') dropContent(call, current);
    else dropNull(call, bucket.name, made.key);
  }
  if (current !== undefined && current.versionId !== versionId)
    noncurrent.put(call, olderId(bucket.name, current), current);
  // Member by member and not by a spread, which V8 takes on its slow road, and this is on the way of each write.
  const version: StoredObject = {
    key: made.key,
    versionId,
    seq: (current?.seq ?? 0) + 1,
    modifiedAt: made.modifiedAt,
    deleteMarker: made.deleteMarker,
    etag: made.etag,
    content: made.content,
    headers: made.headers,
    checksum: made.checksum,
    encryption: made.encryption,
    owner: made.owner,
    acl: made.acl,
    tags: made.tags,
    parts: made.parts,
  };
  objects.put(call, id, version);
  return version;
}

function dropNull(call: Call, bucket: string, key: string): void {
  for (const [id, each] of older(call, bucket, key)) {
    if (each.versionId !== 'null') continue;
    noncurrent.remove(call, id);
    dropContent(call, each);
    return;
  }
}

/** Takes one version away for good; the newest of the others becomes current. */
export function removeVersion(call: Call, bucket: string, version: StoredObject): void {
  const id = `${bucket}/${version.key}`;
  dropContent(call, version);
  if (objects.get(call, id)?.versionId !== version.versionId) {
    noncurrent.remove(call, olderId(bucket, version));
    return;
  }
  const [next] = older(call, bucket, version.key);
  if (next === undefined) objects.remove(call, id);
  else {
    noncurrent.remove(call, next[0]);
    objects.put(call, id, next[1]);
  }
}

/** Files go once the commit that forgets them is durable. */
function dropContent(call: Call, { content }: Pick<StoredObject, 'content'>): void {
  if (content.inline !== undefined) bodies.remove(call, content.inline);
  for (const { file } of content.files ?? []) dropFile(call, file);
}

function older(scope: ReadScope, bucket: string, key: string): (readonly [string, StoredObject])[] {
  return [...noncurrent.list(scope, { prefix: `${bucket}/${key}\u0000` })];
}

function olderId(bucket: string, { key, seq }: StoredObject): string {
  return `${bucket}/${key}\u0000${String(Number.MAX_SAFE_INTEGER - seq).padStart(16, '0')}`;
}
