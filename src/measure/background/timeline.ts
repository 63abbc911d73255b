/** What somebody or something does over time: it yields how many milliseconds it waits. */
export type Habit = Generator<number, void, void>;

/** Runs habits in the order of their times. Those of one millisecond go in the order in which they were begun. */
export class Timeline {
  now: number;
  readonly #heap: Turn[] = [];
  #begun = 0;

  constructor(start: number) {
    this.now = start;
  }

  begin(habit: Habit): void {
    this.#push({ time: this.now, order: this.#begun++, habit });
  }

  /** One turn of the next habit; false when nobody has anything to do any more. */
  turn(): boolean {
    const turn = this.#pop();
    if (turn === undefined) return false;
    this.now = turn.time;
    const { value, done } = turn.habit.next();
    if (done !== true) this.#push({ ...turn, time: turn.time + Math.max(0, Math.round(value)) });
    return true;
  }

  #push(turn: Turn): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(turn);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(turn, heap[above]!)) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = turn;
  }

  #pop(): Turn | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++;
      if (!isBefore(heap[below]!, last)) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

interface Turn {
  readonly time: number;
  readonly order: number;
  readonly habit: Habit;
}

function isBefore(a: Turn, b: Turn): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
