import { Address4 } from 'ip-address';
import { refuse } from './resource.ts';

/** An IPv4 block in its canonical form: host bits are cleared, as EC2 does. */
export function parseBlock(text: string, parameter: string, rangeCode: string): string {
  const address = block(text, parameter);
  const size = address.subnetMask;
  if (size < 16 || size > 28) throw refuse(rangeCode, `The CIDR '${text}' is invalid.`);
  return canonical(address);
}

export function block(text: string, parameter: string): Address4 {
  try {
    if (text.includes('/')) return new Address4(text);
  } catch {
    // The refusal is the same for what is no block and for what lacks its size.
  }
  throw refuse(
    'InvalidParameterValue',
    `Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`,
  );
}

export function canonical(address: Address4): string {
  return `${address.startAddress().correctForm()}/${address.subnetMask}`;
}

export function contains(outer: string, inner: string): boolean {
  return new Address4(inner).isInSubnet(new Address4(outer));
}

export function overlaps(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}

/** The n-th address of a block; AWS keeps the first four and the last of a subnet. */
export function nthAddress(text: string, n: number): string {
  return Address4.fromBigInt(new Address4(text).startAddress().bigInt() + BigInt(n)).correctForm();
}

export function sizeOf(text: string): number {
  return 2 ** (32 - new Address4(text).subnetMask);
}

export const keptFirst = 4;
export const keptLast = 1;
