import { AwsError } from '../../../aws/error.ts';
import type { Spoken } from '../wire.ts';

/** How the front ends of AWS word a refused authentication. */
export type Family = 's3' | 'ec2' | 'query' | 'json' | 'rest-json';

export function familyOf({ protocol, service }: Pick<Spoken, 'protocol' | 'service'>): Family {
  if (service === 's3' || protocol === 'rest-xml') return 's3';
  if (protocol === 'json-1.0' || protocol === 'json-1.1') return 'json';
  return protocol;
}

/**
 * Codes and texts by https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html (query),
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html (json),
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (ec2),
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (s3); texts that these leave out are observed.
 */
type Wording = Readonly<Record<Family, readonly [code: string, message: string, status: number]>>;

const noMatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const noToken = 'The security token included in the request is invalid.';
const pastToken = 'The security token included in the request is expired';
const ec2Failure = ['AuthFailure', 'AWS was not able to validate the provided access credentials', 401] as const;

const wordings = {
  mismatch: {
    s3: [
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      403,
    ],
    ec2: ec2Failure,
    query: ['SignatureDoesNotMatch', noMatch, 403],
    json: ['InvalidSignatureException', noMatch, 400],
    'rest-json': ['InvalidSignatureException', noMatch, 403],
  },
  unknownKey: {
    s3: ['InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403],
    ec2: ec2Failure,
    query: ['InvalidClientTokenId', noToken, 403],
    json: ['UnrecognizedClientException', noToken, 400],
    'rest-json': ['UnrecognizedClientException', noToken, 403],
  },
  wrongToken: {
    s3: ['InvalidToken', 'The provided token is malformed or otherwise invalid.', 400],
    ec2: ec2Failure,
    query: ['InvalidClientTokenId', noToken, 403],
    json: ['UnrecognizedClientException', noToken, 400],
    'rest-json': ['UnrecognizedClientException', noToken, 403],
  },
  expiredToken: {
    s3: ['ExpiredToken', 'The provided token has expired.', 400],
    ec2: ['RequestExpired', 'Request has expired.', 400],
    query: ['ExpiredToken', pastToken, 403],
    json: ['ExpiredTokenException', pastToken, 400],
    'rest-json': ['ExpiredTokenException', pastToken, 403],
  },
  skewed: {
    s3: ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403],
    ec2: ['RequestExpired', 'Request has expired.', 400],
    query: ['SignatureDoesNotMatch', '', 403],
    json: ['InvalidSignatureException', '', 400],
    'rest-json': ['InvalidSignatureException', '', 403],
  },
  incomplete: {
    s3: ['AuthorizationHeaderMalformed', 'The authorization header is malformed', 400],
    ec2: ['AuthFailure', '', 401],
    query: ['IncompleteSignature', '', 403],
    json: ['IncompleteSignatureException', '', 400],
    'rest-json': ['IncompleteSignatureException', '', 403],
  },
  missing: {
    s3: ['AccessDenied', 'Access Denied', 403],
    ec2: ['AuthFailure', 'AWS was not able to validate the provided access credentials', 401],
    query: ['MissingAuthenticationToken', 'Request is missing Authentication Token', 403],
    json: ['MissingAuthenticationTokenException', 'Missing Authentication Token', 400],
    'rest-json': ['MissingAuthenticationTokenException', 'Missing Authentication Token', 403],
  },
} as const satisfies Record<string, Wording>;

export function refuse(
  why: keyof typeof wordings,
  family: Family,
  more: { message?: string; members?: Readonly<Record<string, unknown>> } = {},
): AwsError {
  const [code, message, status] = wordings[why][family];
  return new AwsError(code, more.message ?? message, { status, members: more.members ?? {} });
}

/** For calls that AWS takes from nobody: everything but anonymous S3 and what the model marks as unsigned. */
export function missingAuthentication(spoken: Pick<Spoken, 'protocol' | 'service'>): AwsError {
  return refuse('missing', familyOf(spoken));
}
