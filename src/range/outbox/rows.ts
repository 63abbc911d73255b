import type { Reader, Tx } from '../store/port.ts';

/** Work that a commit leaves for later. */
export interface NewWork {
  readonly topic: string;
  readonly account: string;
  readonly region: string;
  readonly payload: unknown;
  /** Virtual epoch milliseconds. */
  readonly due: number;
  /** What its consumer tells apart within the topic and account. */
  readonly lane?: string;
}

export interface WorkRow extends NewWork {
  readonly seq: number;
  readonly attempts: number;
  /** Not before this, after a failed attempt. */
  readonly retryAt?: number;
  readonly error?: string;
}

/** Rows of one lane are done one after the other. */
export type Lane = Pick<NewWork, 'topic' | 'account' | 'lane'>;

/** The plus sign is in no encoded account, so that no lane begins as another one does. */
export function laneOf({ topic, account, lane }: Lane): string {
  const within = lane === undefined ? '' : `+${encodeURIComponent(lane)}`;
  return `work/${encodeURIComponent(topic)}/${encodeURIComponent(account)}${within}/`;
}

export function keyOf(row: Lane & Pick<WorkRow, 'due' | 'seq'>): string {
  return `${laneOf(row)}${digits(row.due)}/${digits(row.seq)}`;
}

/** The counter is part of the same commit, so that (due, seq) is the order of commits. */
export function putNew(tx: Tx, work: NewWork): WorkRow {
  const seq = (tx.get<number>('outbox', 'seq') ?? 0) + 1;
  const row = { ...work, due: Math.max(0, Math.ceil(work.due)), seq, attempts: 0 };
  tx.put('outbox', 'seq', seq);
  tx.put('outbox', keyOf(row), row);
  return row;
}

export function headOf(reader: Reader, lane: string): WorkRow | undefined {
  for (const [, row] of reader.range<WorkRow>('outbox', { prefix: lane, limit: 1 })) return row;
  return undefined;
}

/** Every lane that has rows, by one seek each. */
export function* storedLanes(reader: Reader): Iterable<WorkRow> {
  let after: string | undefined;
  for (;;) {
    const range = { prefix: 'work/', limit: 1, ...(after === undefined ? {} : { after }) };
    const [first] = reader.range<WorkRow>('outbox', range);
    if (first === undefined) return;
    yield first[1];
    // Digits end below this: the seek passes the rest of the lane.
    after = `${laneOf(first[1])}:`;
  }
}

export function buryKey(row: WorkRow): string {
  return `dead/${digits(row.seq)}`;
}

/** Wide enough that the order of bytes is the order of numbers. */
function digits(number: number): string {
  return String(number).padStart(16, '0');
}
