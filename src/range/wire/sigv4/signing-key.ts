import { createHmac, hash } from 'node:crypto';
import { limits } from '../limits.ts';

export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** HMAC-SHA256 with one key, by its definition (RFC 2104): two hashes at once cost half of what node's Hmac object does. */
export class SigningKey {
  readonly #inner: Buffer;
  readonly #outer: Buffer;

  constructor(key: Uint8Array) {
    this.#inner = padded(key, 0x36, textBytesFirst);
    this.#outer = padded(key, 0x5c, hashBytes);
  }

  /** In hex. */
  sign(text: string): string {
    const length = Buffer.byteLength(text);
    const inner =
      length <= textBytesFirst
        ? this.#inner
        : Buffer.concat([this.#inner.subarray(0, blockBytes)], blockBytes + length);
    inner.write(text, blockBytes);
    this.#outer.write(hash('sha256', inner.subarray(0, blockBytes + length), 'binary'), blockBytes, 'latin1');
    return hash('sha256', this.#outer, 'hex');
  }
}

const blockBytes = 64;
const hashBytes = 32;
/** What is signed, date, scope and a hash, is a hundred and some bytes. */
const textBytesFirst = 256;

/** The key's block, shorter than 64 bytes, and room behind it. */
function padded(key: Uint8Array, pad: number, room: number): Buffer {
  const buffer = Buffer.alloc(blockBytes + room, 0);
  buffer.set(key);
  for (let at = 0; at < blockBytes; at++) buffer[at]! ^= pad;
  return buffer;
}

/** Derived keys, kept for the day that they are good for. Four hashes are saved at each call but the first. */
export interface SigningKeys {
  of(secret: string, date: string, region: string, service: string): SigningKey;
}

export function createSigningKeys(): SigningKeys {
  /** By secret, whose hash V8 keeps with the row's own text; a client speaks to a few services in a day. */
  const kept = new Map<string, Derived[]>();
  let count = 0;
  return {
    of(secret, date, region, service) {
      const known = kept.get(secret);
      if (known !== undefined) {
        for (const one of known) {
          if (one.date === date && one.service === service && one.region === region) return one.key;
        }
      }
      const key = new SigningKey(hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request'));
      if (++count > limits.signingKeys) {
        kept.clear();
        count = 1;
      }
      const derived = { date, region, service, key };
      const others = kept.get(secret);
      if (others === undefined) kept.set(secret, [derived]);
      else others.push(derived);
      return key;
    },
  };
}

interface Derived {
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly key: SigningKey;
}

function hmac(key: string | Uint8Array, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
