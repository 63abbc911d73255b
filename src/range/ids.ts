import { hash } from 'node:crypto';

/** Ids that look like AWS's: seeded, so that a run with the same seed draws the same ones; never the same twice. */
export interface Ids {
  /** Hex digits. */
  hex(account: string, length: number): string;
  /** Upper-case letters and digits as in `AIDA...` ids and access keys. */
  base32(account: string, length: number): string;
  uuid(account: string): string;
  /** Any of 64 letters, for secrets. */
  secret(account: string, length: number): string;
  /** 32 bytes to encipher with: an account's own for each purpose, the same at every start. */
  key(account: string, purpose: string): Buffer;
}

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const secretLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** `boot` differs at each start of a lasting range, so that a restart repeats nothing. */
export function createIds(seed: string, boot: number): Ids {
  const counters = new Map<string, number>();
  /** One draw is good for four UUIDs, of which each call takes two. */
  const uuids = new Map<string, { readonly hex: string; used: number }>();
  const draw = (account: string): Buffer => {
    const n = (counters.get(account) ?? 0) + 1;
    counters.set(account, n);
    return hash('sha512', `${seed}/${boot}/${account}/${n}`, 'buffer');
  };
  const letters = (account: string, length: number, alphabet: string): string => {
    let text = '';
    while (text.length < length) for (const byte of draw(account)) text += alphabet[byte % alphabet.length];
    return text.slice(0, length);
  };
  return {
    hex: (account, length) => {
      let text = draw(account).toString('hex');
      while (text.length < length) text += draw(account).toString('hex');
      return text.slice(0, length);
    },
    base32: (account, length) => letters(account, length, base32Letters),
    secret: (account, length) => letters(account, length, secretLetters),
    key: (account, purpose) => hash('sha256', `${seed}/key/${account}/${purpose}`, 'buffer'),
    uuid: (account) => {
      let drawn = uuids.get(account);
      if (drawn === undefined || drawn.used === drawn.hex.length) {
        drawn = { hex: draw(account).toString('hex'), used: 0 };
        uuids.set(account, drawn);
      }
      drawn.used += 32;
      return uuidOf(drawn.hex.slice(drawn.used - 32, drawn.used));
    },
  };
}

function uuidOf(hex: string): string {
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
