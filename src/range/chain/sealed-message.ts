import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { JsonObject } from '../../model/json.ts';

/**
 * An authorization message as a client is given it: opaque, because who was refused may not be meant to know why.
 * `key` is the account's own, so that no other account's DecodeAuthorizationMessage opens it.
 */
export function sealMessage(message: JsonObject, key: Buffer, requestId: string): string {
  const text = JSON.stringify(message);
  // One request never says two things under one vector.
  const iv = createHash('sha256').update(`${requestId} ${text}`).digest().subarray(0, ivBytes);
  const cipher = createCipheriv(algorithm, key, iv);
  const sealed = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Undefined: not a message of this account. */
export function openMessage(sealed: string, key: Buffer): string | undefined {
  if (!/^[\w-]+$/.test(sealed)) return undefined;
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    return inflateRawSync(opened).toString('utf8');
  } catch {
    return undefined;
  }
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
