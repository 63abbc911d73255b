import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { field, number, publicBlob, readPublicBlob } from './openssh-key.ts';

/** The line of authorized_keys for a private key in a PEM of any kind; undefined for a text that is none. */
export function publicLine(pem: string): string | undefined {
  const blob = pem.includes('BEGIN OPENSSH PRIVATE KEY') ? readPublicBlob(pem) : blobOfPem(pem);
  return blob === undefined ? undefined : `${kindOf(blob)} ${blob.toString('base64')}`;
}

function blobOfPem(pem: string): Buffer | undefined {
  try {
    return blobOf(createPublicKey(pem));
  } catch {
    // Whoever offers it is told that the key is invalid.
    return undefined;
  }
}

/** https://www.rfc-editor.org/rfc/rfc4253#section-6.6, https://www.rfc-editor.org/rfc/rfc8709#section-4 */
function blobOf(key: KeyObject): Buffer | undefined {
  const { kty, n = '', e = '', x = '' } = key.export({ format: 'jwk' });
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  if (kty === 'RSA') return publicBlob('ssh-rsa', [number(bytes(e)), number(bytes(n))]);
  return kty === 'OKP' ? publicBlob('ssh-ed25519', [field(bytes(x))]) : undefined;
}

/** The name with which a public key begins. */
export function kindOf(blob: Buffer): string {
  return blob.toString('utf8', 4, 4 + blob.readUInt32BE(0));
}

/** An Ed25519 key from a host's luck: the same seed, the same key. */
export function newEd25519(random: () => number): KeyObject {
  const seed = Buffer.from(Array.from({ length: 32 }, () => Math.floor(random() * 256)));
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}
