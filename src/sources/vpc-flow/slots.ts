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
export function fingerprintAt(values: Float64Array): number {
  let a = 0x811c9dc5;
  let b = 0x9dc5811c;
  const add = (value: number) => {
    a = Math.imul(a ^ value, 0x01000193);
    b = Math.imul(b ^ value ^ (value / 0x200000), 0x5bd1e995);
    a ^= a >>> 15;
    b ^= b >>> 13;
  };
  add(values[slots.account]! + values[slots.interface]!);
  add(values[slots.srcaddr]!);
  add(values[slots.dstaddr]!);
  add(values[slots.srcport]! * 0x10000 + values[slots.dstport]!);
  add(values[slots.packets]! * 0x100 + values[slots.protocol]!);
  add(values[slots.bytes]!);
  add(values[slots.time]! * 0x1000 + values[slots.end]!);
  add(values[slots.action]! + values[slots.direction]!);
  return (a >>> 0) * 0x200000 + (b >>> 11);
}
