import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/**
 * Lets garbage be collected sooner once there is much alive. V8 would let a heap grow to four times of what lives in it,
 * which is fast and no bound; below, it may.
 */
export class HeapBound {
  #isTight = false;

  look(): void {
    if (this.#isTight || getHeapStatistics().used_heap_size < muchBytes) return;
    this.#isTight = true;
    // Read by V8 after each collection, so it can be set at any time.
    setFlagsFromString(`--heap-growing-percent=${percent}`);
  }
}

const muchBytes = 48 * 1024 * 1024;
const percent = 20;
