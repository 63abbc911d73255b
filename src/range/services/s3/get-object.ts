import { AwsError } from '../../../aws/error.ts';
import { type Call, operation } from '../../operation.ts';
import type { Blobs } from '../../store/port.ts';
import { missingKey } from './absence.ts';
import { bytesOf } from './content.ts';
import { shownEncryption } from './encryption.ts';
import { invalidArgument, preconditionFailed } from './errors.ts';
import { bodies, bucketOf, type StoredObject } from './tables.ts';
import { dataTrail } from './trail.ts';
import { objectAt } from './versions.ts';

interface ReadInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
  readonly Range?: string;
  readonly PartNumber?: number;
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  readonly IfModifiedSince?: Date;
  readonly IfUnmodifiedSince?: Date;
  readonly ChecksumMode?: string;
  readonly [override: `Response${string}`]: unknown;
}

export const GetObject = operation<ReadInput, Record<string, unknown>, Blobs>({
  absence: missingKey,
  trail: dataTrail(),
  prepare: (_input, { blobs }) => blobs,
  handle(input, call, blobs) {
    const { stored, start, end, answer } = read(input, call);
    const inline = stored.content.inline === undefined ? undefined : bodies.get(call, stored.content.inline);
    override(answer, input, call);
    answer['Body'] = bytesOf(stored.content, inline, blobs, start, end);
    return answer;
  },
});

export const HeadObject = operation<ReadInput>({
  absence: missingKey,
  trail: dataTrail(),
  handle: (input, call) => read(input, call).answer,
});

function read(input: ReadInput, call: Call) {
  const bucket = bucketOf(call, input.Bucket);
  const stored = objectAt(call, input.Bucket, input.Key, input.VersionId);
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html: nobody anonymous can decrypt.
  if (call.caller.kind === 'anonymous' && stored.encryption?.algorithm.startsWith('aws:kms') === true) {
    const message =
      'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.';
    throw invalidArgument(message, 'Authorization', undefined);
  }
  checkConditions(input, stored);
  const { size } = stored.content;
  const range = rangeOf(input.Range, size);
  const { start, end } = range ?? { start: 0, end: size };
  const whole = range === undefined;
  const answer: Record<string, unknown> = {
    ContentType: 'binary/octet-stream',
    AcceptRanges: 'bytes',
    LastModified: new Date(stored.modifiedAt),
    ETag: `"${stored.etag}"`,
    ContentLength: end - start,
  };
  // Member by member: most objects have hardly any of these, and this is S3's commonest call.
  addHeaders(answer, stored);
  if (!whole) answer['ContentRange'] = `bytes ${start}-${end - 1}/${size}`;
  if (input.ChecksumMode === 'ENABLED' && whole) Object.assign(answer, stored.checksum);
  if (stored.encryption !== undefined) Object.assign(answer, shownEncryption(stored.encryption));
  if (bucket.versioning !== undefined) answer['VersionId'] = stored.versionId;
  const tags = Object.keys(stored.tags).length;
  if (tags > 0) answer['TagCount'] = tags;
  if (input.PartNumber !== undefined && stored.parts !== undefined) answer['PartsCount'] = stored.parts;
  return { stored, start, end, answer };
}

function addHeaders(answer: Record<string, unknown>, { headers }: StoredObject): void {
  for (const name in headers) {
    const value = headers[name];
    if (name === 'StorageClass' && value === 'STANDARD') continue;
    answer[name] = name === 'Expires' && value !== undefined ? new Date(String(value)) : value;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, "Additional considerations about request headers". */
function checkConditions(input: ReadInput, { etag, modifiedAt }: StoredObject): void {
  const seconds = Math.floor(modifiedAt / 1000) * 1000;
  const names = (list: string) =>
    list.split(',').some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '').replaceAll('"', '')));
  if (input.IfMatch !== undefined) {
    if (!names(input.IfMatch)) throw preconditionFailed('If-Match');
  } else if (input.IfUnmodifiedSince !== undefined && seconds > input.IfUnmodifiedSince.getTime()) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const isSame =
    input.IfNoneMatch === undefined
      ? input.IfModifiedSince !== undefined && seconds <= input.IfModifiedSince.getTime()
      : names(input.IfNoneMatch);
  if (isSame) throw new AwsError('NotModified', 'Not Modified', { status: 304 });
}

/** One range of bytes; anything that is none is ignored, as RFC 9110 has it. */
function rangeOf(text: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(text ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (start < size && end > start) return { start, end };
  const members = { RangeRequested: text, ActualObjectSize: size };
  throw new AwsError('InvalidRange', 'The requested range is not satisfiable', { status: 416, members });
}

/** `response-content-type` and its like. */
function override(answer: Record<string, unknown>, input: ReadInput, call: Call): void {
  for (const [name, value] of Object.entries(input)) {
    if (!name.startsWith('Response') || value === undefined) continue;
    if (call.caller.kind === 'anonymous') {
      const message = 'Request specific response headers cannot be used for anonymous GET requests.';
      throw new AwsError('InvalidRequest', message, { status: 400 });
    }
    answer[name.slice('Response'.length)] = value;
  }
}
