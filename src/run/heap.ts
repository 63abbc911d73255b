import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/**
 * How far the heap may grow before V8 collects all of it. While little lives there, marking it again and again would cost
 * a fifth of the time; once there is much alive, V8 would let it grow to four times of that, which is no bound. What is
 * found does not depend on it: what is forgotten is decided by what the records say.
 */
export class HeapBound {
  #percent = 0;
  #next = 0;

  /** To be asked often: what the process holds is looked up in a file of the system. */
  look(): void {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + betweenMs;
    const { used_heap_size: used, total_heap_size: pages } = getHeapStatistics();
    // The program, buffers and what V8 keeps beside the heap.
    const others = process.memoryUsage.rss() - pages;
    const room = Math.floor((((mostBytes - others) * inPages - used) / used) * 100);
    const percent = Math.min(Math.max(room, leastPercent), mostPercent);
    const isNewlyTight = percent === leastPercent && this.#percent !== leastPercent;
    if (!isNewlyTight && Math.abs(percent - this.#percent) < stepPercent) return;
    this.#percent = percent;
    // Read by V8 after each collection, so it can be set at any time.
    setFlagsFromString(`--heap-growing-percent=${percent}`);
    // Pages of which little lives are then joined, which costs a fifth of the time and spares as much memory.
    setFlagsFromString(isNewlyTight ? '--optimize-for-size' : '--no-optimize-for-size');
  }

  /** As V8 has it by itself; where room is short it stays so, for what was found has yet to be told. */
  close(): void {
    if (this.#percent === 0 || this.#percent === leastPercent) return;
    setFlagsFromString('--heap-growing-percent=0');
    setFlagsFromString('--no-optimize-for-size');
  }
}

/** What the process may hold, as long as what lives leaves room for it; and how much of a heap's pages is in use. */
const mostBytes = 350 * 1024 * 1024;
const inPages = 0.85;
/** In this time a run reads a few megabytes. */
const betweenMs = 20;
const [leastPercent, mostPercent, stepPercent] = [14, 400, 20];
