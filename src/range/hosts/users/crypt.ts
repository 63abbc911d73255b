import { createHash } from 'node:crypto';
import { hostLimits } from '../limits.ts';
import { alphabet, four } from './crypt-text.ts';
import { md5Crypt } from './md5-crypt.ts';

const defaultRounds = 5000;

/** SHA-512 and SHA-256 crypt, as in /etc/shadow (`$6$`, `$5$`). https://www.akkadia.org/drepper/SHA-crypt.txt */
export function sha512Crypt(password: string, salt: string, rounds?: number): string {
  return shaCrypt('6', password, salt, rounds);
}

export function sha256Crypt(password: string, salt: string, rounds?: number): string {
  return shaCrypt('5', password, salt, rounds);
}

const kinds = { '6': { hash: 'sha512', encode: encode512 }, '5': { hash: 'sha256', encode: encode256 } } as const;

function shaCrypt(kind: keyof typeof kinds, password: string, salt: string, rounds: number | undefined): string {
  const count = Math.min(Math.max(rounds ?? defaultRounds, 1000), 999_999_999);
  const short = salt.slice(0, 16);
  const { hash, encode } = kinds[kind];
  const digest = stretch(hash, Buffer.from(password, 'utf8'), Buffer.from(short, 'utf8'), count);
  return `$${kind}$${rounds === undefined ? '' : `rounds=${count}$`}${short}$${encode(digest)}`;
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
  const [, kind, count, salted = ''] = /^\$([56])\$(?:rounds=(\d+)\$)?([^$]{0,16})\$.+$/.exec(hash) ?? [];
  if (kind === undefined) return undefined;
  const rounds = count === undefined ? undefined : Number(count);
  return (password) => shaCrypt(kind === '5' ? '5' : '6', password, salted, rounds);
}

/** A salt from the host's luck. */
export function salt(random: () => number, length = 16): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * 64)]).join('');
}

function digestOf(algorithm: string, parts: readonly Uint8Array[]): Buffer {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function stretch(algorithm: string, key: Buffer, salted: Buffer, rounds: number): Buffer {
  const sha = (...parts: readonly Uint8Array[]) => digestOf(algorithm, parts);
  const b = sha(key, salted, key);
  const bits: Uint8Array[] = [];
  for (let n = key.length; n > 0; n >>= 1) bits.push((n & 1) === 1 ? b : key);
  let a = sha(key, salted, repeated(b, key.length), ...bits);
  const p = repeated(sha(...Array.from({ length: key.length }, () => key)), key.length);
  const s = repeated(sha(...Array.from({ length: 16 + (a[0] ?? 0) }, () => salted)), salted.length);
  for (let i = 0; i < rounds; i++) {
    const odd = (i & 1) === 1;
    const parts: Uint8Array[] = [odd ? p : a];
    if (i % 3 !== 0) parts.push(s);
    if (i % 7 !== 0) parts.push(p);
    parts.push(odd ? a : p);
    a = sha(...parts);
  }
  return a;
}

function repeated(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes.length === 0 ? undefined : bytes);
}

/** Three bytes at a time, in the order of the specification: each group's indexes turn by a third of the digest. */
function encode512(digest: Buffer): string {
  return (
    encoded(digest, 21, (i, turn) => [turn[i % 3], turn[(i + 1) % 3], turn[(i + 2) % 3]]) + four(digest[63] ?? 0, 2)
  );
}

function encode256(digest: Buffer): string {
  const turned = encoded(digest, 10, (i, turn) => [
    turn[(3 - (i % 3)) % 3],
    turn[(4 - (i % 3)) % 3],
    turn[(5 - (i % 3)) % 3],
  ]);
  return turned + four(((digest[31] ?? 0) << 8) | (digest[30] ?? 0), 3);
}

type Turn = (i: number, indexes: readonly number[]) => readonly (number | undefined)[];

function encoded(digest: Buffer, third: number, turn: Turn): string {
  let text = '';
  for (let i = 0; i < third; i++) {
    const [x = 0, y = 0, z = 0] = turn(i, [i, i + third, i + 2 * third]).map((at) => digest[at ?? 0] ?? 0);
    text += four((x << 16) | (y << 8) | z, 4);
  }
  return text;
}
