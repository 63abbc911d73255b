import { createHash } from 'node:crypto';
import { AwsError } from '../../../aws/error.ts';
import { type Call, operation, type ReadScope } from '../../operation.ts';
import { table } from '../../table.ts';
import { checksumAsked, dropFile, type Received, receive } from './content.ts';
import { bytesAt, type SourceInput, sourceOf } from './copy-object.ts';
import { shownEncryption } from './encryption.ts';
import { invalidArgument, malformedXml, noSuchUpload } from './errors.ts';
import { partBytesMin, partNumberMax } from './limits.ts';
import { limitOf } from './list-objects.ts';
import { factsOf, type WriteInput, writtenAnswer } from './put-object.ts';
import { bucketOf, type StoredObject } from './tables.ts';
import { dataTrail } from './trail.ts';
import { putVersion } from './versions.ts';

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly id: string;
  readonly startedAt: number;
  readonly facts: ReturnType<typeof factsOf>;
  readonly algorithm?: string;
}

interface Part {
  readonly number: number;
  readonly etag: string;
  readonly size: number;
  readonly file: string;
  readonly modifiedAt: number;
  readonly checksum: Readonly<Record<string, string>>;
}

/** By `<bucket>/<key>`, NUL and the upload's id. */
const uploads = table<Upload>('s3', 'upload', 'global');
/** By the upload's id and the part's number. */
const parts = table<Part>('s3', 'part', 'global');

interface OfUpload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

export const CreateMultipartUpload = operation<WriteInput & { ChecksumAlgorithm?: string }>({
  trail: dataTrail('uploads'),
  handle(input, call) {
    const facts = factsOf(input, bucketOf(call, input.Bucket), call);
    const algorithm = checksumAsked(input);
    const id = call.ids.secret(96).replaceAll('/', '_').replaceAll('+', '.');
    const upload = { bucket: input.Bucket, key: input.Key, id, startedAt: call.time, facts };
    uploads.put(call, idOf(upload), { ...upload, ...(algorithm === undefined ? {} : { algorithm }) });
    const named =
      algorithm === undefined ? {} : { ChecksumAlgorithm: algorithm.toUpperCase(), ChecksumType: 'COMPOSITE' };
    return { Bucket: input.Bucket, Key: input.Key, UploadId: id, ...named, ...shownEncryption(facts.encryption) };
  },
});

export const UploadPart = operation<
  OfUpload & { PartNumber: number; Body?: AsyncIterable<Uint8Array> },
  Record<string, unknown>,
  Received
>({
  trail: dataTrail(),
  async prepare(input, preparation) {
    const { algorithm } = uploadOf(preparation.call, input);
    return receive(input.Body, algorithm ?? checksumAsked({ ...input }), preparation, 'blob');
  },
  handle(input, call, received) {
    const { etag, checksum } = addPart(input, call, received);
    return { ETag: `"${etag}"`, ...checksum, ...shownEncryption(uploadOf(call, input).facts.encryption) };
  },
});

export const UploadPartCopy = operation<
  OfUpload & SourceInput & { PartNumber: number; CopySourceRange?: string },
  Record<string, unknown>,
  Received
>({
  trail: dataTrail(),
  async prepare(input, preparation) {
    const { algorithm } = uploadOf(preparation.call, input);
    const { source, scope } = sourceOf(input, preparation.call);
    const [start, end] = sourceRange(input.CopySourceRange, source);
    return receive(bytesAt(source, scope, preparation, start, end), algorithm, preparation, 'blob');
  },
  handle(input, call, received) {
    const { etag, checksum, modifiedAt } = addPart(input, call, received);
    return { CopyPartResult: { ETag: `"${etag}"`, LastModified: new Date(modifiedAt), ...checksum } };
  },
});

function sourceRange(text: string | undefined, { content }: StoredObject): [number, number] {
  if (text === undefined) return [0, content.size];
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(text) ?? [];
  if (first !== undefined && Number(first) <= Number(last) && Number(last) < content.size) {
    return [Number(first), Number(last) + 1];
  }
  const message = `Range specified is not valid for source object of size: ${content.size}`;
  throw invalidArgument(message, 'x-amz-copy-source-range', text);
}

function addPart(input: OfUpload & { PartNumber: number }, call: Call, received: Received): Part {
  uploadOf(call, input);
  const { PartNumber: number } = input;
  if (number < 1 || number > partNumberMax) {
    const message = `Part number must be an integer between 1 and ${partNumberMax}, inclusive`;
    throw invalidArgument(message, 'partNumber', number);
  }
  const id = partId(input.UploadId, number);
  const before = parts.get(call, id);
  if (before !== undefined) dropFile(call, before.file);
  const { size, checksum } = received;
  const part = {
    number,
    etag: received.md5.toString('hex'),
    size,
    file: received.file!,
    modifiedAt: call.time,
    checksum,
  };
  parts.put(call, id, part);
  return part;
}

export const CompleteMultipartUpload = operation<
  OfUpload & { MultipartUpload?: { Parts?: readonly { PartNumber?: number; ETag?: string }[] } }
>({
  trail: dataTrail(),
  handle(input, call) {
    const upload = uploadOf(call, input);
    const bucket = bucketOf(call, input.Bucket);
    const chosen = chosenParts(input, call);
    const md5 = createHash('md5');
    for (const { etag } of chosen) md5.update(Buffer.from(etag, 'hex'));
    const stored = putVersion(call, bucket, {
      ...upload.facts,
      modifiedAt: call.time,
      etag: `${md5.digest('hex')}-${chosen.length}`,
      content: {
        size: chosen.reduce((sum, { size }) => sum + size, 0),
        files: chosen.map(({ file, size }) => ({ file, size })),
      },
      checksum: {},
      parts: chosen.length,
    });
    forget(call, upload, new Set(chosen.map(({ file }) => file)));
    const { Bucket, Key } = input;
    return { Location: `${call.endpoint}/${Bucket}/${Key}`, Bucket, Key, ...writtenAnswer(bucket, stored) };
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
function chosenParts(
  {
    UploadId,
    MultipartUpload,
  }: OfUpload & { MultipartUpload?: { Parts?: readonly { PartNumber?: number; ETag?: string }[] } },
  call: Call,
): readonly Part[] {
  const named = MultipartUpload?.Parts ?? [];
  if (named.length === 0) throw malformedXml();
  if (named.some(({ PartNumber }, at) => at > 0 && PartNumber! <= named[at - 1]!.PartNumber!)) {
    const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.';
    throw new AwsError('InvalidPartOrder', message, { status: 400, members: { UploadId } });
  }
  const chosen = named.map(({ PartNumber = 0, ETag = '' }) => {
    const part = parts.get(call, partId(UploadId, PartNumber));
    if (part !== undefined && part.etag === ETag.replaceAll('"', '')) return part;
    const message =
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
    throw new AwsError('InvalidPart', message, { status: 400, members: { UploadId, PartNumber, ETag } });
  });
  const small = chosen.slice(0, -1).find(({ size }) => size < partBytesMin);
  if (small === undefined) return chosen;
  throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    status: 400,
    members: { ProposedSize: small.size, MinSizeAllowed: partBytesMin, PartNumber: small.number, ETag: small.etag },
  });
}

export const AbortMultipartUpload = operation<OfUpload>({
  trail: dataTrail(),
  handle(input, call) {
    forget(call, uploadOf(call, input), new Set());
    return {};
  },
});

export const ListParts = operation<OfUpload & { MaxParts?: number; PartNumberMarker?: string }>({
  trail: dataTrail(),
  handle(input, call) {
    const upload = uploadOf(call, input);
    const limit = limitOf(input.MaxParts);
    const marker = Number(input.PartNumberMarker ?? 0);
    const rest = partsOf(call, upload.id).filter(({ number }) => number > marker);
    const shown = rest.slice(0, limit);
    return {
      Bucket: upload.bucket,
      Key: upload.key,
      UploadId: upload.id,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
      MaxParts: limit,
      IsTruncated: rest.length > shown.length,
      Owner: { ID: upload.facts.owner },
      StorageClass: upload.facts.headers['StorageClass'] ?? 'STANDARD',
      Parts: shown.map(({ number, etag, size, modifiedAt, checksum }) => ({
        PartNumber: number,
        ETag: `"${etag}"`,
        Size: size,
        LastModified: new Date(modifiedAt),
        ...checksum,
      })),
    };
  },
});

export const ListMultipartUploads = operation<{
  Bucket: string;
  Prefix?: string;
  MaxUploads?: number;
  KeyMarker?: string;
}>({
  trail: dataTrail('uploads'),
  handle(input, call) {
    bucketOf(call, input.Bucket);
    const limit = limitOf(input.MaxUploads);
    const home = `${input.Bucket}/`;
    const after = input.KeyMarker ? { after: `${home}${input.KeyMarker}\u0001` } : {};
    const range = { prefix: home + (input.Prefix ?? ''), ...after, limit: limit + 1 };
    const rows = [...uploads.list(call, range)].map(([, row]) => row);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      Bucket: input.Bucket,
      KeyMarker: input.KeyMarker ?? '',
      Prefix: input.Prefix ?? '',
      MaxUploads: limit,
      IsTruncated: rows.length > shown.length,
      ...(rows.length > shown.length && last ? { NextKeyMarker: last.key, NextUploadIdMarker: last.id } : {}),
      Uploads: shown.map(({ key, id, startedAt, facts }) => ({
        Key: key,
        UploadId: id,
        Initiated: new Date(startedAt),
        StorageClass: facts.headers['StorageClass'] ?? 'STANDARD',
        Owner: { ID: facts.owner },
      })),
    };
  },
});

function uploadOf(scope: ReadScope, { Bucket, Key, UploadId }: OfUpload): Upload {
  bucketOf(scope, Bucket);
  const upload = uploads.get(scope, idOf({ bucket: Bucket, key: Key, id: UploadId }));
  if (upload === undefined) throw noSuchUpload(UploadId);
  return upload;
}

/** Ends an upload; files that no object took over go with it. */
function forget(call: Call, upload: Upload, kept: ReadonlySet<string>): void {
  for (const { number, file } of partsOf(call, upload.id)) {
    parts.remove(call, partId(upload.id, number));
    if (!kept.has(file)) dropFile(call, file);
  }
  uploads.remove(call, idOf(upload));
}

function partsOf(scope: ReadScope, id: string): Part[] {
  return [...parts.list(scope, { prefix: `${id}/` })].map(([, part]) => part);
}

function idOf({ bucket, key, id }: Pick<Upload, 'bucket' | 'key' | 'id'>): string {
  return `${bucket}/${key}\u0000${id}`;
}

function partId(upload: string, number: number): string {
  return `${upload}/${String(number).padStart(5, '0')}`;
}
