import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { limits } from '../limits.ts';

export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

export function hmac(key: string | Uint8Array | KeyObject, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** Derived keys, kept for the day that they are good for. Four hashes are saved at each call but the first. */
export interface SigningKeys {
  of(secret: string, date: string, region: string, service: string): KeyObject;
}

export function createSigningKeys(): SigningKeys {
  const kept = new Map<string, KeyObject>();
  return {
    of(secret, date, region, service) {
      const name = `${date}/${region}/${service}/${secret}`;
      const known = kept.get(name);
      if (known !== undefined) return known;
      const made = createSecretKey(hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request'));
      if (kept.size >= limits.signingKeys) kept.delete(kept.keys().next().value!);
      kept.set(name, made);
      return made;
    },
  };
}
