import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Call, ReadScope } from '../../operation.ts';
import { table } from '../../table.ts';
import { notBuilt } from './tables.ts';

// SecureString. The range has no KMS: the one key, the default `alias/aws/ssm`, is made here at first use and lies in
// the same state as what it enciphers. That keeps a value out of sight, not from whoever has the range's files.

export const defaultKey = 'alias/aws/ssm';

/** By the alias without `alias/`. */
const keys = table<{ readonly hex: string }>('ssm', 'key');
const keyName = 'aws/ssm';

/** Only the key that AWS manages: its policy lets everybody of the account use it by way of Systems Manager. */
export function checkKey(keyId: string | undefined): void {
  if (keyId !== undefined && !keyId.endsWith(defaultKey)) throw notBuilt(`The key ${keyId} (the range has no KMS)`);
}

export function sealed(value: string, context: string, call: Call): string {
  const known = keys.get(call, keyName);
  const key = known ?? { hex: call.ids.hex(64) };
  if (known === undefined) keys.put(call, keyName, key);
  // No name is enciphered twice with the same version, so that the vector is never used again.
  const iv = createHash('sha256').update(`${context} ${value.length} ${call.time}`).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key.hex, 'hex'), iv);
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([header, iv, cipher.getAuthTag(), text]).toString('base64');
}

export function opened(text: string, scope: ReadScope): string {
  const key = keys.get(scope, keyName);
  if (key === undefined) throw new Error('a SecureString has lost its key');
  const bytes = Buffer.from(text, 'base64').subarray(header.length);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key.hex, 'hex'), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

/** What ciphertexts of KMS begin with. Observed, not documented. */
const header = Buffer.from('01020200', 'hex');
