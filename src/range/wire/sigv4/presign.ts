import { isoDate } from './claim.ts';
import { canonicalQuery, encodeStrictly, onceEncoded } from './encode.ts';
import { type SigningKeys, sha256Hex } from './signing-key.ts';

export interface Presigning {
  readonly method: string;
  readonly host: string;
  /** Not encoded. */
  readonly path: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Epoch milliseconds. */
  readonly time: number;
  readonly expiresS: number;
}

/** A URL of S3 that carries its signature. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
export function presign(request: Presigning, keys: SigningKeys): string {
  const { method, host, region, credentials, time, expiresS } = request;
  const date = isoDate(time);
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const parameters = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${scope}`,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(expiresS),
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
    'X-Amz-SignedHeaders': 'host',
  };
  const path = onceEncoded(request.path);
  const query = canonicalQuery(
    Object.entries(parameters)
      .map(([name, value]) => `${name}=${encodeStrictly(value)}`)
      .join('&'),
  );
  const canonical = `${method}\n${path}\n${query}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const key = keys.of(credentials.secretAccessKey, day, region, 's3');
  const signature = key.sign(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256Hex(canonical)}`);
  return `https://${host}${path}?${query}&X-Amz-Signature=${signature}`;
}
