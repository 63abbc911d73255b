import type { KeyObject } from 'node:crypto';

// OpenSSH's own format of a private key, without a passphrase.
// https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.key

const magic = 'openssh-key-v1\0';

/** The text of the file that ssh-keygen writes. `check` is any number: it is there to notice a wrong passphrase. */
export function opensshPem(key: KeyObject, comment: string, check: number): string {
  const jwk = key.export({ format: 'jwk' });
  const part = (name: 'n' | 'e' | 'd' | 'p' | 'q' | 'qi' | 'x') => Buffer.from(jwk[name] ?? '', 'base64url');
  const rsa = jwk.kty === 'RSA';
  const kind = rsa ? 'ssh-rsa' : 'ssh-ed25519';
  const blob = publicBlob(kind, rsa ? [number(part('e')), number(part('n'))] : [field(part('x'))]);
  const secret = rsa
    ? (['n', 'e', 'd', 'qi', 'p', 'q'] as const).map((name) => number(part(name)))
    : [field(part('x')), field(Buffer.concat([part('d'), part('x')]))];
  const checks = word(check >>> 0);
  const plain = Buffer.concat([checks, checks, field(Buffer.from(kind)), ...secret, field(Buffer.from(comment))]);
  const padding = Buffer.from(Array.from({ length: (8 - (plain.length % 8)) % 8 }, (_, index) => index + 1));
  const none = field(Buffer.from('none'));
  const nothing = field(Buffer.alloc(0));
  const whole = Buffer.concat([
    Buffer.from(magic, 'latin1'),
    none,
    none,
    nothing,
    word(1),
    field(blob),
    field(Buffer.concat([plain, padding])),
  ]);
  const lines = whole.toString('base64').match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

/** The public half, which such a file has in the clear; undefined for a text that is none. */
export function readPublicBlob(pem: string): Buffer | undefined {
  const bytes = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
  if (bytes.toString('latin1', 0, magic.length) !== magic) return undefined;
  let at = magic.length;
  const next = () => {
    const length = at + 4 > bytes.length ? bytes.length : bytes.readUInt32BE(at);
    at += 4 + length;
    return at > bytes.length ? undefined : bytes.subarray(at - length, at);
  };
  // Cipher, its key derivation and that one's options.
  for (let skipped = 0; skipped < 3; skipped++) next();
  at += 4;
  return next();
}

export function publicBlob(kind: string, parts: readonly Buffer[]): Buffer {
  return Buffer.concat([field(Buffer.from(kind)), ...parts]);
}

export function field(bytes: Buffer): Buffer {
  return Buffer.concat([word(bytes.length), bytes]);
}

/** A number whose first bit is set would be read as negative. */
export function number(bytes: Buffer): Buffer {
  return field((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
