import { Address4, Address6 } from 'ip-address';
import { type Operator, pair } from './operator.ts';
import { typed } from './typed.ts';

export const ipOperators = {
  ...pair('IpAddress', 'NotIpAddress', typed('an IP address or CIDR block', readBlock, readAddress, isInside)),
} satisfies Record<string, Operator>;

interface Block {
  readonly bits: 32 | 128;
  /** The bits before the prefix's end, as a number. */
  readonly network: bigint;
  readonly shift: bigint;
}

interface Ip {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Without a prefix it is one address. Bits after the prefix are ignored. */
function readBlock(text: string): Block | undefined {
  const address = Address4.isValid(text) ? new Address4(text) : Address6.isValid(text) ? new Address6(text) : undefined;
  if (!address) return undefined;
  const bits = address instanceof Address4 ? 32 : 128;
  const shift = BigInt(bits - address.subnetMask);
  return { bits, shift, network: address.bigInt() >> shift };
}

function readAddress(text: string): Ip | undefined {
  if (text.includes('/')) return undefined;
  if (Address4.isValid(text)) return { bits: 32, value: new Address4(text).bigInt() };
  return Address6.isValid(text) ? { bits: 128, value: new Address6(text).bigInt() } : undefined;
}

function isInside(ip: Ip, block: Block): boolean {
  return ip.bits === block.bits && ip.value >> block.shift === block.network;
}
