import type { Json, JsonObject } from '../../../model/json.ts';
import type { TrailShape } from '../../operation.ts';
import { hostId } from '../../wire/render.ts';
import { aclOfRecord } from './acl-record.ts';

// Records: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-understanding-s3-entries.html

type Input = Readonly<Record<string, unknown>>;

/** A management event about a bucket; `query` is the sub-resource as it stands in the address (`acl`). */
export function bucketTrail(query?: string, more: TrailShape = {}): TrailShape {
  return {
    request: (input, call) => requestOf(input, call.region, query),
    response: encryptionAnswered,
    resources: resourcesOf,
    additional: transfer,
    ...more,
  };
}

/** A data event about an object, or about the objects of a bucket. */
export function dataTrail(query?: string, more: TrailShape = {}): TrailShape {
  return bucketTrail(query, { category: 'Data', ...more });
}

/** S3 records of an answer only the headers about encryption. */
const encryptionAnswered: NonNullable<TrailShape['response']> = (output) => {
  const algorithm = output['ServerSideEncryption'];
  return typeof algorithm === 'string' && output['Body'] === undefined && output['ContentLength'] === undefined
    ? { 'x-amz-server-side-encryption': algorithm }
    : null;
};

const transfer: NonNullable<TrailShape['additional']> = (input, output, { requestId, signature }) => ({
  ...(signature === undefined ? {} : { SignatureVersion: 'SigV4', AuthenticationMethod: signature.type }),
  bytesTransferredIn: input['Body'] === undefined ? 0 : Number(input['ContentLength'] ?? 0),
  'x-amz-id-2': hostId(requestId),
  bytesTransferredOut: output?.['Body'] === undefined ? 0 : Number(output['ContentLength'] ?? 0),
});

const resourcesOf: NonNullable<TrailShape['resources']> = (input, call) => {
  // ListBuckets is about none.
  if (input['Bucket'] === undefined) return [];
  const bucket = `arn:aws:s3:::${String(input['Bucket'])}`;
  const key = input['Key'];
  const whole = { accountId: call.account, type: 'AWS::S3::Bucket', ARN: bucket };
  return typeof key === 'string' ? [{ type: 'AWS::S3::Object', ARN: `${bucket}/${key}` }, whole] : [whole];
};

function requestOf(input: Input, region: string, query: string | undefined): JsonObject {
  const bucket = String(input['Bucket'] ?? '');
  const written: Record<string, Json> = {
    ...(bucket === '' ? {} : { bucketName: bucket }),
    Host: bucket === '' ? `s3.${region}.amazonaws.com` : `${bucket}.s3.${region}.amazonaws.com`,
  };
  if (query !== undefined) written[query] = '';
  for (const [name, value] of Object.entries(input)) {
    const wire = wireNames[name];
    if (wire !== undefined && value !== undefined)
      written[wire] = value instanceof Date ? value.toISOString() : String(value);
    else Object.assign(written, bodyOf(name, value));
  }
  return written;
}

/** Documents in the body are recorded as their XML is, a policy as JSON. */
function bodyOf(name: string, value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Symbol.asyncIterator in value) {
    return name === 'Policy' && typeof value === 'string' ? { bucketPolicy: parsed(value) } : {};
  }
  if (name === 'AccessControlPolicy') return { AccessControlPolicy: aclOfRecord(value) };
  if (!bodies.has(name)) return {};
  return {
    [name]: { xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/', ...(JSON.parse(JSON.stringify(value)) as JsonObject) },
  };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const bodies: ReadonlySet<string> = new Set([
  'CreateBucketConfiguration',
  'PublicAccessBlockConfiguration',
  'OwnershipControls',
  'ServerSideEncryptionConfiguration',
  'VersioningConfiguration',
  'LifecycleConfiguration',
  'BucketLoggingStatus',
  'NotificationConfiguration',
  'CORSConfiguration',
  'WebsiteConfiguration',
  'Tagging',
]);

const wireNames: Readonly<Record<string, string>> = {
  Key: 'key',
  Prefix: 'prefix',
  Delimiter: 'delimiter',
  MaxKeys: 'max-keys',
  EncodingType: 'encoding-type',
  ContinuationToken: 'continuation-token',
  StartAfter: 'start-after',
  FetchOwner: 'fetch-owner',
  Marker: 'marker',
  KeyMarker: 'key-marker',
  VersionIdMarker: 'version-id-marker',
  VersionId: 'versionId',
  UploadId: 'uploadId',
  PartNumber: 'partNumber',
  ACL: 'x-amz-acl',
  GrantFullControl: 'x-amz-grant-full-control',
  GrantRead: 'x-amz-grant-read',
  GrantReadACP: 'x-amz-grant-read-acp',
  GrantWrite: 'x-amz-grant-write',
  GrantWriteACP: 'x-amz-grant-write-acp',
  ObjectOwnership: 'x-amz-object-ownership',
  StorageClass: 'x-amz-storage-class',
  ServerSideEncryption: 'x-amz-server-side-encryption',
  SSEKMSKeyId: 'x-amz-server-side-encryption-aws-kms-key-id',
  CopySource: 'x-amz-copy-source',
  MetadataDirective: 'x-amz-metadata-directive',
};
