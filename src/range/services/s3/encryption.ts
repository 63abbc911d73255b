import { AwsError } from '../../../aws/error.ts';
import { type Call, operation } from '../../operation.ts';
import { invalidArgument, malformedXml } from './errors.ts';
import { type Bucket, bucketOf, changeBucket, type Encryption, withoutMember } from './tables.ts';
import { bucketTrail } from './trail.ts';
import { newBucketOf } from './vintages.ts';

interface Named {
  readonly Bucket: string;
}
interface Rule {
  readonly ApplyServerSideEncryptionByDefault?: {
    readonly SSEAlgorithm: Encryption['algorithm'];
    readonly KMSMasterKeyID?: string;
  };
  readonly BucketKeyEnabled?: boolean;
}

export const PutBucketEncryption = operation<Named & { ServerSideEncryptionConfiguration: { Rules: readonly Rule[] } }>(
  {
    trail: bucketTrail('encryption'),
    handle({ Bucket: name, ServerSideEncryptionConfiguration: { Rules } }, call) {
      const [rule] = Rules;
      const given = rule?.ApplyServerSideEncryptionByDefault;
      if (rule === undefined || Rules.length !== 1) throw malformedXml();
      if (given?.KMSMasterKeyID !== undefined && given.SSEAlgorithm === 'AES256') {
        throw invalidArgument(
          'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
          'ApplyServerSideEncryptionByDefault',
          undefined,
        );
      }
      const encryption: Encryption = {
        algorithm: given?.SSEAlgorithm ?? 'AES256',
        ...(given?.KMSMasterKeyID === undefined ? {} : { keyId: given.KMSMasterKeyID }),
        bucketKey: rule.BucketKeyEnabled ?? false,
      };
      changeBucket(call, name, { encryption });
      return {};
    },
  },
);

export const GetBucketEncryption = operation<Named>({
  trail: bucketTrail('encryption'),
  handle({ Bucket: name }, call) {
    const { encryption } = bucketOf(call, name);
    if (encryption === undefined) {
      const message = 'The server side encryption configuration was not found';
      const members = { BucketName: name };
      throw new AwsError('ServerSideEncryptionConfigurationNotFoundError', message, { status: 404, members });
    }
    const { algorithm: SSEAlgorithm, keyId, bucketKey } = encryption;
    const byDefault = { SSEAlgorithm, ...(keyId === undefined ? {} : { KMSMasterKeyID: keyId }) };
    const rule = { ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: bucketKey ?? false };
    return { ServerSideEncryptionConfiguration: { Rules: [rule] } };
  },
});

/** Back to what a new bucket has: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html */
export const DeleteBucketEncryption = operation<Named>({
  trail: bucketTrail('encryption'),
  handle({ Bucket: name }, call) {
    const { encryption } = newBucketOf(call);
    if (encryption === undefined) withoutMember(call, name, 'encryption');
    else changeBucket(call, name, { encryption });
    return {};
  },
});

/** What a new object is encrypted with: what the call says, else the bucket's default. */
export function encryptionFor(
  input: { readonly ServerSideEncryption?: string; readonly SSEKMSKeyId?: string; readonly BucketKeyEnabled?: boolean },
  bucket: Bucket,
  call: Call,
): Encryption | undefined {
  const given = input.ServerSideEncryption as Encryption['algorithm'] | undefined;
  if (given === undefined) return bucket.encryption === undefined ? undefined : withKey(bucket.encryption, call);
  if (given === 'AES256' && input.SSEKMSKeyId !== undefined) {
    const name = 'x-amz-server-side-encryption-aws-kms-key-id';
    throw invalidArgument('The SSE-KMS key id is only applicable with aws:kms.', name, input.SSEKMSKeyId);
  }
  const bucketKey = input.BucketKeyEnabled ?? bucket.encryption?.bucketKey ?? false;
  const keyId = input.SSEKMSKeyId ?? (bucket.encryption?.algorithm === given ? bucket.encryption.keyId : undefined);
  return withKey({ algorithm: given, bucketKey, ...(keyId === undefined ? {} : { keyId }) }, call);
}

function withKey(encryption: Encryption, { region, account }: Call): Encryption {
  if (encryption.algorithm === 'AES256') return { algorithm: 'AES256' };
  const id = encryption.keyId ?? 'alias/aws/s3';
  if (id.startsWith('arn:')) return encryption;
  const name = id.startsWith('alias/') ? id : `key/${id}`;
  return { ...encryption, keyId: `arn:aws:kms:${region}:${account}:${name}` };
}

/** The headers that answer for an object's encryption. */
export function shownEncryption(encryption: Encryption | undefined): Record<string, unknown> {
  if (encryption === undefined) return {};
  const { algorithm, keyId, bucketKey } = encryption;
  return {
    ServerSideEncryption: algorithm,
    ...(keyId === undefined ? {} : { SSEKMSKeyId: keyId }),
    ...(bucketKey === true ? { BucketKeyEnabled: true } : {}),
  };
}
