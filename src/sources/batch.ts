import type { Activity, Origin, Shared } from '../model/activity.ts';
import type { FlowRows } from '../model/flow-rows.ts';
import type { Problem } from '../model/problem.ts';
import type { Quiet } from './quiet.ts';

/** An activity to which lineage may still say where it came from. */
export interface Row extends Activity {
  origin: Origin | undefined;
  /** 53 bits of the id, the same for the same record in whatever shape it comes. */
  readonly fingerprint: number;
}

/** What one piece of a file gave. The bytes behind it live as long as the batch. */
export interface Batch {
  readonly size: number;
  /** Bytes of memory behind it, where they are many. */
  readonly weight?: number;
  /** Where all rows are network flows: their numbers, in the order of time. */
  readonly flows?: FlowRows | undefined;
  timeAt(index: number): number;
  /** The same object each time: valid until the next call. */
  at(index: number): Row;
  readonly numbered?: Numbered;
  /** Its rows are not asked for again: its memory may serve the next. */
  done?(): void;
  readonly problems: readonly Problem[];
  /** Records that are read and carry no activity, by kind: `digest`, `insight`, `NODATA`. */
  readonly passed: Readonly<Record<string, number>>;
}

/** What can be known of API calls without a look at their rows, by index. Arrays may be longer. */
export interface Numbered {
  readonly times: Float64Array;
  readonly fingerprints: Float64Array;
  /** Numbers of their situations; that of 0 is never quiet. */
  readonly situations: Int32Array;
  readonly quiet: Quiet;
  /** What the row calls, where it says so as most do. */
  callAt(index: number): Shared | undefined;
}

/** Reads one file in pieces. Reading never fails: what cannot be read is a problem. */
export interface Reader {
  /** The next bytes; `last` when there are no more. They are valid during the call: what is kept of them is copied. */
  read(piece: Uint8Array, last: boolean): Batch;
}
