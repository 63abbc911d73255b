/**
 * Flows in numbers, row after row in the order of time. What the record does not say, or says in another way than
 * numbers, is negative. A row is as much as a cache line holds: six numbers, and four small ones in the memory of the
 * last two.
 */
export interface FlowRows {
  readonly numbers: Float64Array<ArrayBuffer>;
  /** The same memory. */
  readonly small: Int32Array<ArrayBuffer>;
  /** Of each row. Epoch milliseconds. */
  readonly times: Float64Array<ArrayBuffer>;
  readonly isOfOneAccount: boolean;
}

/** Numbers of a row. */
export const flowStride = 8;
/** Small ones of a row. */
export const smallStride = 2 * flowStride;

/** Where a number is in its row. */
export const flowAt = {
  /** 53 bits that stand for the record. */
  fingerprint: 0,
  /** Stands for account and interface together. */
  owner: 1,
  /** The 32 bits of IPv4. */
  srcaddr: 2,
  dstaddr: 3,
  packets: 4,
  bytes: 5,
} as const;

/** Where a small one is in its row. */
export const smallAt = { srcport: 12, dstport: 13, line: 14, marks: 15 } as const;

/** What `marks` says; the protocol's number lies above. */
export const flowMarks = {
  accepted: 1,
  ingress: 2,
  egress: 4,
  /** The address is of the internet. */
  fromPublic: 8,
  toPublic: 16,
  /** To the lower of its two ports. */
  toLower: 32,
  tcp: 64,
  /** Of what `flowBounds` says: so few packets, so small ones, and so few bytes to such a port. */
  few: 128,
  small: 256,
  login: 512,
  usualAccount: 1_024,
  /** Numbers do not tell whether its addresses are of the internet. */
  unclear: 2_048,
} as const;
/** The marks before `usualAccount`, which tell what kind of flow it is. */
export const flowFacts = flowMarks.usualAccount - 1;
export const protocolShift = 16;

/** Of the marks that tell of more than a field. */
export const flowBounds = {
  packets: 3,
  bytesPerPacket: 600,
  loginBytes: 5_000,
  /** Remote shells, by what people call them. */
  loginPorts: { SSH: [22], RDP: [3_389], WinRM: [5_985, 5_986] },
} as const;

export function flowRows(
  numbers: Float64Array<ArrayBuffer>,
  times: Float64Array<ArrayBuffer>,
  isOfOneAccount: boolean,
): FlowRows {
  return { numbers, small: new Int32Array(numbers.buffer), times, isOfOneAccount };
}
