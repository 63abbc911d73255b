import type { Address } from '../model/activity.ts';
import { cidrHolds, ipv4Bits, isIpv6 } from './network/cidr.ts';

/** What a log gives as a caller's address: an IP literal, else the name of the AWS service that called. */
export function addressOf(text: string): Address | undefined {
  if (text === '' || text === '-') return undefined;
  const ip = text.includes('.') && /^[\d.]+$/.test(text) ? text.replace(/(^|\.)0+(?=\d)/g, '$1') : text;
  if (ipv4Bits(ip) >= 0) return { kind: 'ip', text: ip, public: isPublicIpv4(ipv4Bits(ip)) };
  if (isIpv6(text) && /^[0-9a-f:.]+$/i.test(text))
    return { kind: 'ip', text: text.toLowerCase(), public: isPublicIpv6(text) };
  return { kind: 'service', text };
}

/** An address of the internet; false for what is none. */
export function isPublic(text: string): boolean {
  const address = addressOf(text);
  return address?.kind === 'ip' && address.public;
}

/**
 * Ranges that IANA keeps out of the internet. The documentation ranges count as public: they stand for the internet in
 * examples, templates and drills, and no real packet has them.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const notPublic: readonly (readonly [first: number, bits: number])[] = (
  [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const
).map(([first, length]) => [ipv4Bits(first), 2 ** (32 - length)]);

/** The same of an address's 32 bits; false for what is negative. Asked of every flow: the first octet mostly tells. */
export function isPublicIpv4(bits: number): boolean {
  if (bits < 0) return false;
  const told = byOctet[bits >>> 24]!;
  return told === mixed ? !isKeptOut(bits) : told === outside;
}

const [inside, outside, mixed] = [0, 1, 2];

/** What holds for all addresses of one first octet. */
const byOctet = byNetwork(8);

/** Of each network of so many bits whether its addresses are of the internet: 0 none, 1 all, 2 some of them. */
export function byNetwork(bits: number): Uint8Array {
  const size = 2 ** (32 - bits);
  const told = new Uint8Array(2 ** bits).fill(outside);
  for (const [first, length] of notPublic) {
    told.fill(length < size ? mixed : inside, Math.floor(first / size), Math.ceil((first + length) / size));
  }
  return told;
}

function isKeptOut(bits: number): boolean {
  return notPublic.some(([first, size]) => bits >= first && bits < first + size);
}

function isPublicIpv6(text: string): boolean {
  return cidrHolds('2000::/3', text);
}
