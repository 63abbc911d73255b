import { checkPrimeSync, createPrivateKey, type KeyObject } from 'node:crypto';

const exponent = 65_537n;

/** An RSA key from a host's luck: the same seed, the same key, which no generator of node:crypto would give. */
export function newRsa(bits: number, random: () => number): KeyObject {
  for (;;) {
    const [p, q] = [prime(bits / 2, random), prime(bits / 2, random)].sort((one, other) => (one > other ? -1 : 1));
    if (p === undefined || q === undefined || p === q) continue;
    const [n, phi] = [p * q, (p - 1n) * (q - 1n)];
    const d = inverse(exponent, phi);
    if (d === undefined || n.toString(2).length !== bits) continue;
    const parts = { n, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) ?? 0n };
    const jwk = Object.fromEntries(
      Object.entries(parts).map(([name, value]) => [name, bytesOf(value).toString('base64url')]),
    );
    return createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' });
  }
}

/** The next one after a number of the host's luck. Both leading bits are set, so that the product of two has all its bits. */
function prime(bits: number, random: () => number): bigint {
  const bytes = Buffer.from(Array.from({ length: bits / 8 }, () => Math.floor(random() * 256)));
  const start = BigInt(`0x${bytes.toString('hex')}`) | (3n << BigInt(bits - 2)) | 1n;
  // Most numbers have a small factor, and a remainder is cheaper than OpenSSL's test.
  const remainders = small.map((one) => [one, Number(start % BigInt(one))] as const);
  for (let step = 0; ; step += 2) {
    if (remainders.some(([one, rest]) => (rest + step) % one === 0)) continue;
    const candidate = start + BigInt(step);
    if ((candidate - 1n) % exponent !== 0n && checkPrimeSync(candidate)) return candidate;
  }
}

const small = Array.from({ length: 4000 }, (_, index) => index).filter(
  (number) =>
    number > 2 &&
    !Array.from({ length: Math.floor(Math.sqrt(number)) - 1 }, (_, at) => at + 2).some((one) => number % one === 0),
);

/** By Euclid's extended algorithm. */
function inverse(value: bigint, modulus: bigint): bigint | undefined {
  let [previous, rest] = [modulus, value % modulus];
  let [before, now] = [0n, 1n];
  while (rest > 0n) {
    const times = previous / rest;
    [previous, rest] = [rest, previous - times * rest];
    [before, now] = [now, before - times * now];
  }
  return previous === 1n ? ((before % modulus) + modulus) % modulus : undefined;
}

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}
