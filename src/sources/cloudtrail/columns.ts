import type { JsonObject } from '../../model/json.ts';
import type { Place, Problem } from '../../model/problem.ts';

/**
 * What the scan of one piece gives: bytes and numbers, which any thread can make and hand to another. Arrays of records may
 * be longer than there are records.
 */
export interface CallColumns {
  readonly bytes: Buffer;
  /** Where the bytes begin in the file. */
  readonly place: Place;
  readonly size: number;
  readonly times: Float64Array;
  /** Where each record begins. */
  readonly starts: Int32Array;
  /** Spans of known values, as `Spans` keeps them, and the end of each record's; its beginning is the end before it. */
  readonly entries: Int32Array;
  readonly ends: Int32Array;
  readonly fingerprints: Float64Array;
  /** `heads` numbers for each record, in the order of `head`: values of the piece from 1 on, 0 where there is none. */
  readonly heads: Int32Array;
  /** Start and end of each value. */
  readonly values: Int32Array;
  /** For each value that is a caller and repeats: a number that means the same caller in all pieces of `scan`. Else -1. */
  readonly repeats: Int32Array;
  readonly scan: number;
  /** Records that only JSON.parse can read, by index. */
  readonly parsed: ReadonlyMap<number, JsonObject>;
  readonly problems: readonly Problem[];
  readonly passed: Readonly<Record<string, number>>;
}

/** The memory of columns that nobody asks for again: it serves the next piece of the scan that made them. */
export type Spent = Pick<CallColumns, 'bytes' | 'times' | 'starts' | 'entries' | 'ends' | 'fingerprints' | 'heads'>;

/** What is the same in many records. `call` is eventSource and eventName, where they stand together, as they do. */
export const head = { caller: 0, call: 1, from: 2, agent: 3, region: 4, account: 5, error: 6, id: 7 } as const;
export const heads = 8;
