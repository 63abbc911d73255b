import { hashOfText } from './scan.ts';
import { putFingerprint, slots } from './slots.ts';

/** What is kept of a line: as much as a cache line holds. Eight numbers, of which the last ones are two small ones each. */
export const packed = {
  fingerprint: 0,
  /** Stands for account and interface together. */
  owner: 1,
  srcaddr: 2,
  dstaddr: 3,
  packets: 4,
  bytes: 5,
} as const;

/** The small ones. */
export const packedSmall = { srcport: 12, dstport: 13, line: 14, marks: 15 } as const;

export const packedStride = 8;

export const marks = { accepted: 1, ingress: 2, egress: 4, usualAccount: 8, protocol: 256 } as const;

/** Lines of a piece, packed: the same memory as numbers and as small ones. */
export class Packed {
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly small: Int32Array<ArrayBuffer>;

  constructor(numbers: Float64Array<ArrayBuffer>) {
    this.numbers = numbers;
    this.small = new Int32Array(numbers.buffer);
  }

  /** Room for so many lines. Memory that served something else may have a rest that is too short for one. */
  get room(): number {
    return Math.floor(this.numbers.length / packedStride);
  }

  /** Puts down the values that the scan made of a line; `account` is the usual one. */
  put(line: number, values: Float64Array, account: number): void {
    const { numbers, small } = this;
    const at = line * packedStride;
    putFingerprint(values, numbers, at + packed.fingerprint);
    numbers[at + packed.owner] = values[slots.account]! + values[slots.interface]!;
    numbers[at + packed.srcaddr] = values[slots.srcaddr]!;
    numbers[at + packed.dstaddr] = values[slots.dstaddr]!;
    numbers[at + packed.packets] = Math.max(values[slots.packets]!, 0);
    numbers[at + packed.bytes] = values[slots.bytes]!;
    small[at * 2 + packedSmall.srcport] = portAt(values, slots.srcport);
    small[at * 2 + packedSmall.dstport] = portAt(values, slots.dstport);
    small[at * 2 + packedSmall.line] = values[slots.line]!;
    small[at * 2 + packedSmall.marks] = marksOf(values, account);
  }

  /** Puts down lines of another piece, in the given order: who reads one after the other need not wait for memory. */
  putAll({ small: from }: Packed, order: Uint32Array, count: number): this {
    const { small } = this;
    for (let line = 0, to = 0; line < count; line++) {
      const first = order[line]! * smallStride;
      for (let at = first; at < first + smallStride; at++) small[to++] = from[at]!;
    }
    return this;
  }
}

const smallStride = 2 * packedStride;

function marksOf(values: Float64Array, account: number): number {
  const direction = values[slots.direction];
  const protocol = values[slots.protocol]!;
  const isAccepted = values[slots.action] === accept ? marks.accepted : 0;
  const way = direction === egress ? marks.egress : direction === ingress ? marks.ingress : 0;
  const isUsual = values[slots.account] === account ? marks.usualAccount : 0;
  const number = protocol >= 0 && protocol < 255 ? protocol : 255;
  return isAccepted | way | isUsual | (number * marks.protocol);
}

/** -1 for what is no port. */
function portAt(values: Float64Array, slot: number): number {
  const value = values[slot]!;
  return value >= 0 && value <= 0xffff ? value : -1;
}

const [accept, ingress, egress] = ['ACCEPT', 'ingress', 'egress'].map(hashOfText);
