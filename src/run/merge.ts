import { type FlowRows, flowAt, flowStride } from '../model/flow-rows.ts';
import type { Batch } from '../sources/batch.ts';
import { orderOf } from '../sources/time-order.ts';
import { limits } from './limits.ts';
import { placeAmongTies, Ties } from './ties.ts';

/**
 * Puts the rows of many files into the order of event time. Rows wait until no file that is still to come can hold an
 * earlier one; when too many bytes wait, the earliest go on, and what comes after its time is counted as late.
 */
export class Merge {
  readonly #emit: Emit;
  readonly #heap: Cursor[] = [];
  readonly #ties = new Ties();
  #waiting = 0;
  #weight = 0;
  #reached = Number.NEGATIVE_INFINITY;
  /** Rows that came more than the lateness after their time had passed. */
  late = 0;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  add(batch: Batch): void {
    if (batch.size === 0) return;
    this.#waiting += batch.size;
    this.#weight += batch.weight ?? 0;
    push(this.#heap, cursorOf(batch, this.#ties));
    while (this.#waiting > limits.waitingRows || (this.#weight > limits.waitingBytes && this.#heap.length > 1))
      this.#run();
  }

  /** Everything before this time is complete. */
  drain(until: number): void {
    while (this.#heap.length > 0 && this.#heap[0]!.time < until) this.#run();
  }

  /** The rows of the earliest time of one piece, as long as no other piece has one that comes before them. */
  #run(): void {
    const heap = this.#heap;
    const cursor = heap[0]!;
    const { batch, times, order, time } = cursor;
    if (batch.flows !== undefined) {
      this.#runFlows(cursor, batch.flows);
      return;
    }
    const isShared = heap[1]?.time === time || heap[2]?.time === time;
    const first = cursor.next;
    let next = first;
    do {
      this.#emit.row(batch, order[next++]!);
      cursor.next = next;
      cursor.place = Number.NaN;
    } while (next < order.length && times[order[next]!] === time && !(isShared && isLater(heap)));
    this.#gone(cursor, next - first);
    if (next === order.length) {
      this.#end(cursor);
      return;
    }
    if (next === cursor.settled) cursor.settled = this.#ties.settle(batch, times, order, next);
    cursor.time = times[order[next]!]!;
    sink(heap, 0);
  }

  /** Flows of one time stay together: detectors add them up, and there are thousands in one second. */
  #runFlows(cursor: Cursor, { times }: FlowRows): void {
    const { batch, next: first, time } = cursor;
    let end = first + 1;
    while (end < batch.size && times[end] === time) end++;
    this.#emit.flows(batch, first, end);
    this.#gone(cursor, end - first);
    if (end === batch.size) {
      this.#end(cursor);
      return;
    }
    cursor.next = end;
    cursor.time = times[end]!;
    cursor.place = Number.NaN;
    sink(this.#heap, 0);
  }

  #gone({ time }: Cursor, count: number): void {
    this.#waiting -= count;
    if (time < this.#reached - latenessMs) this.late += count;
    else if (time > this.#reached) this.#reached = time;
  }

  #end({ batch }: Cursor): void {
    pop(this.#heap);
    this.#weight -= batch.weight ?? 0;
    batch.done?.();
  }
}

/** Where rows go: one by one, or flows of one time together, from `first` to before `end`. */
export interface Emit {
  row(batch: Batch, index: number): void;
  flows(batch: Batch, first: number, end: number): void;
}

export const latenessMs = 60 * 60_000;

interface Cursor {
  readonly batch: Batch;
  readonly times: Float64Array;
  readonly order: Uint32Array;
  next: number;
  /** Rows up to here are in their order among those of their time. */
  settled: number;
  /** Of the next row. */
  time: number;
  /** The next row's place among those of its time, NaN until somebody asked. */
  place: number;
}

function cursorOf(batch: Batch, ties: Ties): Cursor {
  if (batch.flows !== undefined) return cursorOfFlows(batch, batch.flows);
  const times = batch.numbered?.times.subarray(0, batch.size) ?? timesOf(batch);
  const order = orderOf(times);
  const settled = ties.settle(batch, times, order, 0);
  return { batch, times, order, next: 0, settled, time: times[order[0]!]!, place: Number.NaN };
}

function timesOf(batch: Batch): Float64Array {
  const times = new Float64Array(batch.size);
  for (let index = 0; index < times.length; index++) times[index] = batch.timeAt(index);
  return times;
}

/** They are in order. */
function cursorOfFlows(batch: Batch, { times }: FlowRows): Cursor {
  return { batch, times, order: noOrder, next: 0, settled: 0, time: times[0]!, place: Number.NaN };
}

const noOrder = new Uint32Array(0);

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

/** Whether the first cursor no longer belongs at the front. */
function isLater(heap: readonly Cursor[]): boolean {
  const [first, left, right] = heap;
  return (left !== undefined && isBefore(left, first!)) || (right !== undefined && isBefore(right, first!));
}

function swap(heap: Cursor[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b]!, heap[a]!];
}

function isBefore(a: Cursor, b: Cursor): boolean {
  return a.time === b.time ? placeOf(a) < placeOf(b) : a.time < b.time;
}

function placeOf(cursor: Cursor): number {
  if (Number.isNaN(cursor.place)) {
    const { batch, order, next } = cursor;
    const { flows } = batch;
    cursor.place =
      flows === undefined
        ? placeAmongTies(batch.at(order[next]!))
        : flows.numbers[next * flowStride + flowAt.fingerprint]!;
  }
  return cursor.place;
}
