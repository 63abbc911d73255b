import { createHash } from 'node:crypto';
import { four } from './crypt-text.ts';

const zero = Buffer.from([0]);

/** MD5 crypt (`$1$`), which `openssl passwd -1` makes and Linux still accepts; Apache's (`$apr1$`) is for its own files. https://man7.org/linux/man-pages/man5/crypt.5.html */
export function md5Crypt(password: string, salt: string, magic: '$1$' | '$apr1$' = '$1$'): string {
  const short = salt.slice(0, 8);
  const key = Buffer.from(password, 'utf8');
  const salted = Buffer.from(short, 'utf8');
  const inner = md5(key, salted, key);
  const parts = [key, Buffer.from(magic), salted, Buffer.alloc(key.length, key.length === 0 ? undefined : inner)];
  for (let n = key.length; n > 0; n >>= 1) parts.push((n & 1) === 1 ? zero : key.subarray(0, 1));
  let digest = md5(...parts);
  for (let i = 0; i < 1000; i++) {
    const odd = (i & 1) === 1;
    const round = [odd ? key : digest];
    if (i % 3 !== 0) round.push(salted);
    if (i % 7 !== 0) round.push(key);
    round.push(odd ? digest : key);
    digest = md5(...round);
  }
  const at = (index: number) => digest[index] ?? 0;
  const groups = [0, 1, 2, 3, 4].map((i) => (at(i) << 16) | (at(i + 6) << 8) | at(i === 4 ? 5 : i + 12));
  return `${magic}${short}$${groups.map((bits) => four(bits, 4)).join('')}${four(at(11), 2)}`;
}

function md5(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
