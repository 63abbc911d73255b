import { limits } from './limits.ts';

/** State of one detector by key, in a fixed number of partitions, so that sharding changes neither it nor its eviction. */
export class Memory {
  readonly #windowMs: number;
  readonly #room: Room;
  /** Made when the first key comes: most detectors of a run never have one. */
  readonly #partitions = new Array<Map<string, Kept> | undefined>(limits.partitions).fill(undefined);
  /** Keys forgotten for want of room, not of time. */
  evicted = 0;

  constructor(windowMs: number, room = new Room()) {
    this.#windowMs = windowMs;
    this.#room = room;
    room.memories.push(this);
  }

  /** What is kept under a key, for `put` to know: its state holds only within the window. */
  find({ text, partition }: Key): Kept | undefined {
    return this.#partitions[partition]?.get(text);
  }

  stateOf(kept: Kept | undefined, time: number): unknown {
    return kept === undefined || time - kept.touched > this.#windowMs * (1 + 1 / limits.touches)
      ? undefined
      : kept.state;
  }

  put({ text, partition: number }: Key, kept: Kept | undefined, state: unknown, time: number): void {
    // Most steps change nothing: then one touch in a span will do. Who knows that nothing changes can skip the step.
    if (kept !== undefined && kept.state === state && this.isTouched(kept, time)) return;
    if (kept === undefined && state === undefined) return;
    this.#partitions[number] ??= new Map();
    const partition = this.#partitions[number];
    // Deleting first keeps the map in the order of the last touch.
    if (partition.delete(text)) this.#room.used[number]!--;
    if (kept !== undefined) kept.state = state;
    if (state === undefined) return;
    this.#room.used[number]!++;
    if (kept === undefined) partition.set(text, { state, touched: time });
    else {
      kept.touched = time;
      partition.set(text, kept);
    }
    if (partition.size > limits.keysPerPartition) this.forgetOldest(number, time);
    else if (this.#room.used[number]! > limits.keysTogether) this.#room.largest(number).forgetOldest(number, time);
  }

  /** Whether a step that keeps the state writes nothing down. */
  isTouched(kept: Kept, time: number): boolean {
    return spanOf(time, this.#windowMs) <= spanOf(kept.touched, this.#windowMs);
  }

  /** Until when that is so, as long as the state is the same. */
  touchedUntil(kept: Kept): number {
    return ((spanOf(kept.touched, this.#windowMs) + 1) * this.#windowMs) / limits.touches;
  }

  keys(partition: number): number {
    return this.#partitions[partition]?.size ?? 0;
  }

  forgetOldest(number: number, time: number): void {
    const partition = this.#partitions[number];
    if (partition === undefined) return;
    for (const [key, kept] of partition) {
      partition.delete(key);
      this.#room.used[number]!--;
      kept.state = undefined;
      if (time - kept.touched <= this.#windowMs) this.evicted++;
      return;
    }
  }
}

/** What the memories of one engine share. A partition is a room of its own, wherever it is kept. */
export class Room {
  readonly memories: Memory[] = [];
  /** Keys by partition. */
  readonly used = new Int32Array(limits.partitions);

  largest(partition: number): Memory {
    return this.memories.reduce((most, each) => (each.keys(partition) > most.keys(partition) ? each : most));
  }
}

/** Of one key, as long as it is kept; afterwards without state. */
export interface Kept {
  state: unknown;
  touched: number;
}

/** A last touch is written down once in such a part of the window. */
export function spanOf(time: number, windowMs: number): number {
  return Math.floor((time / windowMs) * limits.touches);
}

/** Of one account: accounts never mix. */
export interface Key {
  readonly text: string;
  readonly partition: number;
}

/** Keys come again and again: what is made of them is remembered for a while. */
export class Keys {
  #known = new Map<string, Map<string, Key>>();
  #count = 0;

  of(account: string, key: string): Key {
    let ofAccount = this.#known.get(account);
    const known = ofAccount?.get(key);
    if (known !== undefined) return known;
    if (this.#count >= limits.keysRemembered) {
      this.#known = new Map();
      this.#count = 0;
      ofAccount = undefined;
    }
    if (ofAccount === undefined) {
      ofAccount = new Map();
      this.#known.set(account, ofAccount);
    }
    const text = `${account}\n${key}`;
    const made = { text, partition: partitionOf(text) };
    ofAccount.set(key, made);
    this.#count++;
    return made;
  }
}

/** FNV-1a over UTF-16 units. */
function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % limits.partitions;
}
