import { AwsError } from '../../../aws/error.ts';
import type { Caller } from '../../caller.ts';
import type { Invoke } from '../../operation.ts';

export interface LogPlace {
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix?: string;
}

/** Where AWS puts an account's log files: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html */
export function logFolder(place: LogPlace): string {
  return `${place.prefix === undefined ? '' : `${place.prefix}/`}AWSLogs/${place.account}`;
}

function asCloudTrail(place: LogPlace, trailArn: string): Caller {
  return { kind: 'service', service: 'cloudtrail.amazonaws.com', sourceArn: trailArn, sourceAccount: place.account };
}

/** Writes one file as CloudTrail does: with its own permission, and for the bucket's owner. */
export async function putFile(
  place: LogPlace,
  trailArn: string,
  key: string,
  body: Uint8Array,
  metadata: Readonly<Record<string, string>>,
  invoke: Invoke,
): Promise<void> {
  const gzip = key.endsWith('.gz');
  await invoke({
    as: asCloudTrail(place, trailArn),
    account: place.account,
    region: place.region,
    service: 's3',
    operation: 'PutObject',
    input: {
      Bucket: place.bucket,
      Key: key,
      ACL: 'bucket-owner-full-control',
      Body: once(body),
      ContentLength: body.length,
      ...(gzip ? { ContentType: 'application/json', ContentEncoding: 'gzip' } : {}),
      Metadata: metadata,
    },
  });
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** CloudTrail looks at the bucket and leaves its folders there before it makes a trail. */
export async function proveBucket(
  place: LogPlace,
  trailArn: string,
  validated: boolean,
  invoke: Invoke,
): Promise<void> {
  try {
    await invoke({
      as: asCloudTrail(place, trailArn),
      account: place.account,
      region: place.region,
      service: 's3',
      operation: 'GetBucketAcl',
      input: { Bucket: place.bucket },
    });
    await putFile(place, trailArn, `${logFolder(place)}/CloudTrail/`, new Uint8Array(), {}, invoke);
    if (validated)
      await putFile(place, trailArn, `${logFolder(place)}/CloudTrail-Digest/`, new Uint8Array(), {}, invoke);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'NoSuchBucket') {
      throw new AwsError('S3BucketDoesNotExistException', `S3 bucket ${place.bucket} does not exist!`, { status: 404 });
    }
    if (error.status !== 403) throw error;
    throw new AwsError(
      'InsufficientS3BucketPolicyException',
      `Incorrect S3 bucket policy is detected for bucket: ${place.bucket}`,
      { status: 403 },
    );
  }
}
