import { operation, type ReadScope } from '../../operation.ts';
import { invalidArgument, malformedXml, notImplemented } from './errors.ts';
import { limitOf, shownObject, writer } from './list-objects.ts';
import { bucketOf, changeBucket, noncurrent, objects, type StoredObject } from './tables.ts';
import { bucketTrail, dataTrail } from './trail.ts';

interface Named {
  readonly Bucket: string;
}

export const PutBucketVersioning = operation<
  Named & { VersioningConfiguration: { Status?: 'Enabled' | 'Suspended'; MFADelete?: string } }
>({
  trail: bucketTrail('versioning'),
  handle({ Bucket: name, VersioningConfiguration: { Status, MFADelete } }, call) {
    if (Status === undefined) throw malformedXml();
    if (MFADelete === 'Enabled') throw notImplemented('s3:PutBucketVersioning with MFADelete');
    changeBucket(call, name, { versioning: Status });
    return {};
  },
});

export const GetBucketVersioning = operation<Named>({
  trail: bucketTrail('versioning'),
  handle({ Bucket: name }, call) {
    const { versioning } = bucketOf(call, name);
    return versioning === undefined ? {} : { Status: versioning };
  },
});

interface ListInput extends Named {
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly EncodingType?: string;
  readonly MaxKeys?: number;
  readonly KeyMarker?: string;
  readonly VersionIdMarker?: string;
}

export const ListObjectVersions = operation<ListInput>({
  trail: dataTrail('versions'),
  handle(input, call) {
    bucketOf(call, input.Bucket);
    if (input.VersionIdMarker !== undefined && input.KeyMarker === undefined) {
      const message = 'A version-id marker cannot be specified without a key marker.';
      throw invalidArgument(message, 'version-id-marker', input.VersionIdMarker);
    }
    const { rows, prefixes, next } = pageOf(call, input);
    const write = writer(input.EncodingType);
    const shown = ({ stored, isLatest }: Row) => ({
      Key: write(stored.key),
      VersionId: stored.versionId,
      IsLatest: isLatest,
      Owner: { ID: stored.owner },
    });
    return {
      Name: input.Bucket,
      Prefix: write(input.Prefix ?? ''),
      KeyMarker: write(input.KeyMarker ?? ''),
      VersionIdMarker: input.VersionIdMarker ?? '',
      MaxKeys: limitOf(input.MaxKeys),
      ...(input.Delimiter ? { Delimiter: write(input.Delimiter) } : {}),
      ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
      IsTruncated: next !== undefined,
      ...(next === undefined
        ? {}
        : {
            NextKeyMarker: write(next.key),
            ...(next.version === undefined ? {} : { NextVersionIdMarker: next.version }),
          }),
      Versions: rows
        .filter(({ stored }) => stored.deleteMarker !== true)
        .map((row) => ({ ...shown(row), ...shownObject(row.stored) })),
      DeleteMarkers: rows
        .filter(({ stored }) => stored.deleteMarker === true)
        .map((row) => ({ ...shown(row), LastModified: new Date(row.stored.modifiedAt) })),
      CommonPrefixes: prefixes.map((each) => ({ Prefix: write(each) })),
    };
  },
});

interface Row {
  readonly stored: StoredObject;
  readonly isLatest: boolean;
}

function pageOf(scope: ReadScope, input: ListInput) {
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker: after, VersionIdMarker: afterVersion } = input;
  const limit = limitOf(input.MaxKeys);
  const rows: Row[] = [];
  const prefixes: string[] = [];
  let next: { key: string; version?: string } | undefined;
  let reached = afterVersion === undefined;
  for (const row of versionsOf(scope, input.Bucket, prefix, after)) {
    const { key, versionId } = row.stored;
    if (key === after && !reached) {
      reached = versionId === afterVersion;
      continue;
    }
    if (key === after && afterVersion === undefined) continue;
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const group = at < 0 ? undefined : key.slice(0, at + delimiter.length);
    if (group !== undefined && (group === prefixes.at(-1) || group === after)) continue;
    if (rows.length + prefixes.length === limit) return limit === 0 ? { rows, prefixes } : { rows, prefixes, next };
    if (group === undefined) rows.push(row);
    else prefixes.push(group);
    next = group === undefined ? { key, version: versionId } : { key: group };
  }
  return { rows, prefixes };
}

/** Every version, key by key in byte order, the newest first. A current version always lies beside its older ones. */
function* versionsOf(scope: ReadScope, bucket: string, prefix: string, from: string | undefined): Generator<Row> {
  const home = `${bucket}/`;
  const first = from === undefined || !from.startsWith(prefix) ? undefined : objects.get(scope, home + from);
  if (first !== undefined) yield* ofKey(scope, home, first);
  const range = { prefix: home + prefix, ...(from === undefined ? {} : { after: home + from }) };
  for (const [, stored] of objects.list(scope, range)) yield* ofKey(scope, home, stored);
}

function* ofKey(scope: ReadScope, home: string, current: StoredObject): Generator<Row> {
  yield { stored: current, isLatest: true };
  for (const [, stored] of noncurrent.list(scope, { prefix: `${home}${current.key}\u0000` }))
    yield { stored, isLatest: false };
}
