import { AwsError } from '../../../aws/error.ts';
import { bucketOwners } from '../../indexes.ts';
import { operation, type Preparation, type ReadScope } from '../../operation.ts';
import { bytesOf, checksumAsked, keep, type Received, receive } from './content.ts';
import { invalidArgument, noSuchBucket, preconditionFailed } from './errors.ts';
import { factsOf, type WriteInput, writtenAnswer } from './put-object.ts';
import { bodies, bucketOf, type StoredObject } from './tables.ts';
import { dataTrail } from './trail.ts';
import { objectAt, putVersion } from './versions.ts';

export interface SourceInput {
  readonly CopySource: string;
  readonly CopySourceIfMatch?: string;
  readonly CopySourceIfNoneMatch?: string;
}

export const CopyObject = operation<
  WriteInput & SourceInput & { MetadataDirective?: string; TaggingDirective?: string },
  Record<string, unknown>,
  Received & { readonly source: StoredObject }
>({
  trail: dataTrail(undefined),
  async prepare(input, preparation) {
    const { source, scope } = sourceOf(input, preparation.call);
    const algorithm = checksumAsked(input) ?? Object.keys(source.checksum)[0]?.slice('Checksum'.length);
    return { ...(await receive(bytesAt(source, scope, preparation), algorithm, preparation)), source };
  },
  handle(input, call, { source, ...received }) {
    const bucket = bucketOf(call, input.Bucket);
    const replaces = input.MetadataDirective === 'REPLACE';
    if (changesNothing(input, replaces)) {
      const message =
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
      throw new AwsError('InvalidRequest', message, { status: 400 });
    }
    const facts = factsOf(input, bucket, call);
    const { StorageClass: _, ...metadata } = source.headers;
    const storage = facts.headers['StorageClass'];
    const stored = putVersion(call, bucket, {
      ...facts,
      headers: replaces ? facts.headers : { ...metadata, ...(storage === undefined ? {} : { StorageClass: storage }) },
      tags: input.TaggingDirective === 'REPLACE' ? facts.tags : source.tags,
      etag: received.md5.toString('hex'),
      content: keep(call, received),
      checksum: received.checksum,
    });
    const { ETag, ...answer } = writtenAnswer(bucket, stored);
    return {
      ...answer,
      CopyObjectResult: { ETag, LastModified: new Date(stored.modifiedAt), ...stored.checksum },
      ...(source.versionId === 'null' ? {} : { CopySourceVersionId: source.versionId }),
    };
  },
});

function changesNothing(input: WriteInput & SourceInput, replaces: boolean): boolean {
  const { bucket, key } = parsedSource(input.CopySource);
  if (bucket !== input.Bucket || key !== input.Key || replaces) return false;
  return ['StorageClass', 'WebsiteRedirectLocation', 'ServerSideEncryption'].every((name) => input[name] === undefined);
}

/** The object that a call copies from, in whatever account its bucket is. */
export function sourceOf(input: SourceInput, call: ReadScope): { source: StoredObject; scope: ReadScope } {
  const { bucket, key, versionId } = parsedSource(input.CopySource);
  const owner = bucketOwners.get(call.tx, bucket);
  if (owner === undefined) throw noSuchBucket(bucket);
  const scope = { tx: call.tx, ...owner };
  const source = objectAt(scope, bucket, key, versionId);
  const quoted = (etag: string) => etag.replaceAll('"', '');
  if (input.CopySourceIfMatch !== undefined && quoted(input.CopySourceIfMatch) !== source.etag) {
    throw preconditionFailed('x-amz-copy-source-If-Match');
  }
  if (input.CopySourceIfNoneMatch !== undefined && quoted(input.CopySourceIfNoneMatch) === source.etag) {
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
  }
  return { source, scope };
}

export function bytesAt(
  { content }: StoredObject,
  scope: ReadScope,
  { blobs }: Pick<Preparation, 'blobs'>,
  start?: number,
  end?: number,
): AsyncIterable<Uint8Array> {
  const inline = content.inline === undefined ? undefined : bodies.get(scope, content.inline);
  return bytesOf(content, inline, blobs, start, end);
}

function parsedSource(text: string): { bucket: string; key: string; versionId?: string } {
  const [path = '', query = ''] = text.split('?');
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    throw invalidArgument('Invalid copy source encoding.', 'x-amz-copy-source', text);
  }
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded) ?? [];
  if (bucket === undefined || key === undefined) {
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', text);
  }
  const versionId = new URLSearchParams(query).get('versionId');
  return { bucket, key, ...(versionId === null ? {} : { versionId }) };
}
