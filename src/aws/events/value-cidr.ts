import { Address4, Address6 } from 'ip-address';

/** The first and the last address of a range. */
export interface Cidr {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** A complaint, in EventBridge's words, instead of what it refuses. */
export function parseCidr(text: string, bitsMax?: number): Cidr | string {
  const [address, bits, more] = text.split('/');
  if (address === undefined || bits === undefined || more !== undefined) return "Malformed CIDR, one '/' required";
  if (!/^[+-]?\d+$/.test(bits)) return 'Malformed CIDR, mask bits must be an integer';
  if (Number(bits) < 0) return 'Malformed CIDR, mask bits must not be negative';
  const parsed = parseAddress(address);
  if (parsed === undefined) return `Nonstandard IP address: ${address}`;
  const width = parsed.version === 4 ? 32 : 128;
  if (Number(bits) > (bitsMax ?? width - 1)) return `IPv${parsed.version} mask bits must be < ${width}`;
  const host = (1n << BigInt(width - Number(bits))) - 1n;
  return { version: parsed.version, first: parsed.value & ~host, last: parsed.value | host };
}

export function inCidr({ version, first, last }: Cidr, text: string): boolean {
  if (version === 4 && !/^[\d.]+$/.test(text)) return false;
  const address = parseAddress(text);
  return address?.version === version && address.value >= first && address.value <= last;
}

function parseAddress(text: string): { version: 4 | 6; value: bigint } | undefined {
  if (text.includes('/')) return undefined;
  if (Address4.isValid(text)) return { version: 4, value: new Address4(text).bigInt() };
  if (text.includes(':') && Address6.isValid(text)) return { version: 6, value: new Address6(text).bigInt() };
  return undefined;
}
