import { cidrHolds, ipv4Bits, isIpv6, prefixLength } from '../aws/network/cidr.ts';

/** Addresses and ranges, asked millions of times: IPv4 by one look-up for each length of range that is in the set. */
export class AddressSet {
  /** By prefix length: the ranges' first bits. */
  readonly #ranges = new Map<number, Set<number>>();
  readonly #ipv6: string[] = [];
  size = 0;

  /** Adds an address or range; false when the text is neither. */
  add(text: string): boolean {
    const slash = text.indexOf('/');
    const base = slash < 0 ? text : text.slice(0, slash);
    const length = prefixLength(text);
    if (length < 0) return false;
    if (isIpv6(text)) {
      if (!cidrHolds(text, base)) return false;
      this.#ipv6.push(text);
    } else {
      const bits = ipv4Bits(base);
      if (bits < 0) return false;
      const ranges = this.#ranges.get(length) ?? new Set();
      ranges.add(Math.floor(bits / 2 ** (32 - length)));
      this.#ranges.set(length, ranges);
    }
    this.size++;
    return true;
  }

  /** The entry that holds the address. */
  entryOf(address: string): string | undefined {
    if (isIpv6(address)) return this.#ipv6.find((entry) => cidrHolds(entry, address));
    const bits = ipv4Bits(address);
    if (bits < 0) return undefined;
    for (const [length, ranges] of this.#ranges) {
      if (ranges.has(Math.floor(bits / 2 ** (32 - length)))) return length === 32 ? address : rangeOf(bits, length);
    }
    return undefined;
  }
}

function rangeOf(bits: number, length: number): string {
  const first = Math.floor(bits / 2 ** (32 - length)) * 2 ** (32 - length);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${length}`;
}
