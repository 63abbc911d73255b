/** Where the scan puts the values of a line. */
export const slots = {
  /** Where the line begins. */
  line: 0,
  /** Seconds since 1970. */
  time: 1,
  account: 2,
  interface: 3,
  srcaddr: 4,
  dstaddr: 5,
  srcport: 6,
  dstport: 7,
  protocol: 8,
  packets: 9,
  bytes: 10,
  end: 11,
  action: 12,
  direction: 13,
  status: 14,
} as const;

export const stride = 15;

/** A value that the record does not have. */
export const absent = -1;

export type Form = 'number' | 'address' | 'seconds' | 'text';

/** How a field is read, and where its value goes; the others are skipped. */
export const forms: Readonly<Record<string, readonly [Form, number]>> = {
  'account-id': ['text', slots.account],
  'interface-id': ['text', slots.interface],
  srcaddr: ['address', slots.srcaddr],
  dstaddr: ['address', slots.dstaddr],
  srcport: ['number', slots.srcport],
  dstport: ['number', slots.dstport],
  protocol: ['number', slots.protocol],
  packets: ['number', slots.packets],
  bytes: ['number', slots.bytes],
  start: ['seconds', slots.time],
  end: ['seconds', slots.end],
  action: ['text', slots.action],
  'flow-direction': ['text', slots.direction],
  'log-status': ['text', slots.status],
};

/**
 * 53 bits that stand for a record, in whatever order or shape its fields came: two records that agree in all of these
 * are one, delivered twice. Small numbers go together, because each step costs.
 */
export function putFingerprint(values: Float64Array, into: Float64Array, at: number): void {
  const owner = values[slots.account]! + values[slots.interface]!;
  const srcaddr = values[slots.srcaddr]!;
  const dstaddr = values[slots.dstaddr]!;
  const ports = values[slots.srcport]! * 0x10000 + values[slots.dstport]!;
  const packets = values[slots.packets]! * 0x100 + values[slots.protocol]!;
  const bytes = values[slots.bytes]!;
  const span = values[slots.time]! * 0x1000 + values[slots.end]!;
  const fate = values[slots.action]! + values[slots.direction]!;
  let a = 0x811c9dc5 | 0;
  a = lower(a, owner | 0);
  a = lower(a, srcaddr | 0);
  a = lower(a, dstaddr | 0);
  a = lower(a, ports | 0);
  a = lower(a, packets | 0);
  a = lower(a, bytes | 0);
  a = lower(a, span | 0);
  a = lower(a, fate | 0);
  let b = 0x9dc5811c | 0;
  b = upper(b, (owner | 0) ^ (owner / upperBits));
  b = upper(b, (srcaddr | 0) ^ (srcaddr / upperBits));
  b = upper(b, (dstaddr | 0) ^ (dstaddr / upperBits));
  b = upper(b, (ports | 0) ^ (ports / upperBits));
  b = upper(b, (packets | 0) ^ (packets / upperBits));
  b = upper(b, (bytes | 0) ^ (bytes / upperBits));
  b = upper(b, (span | 0) ^ (span / upperBits));
  b = upper(b, (fate | 0) ^ (fate / upperBits));
  into[at] = (a >>> 0) * 0x200000 + (b >>> 11);
}

const upperBits = 0x200000;

function lower(hash: number, bits: number): number {
  const mixed = Math.imul(hash ^ bits, 0x01000193);
  return mixed ^ (mixed >>> 15);
}

function upper(hash: number, bits: number): number {
  const mixed = Math.imul(hash ^ bits, 0x5bd1e995);
  return mixed ^ (mixed >>> 13);
}
