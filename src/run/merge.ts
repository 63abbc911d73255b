import type { Batch, Row } from '../sources/batch.ts';

/**
 * Puts the rows of many files into the order of event time. Rows wait until no file that is still to come can hold an
 * earlier one; when too many bytes wait, the earliest go on, and what comes after its time is counted as late.
 */
export class Merge {
  readonly #emit: (row: Row) => void;
  readonly #heap: Cursor[] = [];
  #waiting = 0;
  #reached = Number.NEGATIVE_INFINITY;
  /** Rows that came more than the lateness after their time had passed. */
  late = 0;

  constructor(emit: (row: Row) => void) {
    this.#emit = emit;
  }

  add(batch: Batch): void {
    if (batch.size === 0) return;
    this.#waiting += batch.size;
    push(this.#heap, { batch, order: orderOf(batch), next: 0 });
    while (this.#waiting > waitingMax) this.#one();
  }

  /** Everything before this time is complete. */
  drain(until: number): void {
    while (this.#heap.length > 0 && timeOf(this.#heap[0]!) < until) this.#one();
  }

  #one(): void {
    const cursor = this.#heap[0]!;
    const time = timeOf(cursor);
    this.#emit(cursor.batch.at(cursor.order[cursor.next]!));
    this.#waiting--;
    if (time < this.#reached - latenessMs) this.late++;
    else if (time > this.#reached) this.#reached = time;
    cursor.next++;
    if (cursor.next === cursor.order.length) pop(this.#heap);
    else sink(this.#heap, 0);
  }
}

export const latenessMs = 60 * 60_000;
/** Rows that wait at most: about 150 MB of records. */
const waitingMax = 100_000;

interface Cursor {
  readonly batch: Batch;
  readonly order: Uint32Array;
  next: number;
}

function timeOf({ batch, order, next }: Cursor): number {
  return batch.timeAt(order[next]!);
}

/** Rows of one piece by time; those of one second stay in the order in which they came. */
function orderOf(batch: Batch): Uint32Array {
  const order = new Uint32Array(batch.size);
  let sorted = true;
  for (let index = 0; index < batch.size; index++) {
    order[index] = index;
    if (index > 0 && batch.timeAt(index) < batch.timeAt(index - 1)) sorted = false;
  }
  return sorted ? order : order.sort((a, b) => batch.timeAt(a) - batch.timeAt(b) || a - b);
}

function push(heap: Cursor[], cursor: Cursor): void {
  heap.push(cursor);
  for (let at = heap.length - 1; at > 0; ) {
    const above = (at - 1) >> 1;
    if (!isBefore(heap[at]!, heap[above]!)) return;
    swap(heap, at, above);
    at = above;
  }
}

function pop(heap: Cursor[]): void {
  const last = heap.pop()!;
  if (heap.length === 0) return;
  heap[0] = last;
  sink(heap, 0);
}

function sink(heap: Cursor[], start: number): void {
  for (let at = start; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    let first = at;
    if (left < heap.length && isBefore(heap[left]!, heap[first]!)) first = left;
    if (right < heap.length && isBefore(heap[right]!, heap[first]!)) first = right;
    if (first === at) return;
    swap(heap, at, first);
    at = first;
  }
}

function swap(heap: Cursor[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b]!, heap[a]!];
}

/** Rows of one second in different files go by their id, so that the order of the arguments decides nothing. */
function isBefore(a: Cursor, b: Cursor): boolean {
  const [timeA, timeB] = [timeOf(a), timeOf(b)];
  if (timeA !== timeB) return timeA < timeB;
  const idA = a.batch.at(a.order[a.next]!).id;
  return idA < b.batch.at(b.order[b.next]!).id;
}
