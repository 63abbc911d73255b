import { hashOfText } from './scan.ts';
import { fingerprintAt, slots } from './slots.ts';

/**
 * What is kept of a line: eight numbers, as many as a cache line holds, because lines are asked for in the order of
 * time and not in that of the file.
 */
export const packed = {
  fingerprint: 0,
  /** Stands for account and interface together. */
  owner: 1,
  srcaddr: 2,
  dstaddr: 3,
  /** The source's in the high 16 bits; odd ones are negative, and stand in none. */
  ports: 4,
  /** Packets, times 256, and the protocol. */
  packets: 5,
  bytes: 6,
  /** Where the line begins, times 16, and what is so of it. */
  line: 7,
} as const;

export const packedStride = 8;

export const marks = { accepted: 1, ingress: 2, egress: 4, usualAccount: 8 } as const;

/** Packs the values that the scan made of a line; `account` is the usual one. */
export function pack(values: Float64Array, into: Float64Array, at: number, account: number): void {
  into[at + packed.fingerprint] = fingerprintAt(values);
  into[at + packed.owner] = values[slots.account]! + values[slots.interface]!;
  into[at + packed.srcaddr] = values[slots.srcaddr]!;
  into[at + packed.dstaddr] = values[slots.dstaddr]!;
  into[at + packed.ports] = portOf(values[slots.srcport]!) * 0x20000 + portOf(values[slots.dstport]!);
  const protocol = values[slots.protocol]!;
  into[at + packed.packets] =
    Math.max(values[slots.packets]!, 0) * 256 + (protocol >= 0 && protocol < 255 ? protocol : 255);
  into[at + packed.bytes] = values[slots.bytes]!;
  const direction = values[slots.direction];
  const isAccepted = values[slots.action] === accept ? marks.accepted : 0;
  const way = direction === egress ? marks.egress : direction === ingress ? marks.ingress : 0;
  const isUsual = values[slots.account] === account ? marks.usualAccount : 0;
  into[at + packed.line] = values[slots.line]! * 16 + isAccepted + way + isUsual;
}

/** A port in 17 bits, which leave room for none. */
function portOf(value: number): number {
  return value >= 0 && value <= 0xffff ? value : noPort;
}

export const noPort = 0x10000;

const [accept, ingress, egress] = ['ACCEPT', 'ingress', 'egress'].map(hashOfText);
