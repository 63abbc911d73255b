export interface Entry {
  readonly time: number;
  readonly seq: number;
  readonly why: string;
  /** Undefined when cancelled: it leaves the queue at its time. */
  fire: (() => void) | undefined;
}

/** Entries in order of (time, seq): a binary heap. */
export class Queue {
  readonly #heap: Entry[] = [];
  #seq = 0;

  add(time: number, fire: () => void, why: string): Entry {
    const entry: Entry = { time, seq: this.#seq++, why, fire };
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(entry, heap[up]!)) break;
      heap[at] = heap[up]!;
      at = up;
    }
    heap[at] = entry;
    return entry;
  }

  /** The next one that was not cancelled. */
  peek(): Entry | undefined {
    while (this.#heap.length > 0 && this.#heap[0]!.fire === undefined) this.pop();
    return this.#heap[0];
  }

  pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && before(heap[down + 1]!, heap[down]!)) down++;
      if (!before(heap[down]!, last)) break;
      heap[at] = heap[down]!;
      at = down;
    }
    heap[at] = last;
    return first;
  }

  clear(): void {
    this.#heap.length = 0;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.seq < b.seq);
}
