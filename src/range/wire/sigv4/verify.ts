import { AwsError } from '../../../aws/error.ts';
import { regions } from '../../../aws/regions.ts';
import type { RawRequest } from '../message.ts';
import type { Spoken } from '../wire.ts';
import { type Claim, isoDate, readClaim } from './claim.ts';
import { canonicalQuery, onceEncoded, twiceEncoded } from './encode.ts';
import { type Family, familyOf, refuse } from './refusals.ts';
import { type SigningKey, type SigningKeys, sha256Hex } from './signing-key.ts';

/** What the range knows of an access key. */
export interface Secret {
  readonly secret: string;
  /** Of temporary keys: what `x-amz-security-token` must be. */
  readonly sessionToken?: string | undefined;
  /** Of temporary keys whose time has passed, by the clock that they live in. */
  readonly expired?: boolean;
  /** By what time the range's own signatures are judged, whichever door they come through. */
  readonly now?: number | undefined;
}

/** A verified signature and its scope. */
export interface Signed {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly where: 'header' | 'query';
  /** For `s3:signatureAge`: milliseconds since it was signed. */
  readonly age: number;
  readonly signedHeaders: readonly string[];
  /** What the body must still prove while it is read. */
  readonly payload: PayloadGuard;
}

export type PayloadGuard =
  | { readonly kind: 'none' }
  | { readonly kind: 'sha256'; readonly hex: string }
  | { readonly kind: 'signed-chunks'; readonly key: SigningKey; readonly context: string; readonly seed: string };

export type Verification =
  | { readonly kind: 'signed'; readonly signed: Signed }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'refused'; readonly refusal: AwsError };

export interface Authority {
  readonly keys: SigningKeys;
  lookup(accessKeyId: string): Secret | undefined;
  /** The clock by which freshness is judged, epoch milliseconds. */
  readonly now: number;
}

const minute = 60_000;
const weekSeconds = 604_800;

/** Checks the signature of a request, in its header or its query string. */
export function verify(spoken: Spoken, authority: Authority): Verification {
  const family = familyOf(spoken);
  const reading = readClaim(spoken.request);
  if (reading.kind === 'anonymous') return reading;
  try {
    if (reading.kind === 'unsupported') throw unsupported(family, reading.algorithm);
    if (reading.kind === 'incomplete') throw incomplete(family, reading.where, reading.why);
    checkService(spoken, reading.claim, family);
    checkRegion(reading.claim, family);
    return { kind: 'signed', signed: verified(spoken.request, reading.claim, family, authority) };
  } catch (error) {
    if (error instanceof AwsError) return { kind: 'refused', refusal: error };
    throw error;
  }
}

function verified(request: RawRequest, claim: Claim, family: Family, { keys, lookup, now }: Authority): Signed {
  const known = lookup(claim.accessKeyId);
  if (known === undefined || (known.sessionToken !== undefined && claim.token === undefined)) {
    throw refuse('unknownKey', family, { members: { AWSAccessKeyId: claim.accessKeyId } });
  }
  if (!sameText(claim.token ?? '', known.sessionToken ?? '')) {
    throw refuse('wrongToken', family, { members: { 'Token-0': claim.token } });
  }
  checkFreshness(claim, family, known.now ?? now);
  const payload = payloadHash(request, claim, family);
  const scope = `${claim.day}/${claim.region}/${claim.service}/aws4_request`;
  const canonical = canonicalRequest(request, claim, family, payload);
  const toSign = `AWS4-HMAC-SHA256\n${claim.date}\n${scope}\n${sha256Hex(canonical)}`;
  const key = keys.of(known.secret, claim.day, claim.region, claim.service);
  const expected = key.sign(toSign);
  if (!sameText(expected, claim.signature)) throw mismatch(family, claim, toSign, canonical);
  checkAllSigned(request, claim, family);
  if (known.expired) throw refuse('expiredToken', family, { members: { 'Token-0': claim.token } });
  return {
    accessKeyId: claim.accessKeyId,
    region: claim.region,
    service: claim.service,
    where: claim.where,
    age: (known.now ?? now) - claim.time,
    signedHeaders: claim.signedHeaders,
    payload: guardOf(request, family, payload, { key, context: `${claim.date}\n${scope}`, seed: expected }),
  };
}

/**
 * A header can name another service than the signature is for, whose permissions would be asked then. The text is
 * observed. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
function checkService({ signingName }: Spoken, { service }: Claim, family: Family): void {
  if (signingName === undefined || signingName === service) return;
  throw refuse('mismatch', family, { message: `Credential should be scoped to correct service: '${signingName}'. ` });
}

/** A region that is none would be an empty one, where nothing is found. Observed, as above. */
function checkRegion({ region }: Claim, family: Family): void {
  if (Object.hasOwn(regions, region)) return;
  if (family === 's3') {
    const message = `The authorization header is malformed; the region '${region}' is wrong; expecting 'us-east-1'`;
    throw refuse('incomplete', family, { message, members: { Region: 'us-east-1' } });
  }
  throw refuse('mismatch', family, { message: 'Credential should be scoped to a valid region. ' });
}

function sameText(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  // To the end whatever differs: how long it takes tells nothing.
  for (let at = 0; at < left.length; at++) difference |= left.charCodeAt(at) ^ right.charCodeAt(at);
  return difference === 0;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html, S3 is more patient. */
function checkFreshness(claim: Claim, family: Family, now: number): void {
  const signedAt = claim.time;
  if (claim.date.slice(0, 8) !== claim.day) {
    const message = `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.day}' != '${claim.date.slice(0, 8)}', from '${claim.date}'.`;
    throw refuse(family === 's3' ? 'incomplete' : 'mismatch', family, { message });
  }
  const patience = (family === 's3' ? 15 : 5) * minute;
  if (claim.where === 'query') {
    checkExpiry(claim, family, now, signedAt, patience);
    return;
  }
  if (now - signedAt > patience) throw skewed(claim, family, now, 'expired', patience);
  if (signedAt - now > patience) throw skewed(claim, family, now, 'not yet current', patience);
}

function checkExpiry(
  { expires, ...claim }: Claim,
  family: Family,
  now: number,
  signedAt: number,
  patience: number,
): void {
  const good = expires ?? (family === 's3' ? Number.NaN : patience / 1000);
  if (!Number.isInteger(good) || good < 0 || good > weekSeconds) {
    const message = `X-Amz-Expires must be a number of seconds, at least 0 and less than a week; that is, the given X-Amz-Expires must be less than ${weekSeconds} seconds`;
    throw new AwsError(family === 's3' ? 'AuthorizationQueryParametersError' : 'IncompleteSignature', message, {
      status: 400,
    });
  }
  if (signedAt - now > patience) throw skewed({ expires, ...claim }, family, now, 'not yet current', patience);
  const end = signedAt + good * 1000;
  if (now <= end) return;
  if (family !== 's3') throw skewed({ expires, ...claim }, family, now, 'expired', good * 1000);
  const members = {
    'X-Amz-Expires': good,
    Expires: new Date(end).toISOString().replace('.000', ''),
    ServerTime: new Date(now).toISOString().replace(/\.\d+/, ''),
  };
  throw new AwsError('AccessDenied', 'Request has expired', { status: 403, members });
}

function skewed(
  claim: Claim,
  family: Family,
  now: number,
  what: 'expired' | 'not yet current',
  patience: number,
): AwsError {
  if (family === 's3') {
    const members = {
      RequestTime: claim.date,
      ServerTime: new Date(now).toISOString().replace(/\.\d+/, ''),
      MaxAllowedSkewMilliseconds: patience,
    };
    return refuse('skewed', family, { members });
  }
  if (family === 'ec2') return refuse('skewed', family);
  const [sign, order] =
    what === 'expired' ? (['-', 'now earlier than'] as const) : (['+', 'still later than'] as const);
  const edge = isoDate(now + (what === 'expired' ? -patience : patience));
  const message = `Signature ${what}: ${claim.date} is ${order} ${edge} (${isoDate(now)} ${sign} ${patience / minute} min.)`;
  return refuse('skewed', family, { message });
}

/** What stands for the body in the canonical request. */
function payloadHash({ headers, body }: RawRequest, claim: Claim, family: Family): string {
  const declared = headers['x-amz-content-sha256'];
  if (family === 's3') {
    if (declared !== undefined) return declared;
    if (claim.where === 'query') return 'UNSIGNED-PAYLOAD';
    const members = { MissingHeaderName: 'x-amz-content-sha256' };
    throw new AwsError('MissingSecurityHeader', 'Your request was missing a required header', { status: 400, members });
  }
  return body instanceof Uint8Array ? sha256Hex(body) : (declared ?? 'UNSIGNED-PAYLOAD');
}

function canonicalRequest(request: RawRequest, claim: Claim, family: Family, payload: string): string {
  const { method, target, headers } = request;
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : canonicalQuery(target.slice(mark + 1));
  let text = `${method}\n${family === 's3' ? onceEncoded(path) : twiceEncoded(path)}\n${query}\n`;
  for (const name of claim.signedHeaders) text += `${name}:${tidied(headers[name] ?? '')}\n`;
  return `${text}\n${claim.signedHeadersText}\n${payload}`;
}

function tidied(value: string): string {
  return value.includes('  ') ? value.trim().replaceAll(/ +/g, ' ') : value.trim();
}

function mismatch(family: Family, claim: Claim, toSign: string, canonical: string): AwsError {
  if (family !== 's3') return refuse('mismatch', family);
  const members = {
    AWSAccessKeyId: claim.accessKeyId,
    StringToSign: toSign,
    SignatureProvided: claim.signature,
    StringToSignBytes: bytesShown(toSign),
    CanonicalRequest: canonical,
    CanonicalRequestBytes: bytesShown(canonical),
  };
  return refuse('mismatch', family, { members });
}

function bytesShown(text: string): string {
  return [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** S3 refuses `x-amz-` headers that the signature does not cover; somebody could have added them. */
function checkAllSigned({ headers }: RawRequest, { signedHeaders }: Claim, family: Family): void {
  if (family !== 's3') return;
  const unsigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !signedHeaders.includes(name));
  const harmful = unsigned.filter((name) => name !== 'x-amz-content-sha256' && name !== 'x-amz-user-agent');
  if (harmful.length === 0) return;
  const message = 'There were headers present in the request which were not signed';
  throw new AwsError('AccessDenied', message, { status: 403, members: { HeadersNotSigned: harmful.join(', ') } });
}

function guardOf(
  { body }: RawRequest,
  family: Family,
  payload: string,
  chunks: { readonly key: SigningKey; readonly context: string; readonly seed: string },
): PayloadGuard {
  // There the hash was not declared but made of this very body.
  if (family !== 's3' && body instanceof Uint8Array) return unguarded;
  if (payload.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')) return { kind: 'signed-chunks', ...chunks };
  if (!/^[0-9a-f]{64}$/.test(payload)) return unguarded;
  if (!(body instanceof Uint8Array)) return { kind: 'sha256', hex: payload };
  const computed = sha256Hex(body);
  if (computed !== payload) throw contentMismatch(payload, computed);
  return unguarded;
}

const unguarded: PayloadGuard = { kind: 'none' };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function contentMismatch(declared: string, computed: string): AwsError {
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  const members = { ClientComputedContentSHA256: declared, S3ComputedContentSHA256: computed };
  return new AwsError('XAmzContentSHA256Mismatch', message, { status: 400, members });
}

function incomplete(family: Family, where: 'header' | 'query', why: string): AwsError {
  if (family !== 's3') return refuse('incomplete', family, { message: why });
  if (where === 'query') return new AwsError('AuthorizationQueryParametersError', why, { status: 400 });
  return refuse('incomplete', family, { message: `The authorization header is malformed; ${why}` });
}

function unsupported(family: Family, algorithm: string): AwsError {
  if (family === 's3') {
    const message = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
    return new AwsError('InvalidRequest', message, { status: 400 });
  }
  return refuse('incomplete', family, {
    message: `Unsupported AWS 'algorithm': '${algorithm}' (only AWS4-HMAC-SHA256 is supported here).`,
  });
}
