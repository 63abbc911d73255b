import { Address6 } from 'ip-address';

// IPv4 is read by hand, because a packet's decision reads dozens of addresses and must stay within microseconds.

/** The 32 bits of an IPv4 address, -1 if the text is none. */
export function ipv4Bits(text: string, end = text.length): number {
  let bits = 0;
  let octet = -1;
  let dots = 0;
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (octet < 0) return -1;
      bits = bits * 256 + octet;
      octet = -1;
      dots++;
      continue;
    }
    if (code < 48 || code > 57 || octet === 0) return -1;
    octet = Math.max(octet, 0) * 10 + code - 48;
    if (octet > 255) return -1;
  }
  return dots === 3 && octet >= 0 ? bits * 256 + octet : -1;
}

export function ipv4Text(bits: number): string {
  return `${Math.floor(bits / 0x1000000)}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

export function isIpv6(text: string): boolean {
  return text.includes(':');
}

/** The length of a block's prefix, -1 if the text is no block. A bare address is a block of one. */
export function prefixLength(cidr: string): number {
  const slash = cidr.indexOf('/');
  const most = isIpv6(cidr) ? 128 : 32;
  if (slash < 0) return most;
  let length = 0;
  for (let i = slash + 1; i < cidr.length; i++) {
    const digit = cidr.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    length = length * 10 + digit;
  }
  return length <= most && slash + 1 < cidr.length ? length : -1;
}

/** Whether the block holds the address. Blocks and addresses of different families never match; nonsense matches nothing. */
export function cidrHolds(cidr: string, address: string): boolean {
  if (!isIpv6(address)) return ipv4Holds(cidr, ipv4Bits(address));
  const length = prefixLength(cidr);
  if (length < 0 || !isIpv6(cidr)) return false;
  const slash = cidr.indexOf('/');
  return ipv6Holds(slash < 0 ? cidr : cidr.slice(0, slash), length, address);
}

/** The same for an address that was read before, where one address meets many blocks. */
function ipv4Holds(cidr: string, address: number): boolean {
  const slash = cidr.indexOf('/');
  const net = ipv4Bits(cidr, slash < 0 ? cidr.length : slash);
  if (net < 0 || address < 0) return false;
  const length = prefixLength(cidr);
  if (length < 0) return false;
  const size = 2 ** (32 - length);
  return Math.floor(net / size) === Math.floor(address / size);
}

function ipv6Holds(base: string, length: number, address: string): boolean {
  if (length === 0) return Address6.isValid(address);
  if (!Address6.isValid(base) || !Address6.isValid(address)) return false;
  const shift = BigInt(128 - length);
  return new Address6(base).bigInt() >> shift === new Address6(address).bigInt() >> shift;
}
