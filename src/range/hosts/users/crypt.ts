import { createHash } from 'node:crypto';
import { hostLimits } from '../limits.ts';
import { alphabet, four } from './crypt-text.ts';
import { md5Crypt } from './md5-crypt.ts';

const defaultRounds = 5000;

/** SHA-512 crypt, as in /etc/shadow (`$6$`). https://www.akkadia.org/drepper/SHA-crypt.txt */
export function sha512Crypt(password: string, salt: string, rounds?: number): string {
  const count = Math.min(Math.max(rounds ?? defaultRounds, 1000), 999_999_999);
  const short = salt.slice(0, 16);
  const digest = stretch(Buffer.from(password, 'utf8'), Buffer.from(short, 'utf8'), count);
  return `$6$${rounds === undefined ? '' : `rounds=${count}$`}${short}$${encode(digest)}`;
}

export type Verify = (password: string, hash: string) => boolean;

/** Checks passwords against hashes of /etc/shadow, and remembers what it checked: a guess costs milliseconds only once. */
export function createVerify(): Verify {
  const memo = new Map<string, boolean>();
  return (password, hash) => {
    const again = schemeOf(hash);
    // `!`, `*` and empty fields are locked accounts; other schemes are not in this range's images.
    if (again === undefined) return false;
    const key = `${hash}\n${password}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const right = again(password) === hash;
    if (memo.size >= hostLimits.cryptMemo) memo.delete(memo.keys().next().value ?? '');
    memo.set(key, right);
    return right;
  };
}

/** Hashes another password the same way. */
function schemeOf(hash: string): ((password: string) => string) | undefined {
  const old = /^\$1\$([^$]{0,8})\$/.exec(hash);
  if (old !== null) return (password) => md5Crypt(password, old[1] ?? '');
  const parts = /^\$6\$(?:rounds=(\d+)\$)?([^$]{0,16})\$.+$/.exec(hash);
  if (parts === null) return undefined;
  const rounds = parts[1] === undefined ? undefined : Number(parts[1]);
  return (password) => sha512Crypt(password, parts[2] ?? '', rounds);
}

/** A salt from the host's luck. */
export function salt(random: () => number, length = 16): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * 64)]).join('');
}

function sha512(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function stretch(key: Buffer, salted: Buffer, rounds: number): Buffer {
  const b = sha512(key, salted, key);
  const bits: Uint8Array[] = [];
  for (let n = key.length; n > 0; n >>= 1) bits.push((n & 1) === 1 ? b : key);
  let a = sha512(key, salted, repeated(b, key.length), ...bits);
  const p = repeated(sha512(...Array.from({ length: key.length }, () => key)), key.length);
  const s = repeated(sha512(...Array.from({ length: 16 + (a[0] ?? 0) }, () => salted)), salted.length);
  for (let i = 0; i < rounds; i++) {
    const odd = (i & 1) === 1;
    const parts: Uint8Array[] = [odd ? p : a];
    if (i % 3 !== 0) parts.push(s);
    if (i % 7 !== 0) parts.push(p);
    parts.push(odd ? a : p);
    a = sha512(...parts);
  }
  return a;
}

function repeated(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes.length === 0 ? undefined : bytes);
}

/** Three bytes at a time, in the order of the specification: each group's indexes turn by 21. */
function encode(digest: Buffer): string {
  let text = '';
  for (let i = 0; i < 21; i++) {
    const turn = [i, i + 21, i + 42];
    const first = i % 3;
    const [x, y, z] = [turn[first], turn[(first + 1) % 3], turn[(first + 2) % 3]].map((at) => digest[at ?? 0] ?? 0);
    text += four(((x ?? 0) << 16) | ((y ?? 0) << 8) | (z ?? 0), 4);
  }
  return text + four(digest[63] ?? 0, 2);
}
