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
  /** Where in the file each record is, where its bytes were taken out of something else. */
  readonly offsets?: Float64Array;
  /** Spans of known values, as `Spans` keeps them, and the end of each record's; its beginning is the end before it. */
  readonly entries: Int32Array;
  readonly ends: Int32Array;
  readonly fingerprints: Float64Array;
  /** The situation of each record; 0 of one that only JSON.parse can read. */
  readonly situations: Int32Array;
  /** Tells the scans of one run apart. */
  readonly scan: number;
  /** Numbers of values and situations mean the same in all pieces of a scan's edition. */
  readonly edition: number;
  /** The values that no piece of the edition had before: kind, start and end of each, and how many there were before. */
  readonly values: Int32Array;
  readonly valuesBefore: number;
  /** The situations that no piece had before: `heads` numbers of values each, 0 where there is none. */
  readonly heads: Int32Array;
  readonly situationsBefore: number;
  /** Records that only JSON.parse can read, by index. */
  readonly parsed: ReadonlyMap<number, JsonObject>;
  readonly problems: readonly Problem[];
  readonly passed: Readonly<Record<string, number>>;
}

/** The memory of columns that nobody asks for again: it serves the next piece of the scan that made them. */
export type Spent = Pick<
  CallColumns,
  'bytes' | 'times' | 'starts' | 'entries' | 'ends' | 'fingerprints' | 'situations'
>;

/**
 * The kinds of values, and their order in a situation. `call` is eventSource and eventName, where they stand together, as
 * they do.
 */
export const head = { caller: 0, call: 1, from: 2, agent: 3, region: 4, account: 5, error: 6 } as const;
/** One is to spare. */
export const heads = 8;
