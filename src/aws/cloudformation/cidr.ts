import { ipv4Bits } from '../network/cidr.ts';
import { invalid } from './template.ts';

/** Fn::Cidr for IPv4: `count` blocks of 2^bits addresses, from the start of `block`. */
export function cidrBlocks(block: string, count: number, bits: number): readonly string[] {
  const [address = '', prefix = ''] = block.split('/');
  const start = ipv4Bits(address);
  const length = 32 - bits;
  const room = 2 ** (length - Number(prefix));
  if (start < 0 || prefix === '' || !Number.isInteger(count) || count < 1 || count > 256 || count > room) {
    throw invalid(`Template error: Fn::Cidr cannot make ${count} blocks of ${bits} bits from ${JSON.stringify(block)}`);
  }
  return Array.from({ length: count }, (_, i) => `${dotted(start + i * 2 ** bits)}/${length}`);
}

function dotted(bits: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');
}
