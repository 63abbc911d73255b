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
export const flowMarks = { accepted: 1, ingress: 2, egress: 4, usualAccount: 8 } as const;
export const protocolShift = 8;

export function flowRows(
  numbers: Float64Array<ArrayBuffer>,
  times: Float64Array<ArrayBuffer>,
  isOfOneAccount: boolean,
): FlowRows {
  return { numbers, small: new Int32Array(numbers.buffer), times, isOfOneAccount };
}
