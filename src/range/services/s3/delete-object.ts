import { type Call, operation } from '../../operation.ts';
import { malformedXml } from './errors.ts';
import { type Bucket, bucketOf, canonicalId, objects } from './tables.ts';
import { dataTrail } from './trail.ts';
import { putVersion, removeVersion, versionOf } from './versions.ts';

interface Deletion {
  readonly VersionId?: string;
  readonly DeleteMarker?: true;
  readonly markerId?: string;
}

export const DeleteObject = operation<{ Bucket: string; Key: string; VersionId?: string }>({
  trail: dataTrail(),
  handle(input, call) {
    const { markerId, ...answer } = deleteOne(call, bucketOf(call, input.Bucket), input.Key, input.VersionId);
    return markerId === undefined ? answer : { ...answer, VersionId: markerId };
  },
});

export const DeleteObjects = operation<{
  Bucket: string;
  Delete: { Objects: readonly { Key: string; VersionId?: string }[]; Quiet?: boolean };
}>({
  trail: dataTrail('delete'),
  handle(input, call) {
    const bucket = bucketOf(call, input.Bucket);
    const { Objects, Quiet } = input.Delete;
    if (Objects.length === 0 || Objects.length > 1_000) throw malformedXml();
    const deleted = Objects.map(({ Key, VersionId }) => {
      const { markerId, ...done } = deleteOne(call, bucket, Key, VersionId);
      return { Key, ...done, ...(markerId === undefined ? {} : { DeleteMarkerVersionId: markerId }) };
    });
    return Quiet === true ? {} : { Deleted: deleted };
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html */
function deleteOne(call: Call, bucket: Bucket, key: string, versionId: string | undefined): Deletion {
  if (versionId !== undefined) {
    const version = versionOf(call, bucket.name, key, versionId);
    if (version !== undefined) removeVersion(call, bucket.name, version);
    if (version?.deleteMarker !== true) return { VersionId: versionId };
    return { VersionId: versionId, DeleteMarker: true, markerId: versionId };
  }
  const current = objects.get(call, `${bucket.name}/${key}`);
  if (bucket.versioning === undefined) {
    if (current !== undefined) removeVersion(call, bucket.name, current);
    return {};
  }
  const marker = putVersion(call, bucket, {
    key,
    modifiedAt: call.time,
    deleteMarker: true,
    etag: '',
    content: { size: 0 },
    headers: {},
    checksum: {},
    owner: canonicalId(call.account),
    acl: [],
    tags: {},
  });
  return { DeleteMarker: true, markerId: marker.versionId };
}
