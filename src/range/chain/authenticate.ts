import { AwsError } from '../../aws/error.ts';
import type { Caller } from '../caller.ts';
import { accessKeys } from '../indexes.ts';
import type { Reader } from '../store/port.ts';
import type { RawRequest } from '../wire/message.ts';
import type { Secret, Signed, Verification } from '../wire/sigv4/verify.ts';
import type { Routed } from '../wire/wire.ts';

export interface Authenticated {
  readonly caller: Caller;
  readonly signed?: Signed;
}

export type Verify = (
  raw: RawRequest,
  routed: Routed,
  lookup: (accessKeyId: string) => Secret | undefined,
  now: number,
) => Verification;

/** Who signed. A key that is unknown, off or expired is refused in the words of the service that was called. */
export function authenticate(
  routed: Routed,
  reader: Reader,
  verify: Verify,
  clocks: { readonly signature: number; readonly virtual: number },
): Authenticated {
  const verification = verify(
    routed.request,
    routed,
    (id) => {
      const key = accessKeys.get(reader, id);
      if (key === undefined || !key.active) return undefined;
      return { secret: key.secret, ...(key.token === undefined ? {} : { sessionToken: key.token }) };
    },
    clocks.signature,
  );
  if (verification.kind === 'refused') throw verification.refusal;
  if (verification.kind === 'anonymous') return { caller: { kind: 'anonymous' } };
  const { signed } = verification;
  const key = accessKeys.get(reader, signed.accessKeyId);
  if (key === undefined)
    throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', {
      status: 403,
    });
  // Lifetimes are virtual time, whatever clock the signature was judged by.
  if ('session' in key.caller && key.caller.session !== undefined && key.caller.session.expiresAt <= clocks.virtual) {
    throw expired(routed);
  }
  return { caller: key.caller, signed };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, and S3's own list of error codes. */
function expired(routed: Routed): AwsError {
  if (routed.service === 's3') return new AwsError('ExpiredToken', 'The provided token has expired.', { status: 400 });
  if (routed.service === 'ec2') return new AwsError('RequestExpired', 'Request has expired.', { status: 400 });
  const json = routed.protocol === 'json-1.0' || routed.protocol === 'json-1.1' || routed.protocol === 'rest-json';
  return json
    ? new AwsError('ExpiredTokenException', 'The security token included in the request is expired', { status: 400 })
    : new AwsError('ExpiredToken', 'The security token included in the request is expired', { status: 403 });
}
