import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** The line of authorized_keys for a private key in PEM; undefined for a text that is none. */
export function publicLine(pem: string): string | undefined {
  try {
    return lineOf(createPublicKey(pem));
  } catch {
    // Whoever offers it is told that the key is invalid.
    return undefined;
  }
}

/** https://www.rfc-editor.org/rfc/rfc4253#section-6.6, https://www.rfc-editor.org/rfc/rfc8709#section-4 */
function lineOf(key: KeyObject): string | undefined {
  const { kty, n = '', e = '', x = '' } = key.export({ format: 'jwk' });
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  if (kty === 'RSA') return line('ssh-rsa', [positive(bytes(e)), positive(bytes(n))]);
  return kty === 'OKP' ? line('ssh-ed25519', [bytes(x)]) : undefined;
}

function line(kind: string, parts: readonly Uint8Array[]): string {
  const fields = [Buffer.from(kind), ...parts].flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return `${kind} ${Buffer.concat(fields).toString('base64')}`;
}

/** A number whose first bit is set would be read as negative. */
function positive(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

/** An Ed25519 key from a host's luck: the same seed, the same key. Written as PKCS 8, which OpenSSH reads too. */
export function newKey(random: () => number): string {
  const seed = Buffer.from(Array.from({ length: 32 }, () => Math.floor(random() * 256)));
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}
