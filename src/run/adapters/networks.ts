import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { ipv4Bits } from '../../aws/network/cidr.ts';
import { rootPath } from '../../root.ts';

export interface Network {
  readonly asn: number;
  readonly organisation: string;
}

export type NetworkOf = (address: string) => Network | undefined;

/** Which network announces a public address, by the table that tools/networks.mjs made. Read when first asked. */
export function networks(): NetworkOf {
  let table: Table | undefined;
  return (address) => {
    table ??= tableOf(brotliDecompressSync(readFileSync(rootPath('data', 'networks.bin'))));
    const bits = ipv4Bits(address);
    const index = bits >= 0 ? rangeOf(table.v4, bits) : rangeOf(table.v6, ipv6Prefix(address));
    return index === undefined ? undefined : networkOf(nameAt(table, index));
  };
}

/**
 * Networks in which AWS's public addresses are: those of Amazon that its address ranges are announced from.
 * https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html
 */
export const amazonNetworks: ReadonlySet<number> = new Set([
  16_509, 14_618, 8_987, 7_224, 9_059, 21_664, 36_263, 38_895, 62_785,
]);

interface Table {
  /** Names of networks, one after the other, and where each ends. */
  readonly names: Buffer;
  readonly nameEnds: Uint32Array;
  readonly v4: Ranges;
  readonly v6: Ranges;
}

/** Columns, ascending: a range of addresses (of 48-bit prefixes for IPv6) and the network's place in the names. */
interface Ranges {
  readonly firsts: Uint32Array | Float64Array;
  readonly lasts: Uint32Array | Float64Array;
  readonly networks: Uint32Array;
}

function tableOf(bytes: Buffer): Table {
  const lineEnd = bytes.indexOf(10);
  const header: { v4: number; v6: number; networks: number } = JSON.parse(bytes.toString('utf8', 0, lineEnd));
  const start = lineEnd + 1;
  const nameEnds = new Uint32Array(header.networks);
  let at = start;
  for (let n = 0; n < header.networks; n++) {
    const end = bytes.indexOf(10, at);
    nameEnds[n] = end - start;
    at = end + 1;
  }
  const numbers = new Numbers(bytes, at);
  return {
    names: Buffer.from(bytes.subarray(start, at)),
    nameEnds,
    v4: rangesOf(numbers, new Uint32Array(header.v4), new Uint32Array(header.v4)),
    v6: rangesOf(numbers, new Float64Array(header.v6), new Float64Array(header.v6)),
  };
}

function nameAt({ names, nameEnds }: Table, index: number): string {
  const end = nameEnds[index] ?? 0;
  return names.toString('utf8', index === 0 ? 0 : (nameEnds[index - 1] ?? 0) + 1, end);
}

function rangesOf(numbers: Numbers, firsts: Ranges['firsts'], lasts: Ranges['lasts']): Ranges {
  const count = firsts.length;
  const networks = new Uint32Array(count);
  for (let n = 0; n < count; n++) firsts[n] = numbers.next();
  for (let n = 0; n < count; n++) lasts[n] = numbers.next();
  for (let n = 0; n < count; n++) networks[n] = numbers.next();
  // What was read are gaps and lengths.
  let next = 0;
  for (let n = 0; n < count; n++) {
    const first = next + (firsts[n] ?? 0);
    firsts[n] = first;
    lasts[n] = first + (lasts[n] ?? 0);
    next = (lasts[n] ?? 0) + 1;
  }
  return { firsts, lasts, networks };
}

/** Reads base-128 numbers one after the other. */
class Numbers {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  next(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
}

function rangeOf({ firsts, lasts, networks }: Ranges, value: number): number | undefined {
  let low = 0;
  let high = firsts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((firsts[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value <= (lasts[low - 1] ?? 0) ? networks[low - 1] : undefined;
}

/** The first 48 bits of an IPv6 address; a negative number, which no range holds, where it is none. */
function ipv6Prefix(address: string): number {
  if (!address.includes(':')) return -1;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined ? left : [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return groups.slice(0, 3).reduce((prefix, group) => prefix * 65_536 + Number.parseInt(group || '0', 16), 0);
}

function networkOf(name: string): Network {
  const space = name.indexOf(' ');
  return { asn: Number(name.slice(0, space)), organisation: name.slice(space + 1) };
}
