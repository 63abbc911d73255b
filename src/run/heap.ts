import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/**
 * How far the heap may grow before V8 collects all of it. While little lives there, marking it again and again would cost
 * a fifth of the time; once there is much alive, V8 would let it grow to four times of that, which is no bound.
 */
export class HeapBound {
  #percent = 0;

  look(): void {
    const used = getHeapStatistics().used_heap_size;
    const room = Math.floor(((roomBytes - used) / used) * 100);
    const percent = Math.min(Math.max(room, leastPercent), mostPercent);
    if (Math.abs(percent - this.#percent) < stepPercent) return;
    this.#percent = percent;
    // Read by V8 after each collection, so it can be set at any time.
    setFlagsFromString(`--heap-growing-percent=${percent}`);
  }

  /** As V8 has it by itself. */
  close(): void {
    if (this.#percent !== 0) setFlagsFromString('--heap-growing-percent=0');
  }
}

/** What may lie there, alive or not, as long as what lives leaves room for it. */
const roomBytes = 160 * 1024 * 1024;
const [leastPercent, mostPercent, stepPercent] = [20, 400, 20];
