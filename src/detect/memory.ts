import { limits } from './limits.ts';

/** State of one detector by key, in a fixed number of partitions, so that sharding changes neither it nor its eviction. */
export class Memory {
  readonly #windowMs: number;
  readonly #partitions: Map<string, Kept>[];
  /** Keys forgotten for want of room, not of time. */
  evicted = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
    this.#partitions = Array.from({ length: limits.partitions }, () => new Map());
  }

  get(key: string, time: number): unknown {
    const kept = this.#partitions[partitionOf(key)]?.get(key);
    return kept === undefined || time - kept.touched > this.#windowMs ? undefined : kept.state;
  }

  put(key: string, state: unknown, time: number): void {
    const partition = this.#partitions[partitionOf(key)]!;
    // Deleting first keeps the map in the order of the last touch.
    partition.delete(key);
    if (state === undefined) return;
    partition.set(key, { state, touched: time });
    if (partition.size > limits.keysPerPartition) this.#forgetOldest(partition, time);
  }

  #forgetOldest(partition: Map<string, Kept>, time: number): void {
    for (const [key, { touched }] of partition) {
      partition.delete(key);
      if (time - touched <= this.#windowMs) this.evicted++;
      return;
    }
  }
}

interface Kept {
  readonly state: unknown;
  readonly touched: number;
}

/** FNV-1a over UTF-16 units. */
function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % limits.partitions;
}
