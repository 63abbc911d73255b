import { Address6 } from 'ip-address';
import { ipv4Bits, ipv4Text, isIpv6, prefixLength } from '../aws/network/cidr.ts';

/**
 * Addresses and ranges by the million, asked millions of times. IPv4 ranges nest or are apart, so they are flattened into
 * pieces in order, each with the length of the narrowest range that holds it; a look-up is a binary search.
 */
export class AddressSet {
  #starts = new Uint32Array(16);
  #lengths = new Uint8Array(16);
  #added = 0;
  #pieces: Pieces | undefined = undefined;
  #near: Uint32Array | undefined = undefined;
  /** By prefix length: the first bits of ranges. */
  readonly #ipv6 = new Map<number, Set<bigint>>();
  size = 0;

  /** Adds an address or range; false when the text is neither. */
  add(text: string): boolean {
    const length = prefixLength(text);
    if (length < 0) return false;
    const slash = text.indexOf('/');
    const base = slash < 0 ? text : text.slice(0, slash);
    if (!(isIpv6(base) ? this.#addIpv6(base, length) : this.#addIpv4(ipv4Bits(base), length))) return false;
    this.size++;
    return true;
  }

  /** The entry that holds the address; the narrowest where several do. */
  entryOf(address: string): string | undefined {
    if (isIpv6(address)) return this.#ipv6.size === 0 ? undefined : this.#ipv6EntryOf(address);
    const bits = ipv4Bits(address);
    if (bits < 0 || this.#added === 0) return undefined;
    const length = lengthAt(this.#settled(), bits);
    return length < 0 ? undefined : length === 32 ? address : `${ipv4Text(firstOf(bits, length))}/${length}`;
  }

  /** Whether an entry holds these bits of IPv4, with a sign or without. Mostly none is near, which one bit tells. */
  holds(bits: number): boolean {
    if (this.#added === 0) return false;
    this.#near ??= neighbourhoods(this.#starts.subarray(0, this.#added), this.#lengths);
    if ((this.#near[bits >>> 13]! & (1 << ((bits >>> 8) & 31))) === 0) return false;
    return lengthAt(this.#settled(), bits >>> 0) >= 0;
  }

  #settled(): Pieces {
    this.#pieces ??= flattened(this.#starts.subarray(0, this.#added), this.#lengths);
    return this.#pieces;
  }

  #addIpv4(bits: number, length: number): boolean {
    if (bits < 0) return false;
    if (this.#added === this.#starts.length) this.#grow();
    this.#starts[this.#added] = firstOf(bits, length);
    this.#lengths[this.#added++] = length;
    this.#pieces = undefined;
    this.#near = undefined;
    return true;
  }

  #grow(): void {
    const starts = new Uint32Array(this.#added * 2);
    const lengths = new Uint8Array(this.#added * 2);
    starts.set(this.#starts);
    lengths.set(this.#lengths);
    this.#starts = starts;
    this.#lengths = lengths;
  }

  #addIpv6(base: string, length: number): boolean {
    const bits = ipv6Bits(base);
    if (bits === undefined) return false;
    const ranges = this.#ipv6.get(length) ?? new Set();
    ranges.add(bits >> BigInt(128 - length));
    this.#ipv6.set(length, ranges);
    return true;
  }

  #ipv6EntryOf(address: string): string | undefined {
    const bits = ipv6Bits(address);
    if (bits === undefined) return undefined;
    for (const length of [...this.#ipv6.keys()].sort((a, b) => b - a)) {
      const shift = BigInt(128 - length);
      if (!this.#ipv6.get(length)!.has(bits >> shift)) continue;
      if (length === 128) return address;
      return `${Address6.fromBigInt((bits >> shift) << shift).correctForm()}/${length}`;
    }
    return undefined;
  }
}

/** Pieces of the address space in order: where each begins, and the range there, -1 where none is. */
interface Pieces {
  readonly starts: Uint32Array;
  readonly lengths: Int8Array;
}

/** A bit for each 256 addresses: whether an entry holds any of them. */
function neighbourhoods(starts: Uint32Array, lengths: Uint8Array): Uint32Array {
  const near = new Uint32Array(2 ** 19);
  for (let index = 0; index < starts.length; index++) {
    const first = starts[index]! >>> 8;
    const count = Math.ceil(2 ** (24 - lengths[index]!));
    for (let at = first; at < first + count; at++) near[at >>> 5]! |= 1 << (at & 31);
  }
  return near;
}

function flattened(starts: Uint32Array, lengths: Uint8Array): Pieces {
  sortInPlace(starts, lengths);
  const pieces = { starts: new Uint32Array(starts.length * 2), lengths: new Int8Array(starts.length * 2) };
  let count = 0;
  const begin = (at: number, length: number) => {
    // What begins where the piece before began takes its place.
    if (count > 0 && pieces.starts[count - 1] === at) count--;
    pieces.starts[count] = at;
    pieces.lengths[count++] = length;
  };
  // Ranges that are open, the widest first.
  const open: { readonly end: number; readonly length: number }[] = [];
  const close = (until: number) => {
    while (open.length > 0 && open.at(-1)!.end <= until) {
      const { end } = open.pop()!;
      if (end < 2 ** 32) begin(end, open.at(-1)?.length ?? -1);
    }
  };
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index]!;
    const length = lengths[index]!;
    close(start);
    begin(start, length);
    open.push({ end: start + 2 ** (32 - length), length });
  }
  close(2 ** 32);
  return { starts: pieces.starts.slice(0, count), lengths: pieces.lengths.slice(0, count) };
}

/** By start, wider ranges first. One number holds both, so that a million are sorted as numbers. */
function sortInPlace(starts: Uint32Array, lengths: Uint8Array): void {
  const keys = Float64Array.from(starts, (start, index) => start * 64 + lengths[index]!).sort();
  for (let index = 0; index < keys.length; index++) {
    starts[index] = Math.floor(keys[index]! / 64);
    lengths[index] = keys[index]! % 64;
  }
}

function lengthAt({ starts, lengths }: Pieces, bits: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= bits) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? -1 : lengths[low - 1]!;
}

function firstOf(bits: number, length: number): number {
  const size = 2 ** (32 - length);
  return Math.floor(bits / size) * size;
}

function ipv6Bits(text: string): bigint | undefined {
  return Address6.isValid(text) ? new Address6(text).bigInt() : undefined;
}
