import type { ConditionKeys } from './requirement.ts';

/** How a request was signed and sent, for the services whose keys ask. */
export interface SentFacts {
  readonly region: string;
  /** Where the signature was: none for an anonymous call. */
  readonly authType?: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST';
  /** `AWS4-HMAC-SHA256`. */
  readonly signatureVersion?: string;
  /** Milliseconds since the signature was made, of a presigned URL. */
  readonly signatureAgeMs?: number;
  /** The header `x-amz-content-sha256`. */
  readonly contentSha256?: string;
  /** `1.2`, where the connection is TLS. */
  readonly tlsVersion?: string;
  readonly callerAccount?: string;
  /** The last service that called for the caller, such as `s3.amazonaws.com`. */
  readonly via?: string;
}

/**
 * Keys that a service gives every request, whatever the operation. `served` in the overrides names them `request`.
 * Most services give none, and `sent` is not asked.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function serviceKeysOf(service: string, sent: () => SentFacts): ConditionKeys {
  if (service === 's3') return s3Keys(sent());
  if (service === 'ec2') return { 'ec2:Region': sent().region };
  if (service === 'kms') return kmsKeys(sent());
  return {};
}

function s3Keys(sent: SentFacts): ConditionKeys {
  return present({
    's3:authType': sent.authType,
    's3:signatureversion': sent.signatureVersion,
    's3:signatureAge': sent.signatureAgeMs === undefined ? undefined : String(sent.signatureAgeMs),
    's3:x-amz-content-sha256': sent.contentSha256,
    's3:TlsVersion': sent.tlsVersion,
  });
}

/** `kms:ViaService` names the service in the region of the key: `s3.us-west-2.amazonaws.com`. */
function kmsKeys({ callerAccount, via, region }: SentFacts): ConditionKeys {
  return present({
    'kms:CallerAccount': callerAccount,
    'kms:ViaService': via?.replace(/^([a-z0-9-]+)\.amazonaws\.com$/, `$1.${region}.amazonaws.com`),
  });
}

function present(keys: Readonly<Record<string, string | undefined>>): ConditionKeys {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(keys)) if (value !== undefined) found[key] = value;
  return found;
}
