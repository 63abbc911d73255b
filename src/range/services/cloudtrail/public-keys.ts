import { createHash, generateKeyPairSync } from 'node:crypto';
import type { ReadScope, Scope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { table } from '../../table.ts';

export interface DigestKey {
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** PKCS #1, DER, base64: what ListPublicKeys answers. */
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly from: number;
}

/** One pair a region, made when the first digest there is signed. */
const keys = table<DigestKey>('cloudtrail', 'digest-key', 'global');
/** How long a key is announced to be good for, which outlasts any practice. */
const validMs = 365 * 86_400_000;

export function keyFor(scope: ReadScope, region: string): DigestKey | undefined {
  return keys.get(scope, region);
}

/** RSA keys are real luck: outside what a seed reproduces. */
export function storeKey(scope: Scope, region: string, now: number): DigestKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = pair.publicKey.export({ type: 'pkcs1', format: 'der' });
  const key = {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: der.toString('base64'),
    fingerprint: createHash('md5').update(der).digest('hex'),
    // A key must have been there when the digest that it signs began.
    from: now - validMs,
  };
  keys.put(scope, region, key);
  return key;
}

export const ListPublicKeys = operation<{ StartTime?: Date; EndTime?: Date; NextToken?: string }>({
  handle(_input, call) {
    const key = keys.get(call, call.region);
    if (key === undefined) return { PublicKeyList: [] };
    return {
      PublicKeyList: [
        {
          Value: Buffer.from(key.publicKey, 'base64'),
          ValidityStartTime: new Date(key.from),
          ValidityEndTime: new Date(key.from + 2 * validMs),
          Fingerprint: key.fingerprint,
        },
      ],
    };
  },
});
