import { awsAccount } from '../aws-account.ts';
import type { Caller } from '../caller.ts';
import { type AccessKey, accessKeys } from '../indexes.ts';
import type { Reader } from '../store/port.ts';
import type { SigningKeys } from '../wire/sigv4/signing-key.ts';
import { type Signed, verify } from '../wire/sigv4/verify.ts';
import type { Routed } from '../wire/wire.ts';

export interface Authenticated {
  readonly caller: Caller;
  readonly signed?: Signed;
}

/** Who signed. A key that is unknown, off or expired is refused in the words of the service that was called. */
export function authenticate(
  routed: Routed,
  reader: Reader,
  keys: SigningKeys,
  clocks: { readonly signature: number; readonly virtual: number },
): Authenticated {
  let found: AccessKey | undefined;
  const verification = verify(routed, {
    keys,
    now: clocks.signature,
    lookup(accessKeyId) {
      found = accessKeys.get(reader, accessKeyId);
      if (found === undefined || !found.active) return undefined;
      return {
        secret: found.secret,
        sessionToken: found.token,
        // Lifetimes are virtual time, whatever clock the signature is judged by.
        expired: isExpired(found, clocks.virtual),
        now: found.caller.account === awsAccount ? clocks.virtual : undefined,
      };
    },
  });
  if (verification.kind === 'refused') throw verification.refusal;
  if (verification.kind === 'anonymous') return { caller: { kind: 'anonymous' } };
  return { caller: found!.caller, signed: verification.signed };
}

function isExpired(key: AccessKey, now: number): boolean {
  return key.caller.session !== undefined && key.caller.session.expiresAt <= now;
}
