import { hashesOf } from '../model/hash.ts';
import { weightOf } from '../model/weight.ts';
import { brief } from './brief.ts';
import { limits } from './limits.ts';

/** State of one detector by key, in a fixed number of partitions, so that sharding changes neither it nor its eviction. */
export class Memory {
  readonly #windowMs: number;
  readonly #room: Room;
  /** Made when the first key comes: most detectors of a run never have one. */
  readonly #partitions = new Array<Map<string, Kept> | undefined>(limits.partitions).fill(undefined);
  /** What each partition holds, in bytes. */
  readonly bytes = new Float64Array(limits.partitions);
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
    if (kept !== undefined && partition.delete(text)) this.#weigh(number, -kept.bytes);
    if (state === undefined) {
      kept?.change(undefined);
      return;
    }
    const bytes =
      kept !== undefined && kept.state === state ? kept.bytes : limits.bytesPerKey + text.length + weightOf(state);
    this.#weigh(number, bytes);
    if (kept === undefined) partition.set(text, new Kept(state, time, bytes));
    else {
      kept.change(state);
      kept.touched = time;
      kept.bytes = bytes;
      partition.set(text, kept);
    }
    if (partition.size > limits.keysPerPartition) this.forgetOldest(number, time);
    this.#room.bound(number, time);
  }

  /** Whether a step that keeps the state writes nothing down. */
  isTouched(kept: Kept, time: number): boolean {
    return spanOf(time, this.#windowMs) <= spanOf(kept.touched, this.#windowMs);
  }

  /** Until when that is so, as long as the state is the same. */
  touchedUntil(kept: Kept): number {
    return ((spanOf(kept.touched, this.#windowMs) + 1) * this.#windowMs) / limits.touches;
  }

  forgetOldest(number: number, time: number): void {
    const partition = this.#partitions[number];
    if (partition === undefined) return;
    for (const [key, kept] of partition) {
      partition.delete(key);
      this.#weigh(number, -kept.bytes);
      kept.change(undefined);
      if (time - kept.touched <= this.#windowMs) this.evicted++;
      return;
    }
  }

  #weigh(number: number, bytes: number): void {
    this.bytes[number]! += bytes;
    this.#room.bytes[number]! += bytes;
  }
}

/** What the memories of one engine share. A partition is a room of its own, wherever it is kept. */
export class Room {
  readonly memories: Memory[] = [];
  /** By partition. */
  readonly bytes = new Float64Array(limits.partitions);

  /** Whoever holds most gives up its oldest keys until all fits. */
  bound(partition: number, time: number): void {
    while (this.bytes[partition]! > limits.bytesTogether) {
      const largest = this.memories.reduce((most, each) =>
        each.bytes[partition]! > most.bytes[partition]! ? each : most,
      );
      largest.forgetOldest(partition, time);
    }
  }
}

/** Of one key, as long as it is kept; afterwards without state. */
export class Kept {
  state: unknown;
  touched: number;
  bytes: number;
  /** Who rests as long as the state is this one. */
  #resting: Resting[] = [];
  #most = restingAtFirst;

  constructor(state: unknown, touched: number, bytes: number) {
    this.state = state;
    this.touched = touched;
    this.bytes = bytes;
  }

  change(state: unknown): void {
    if (this.state === state) return;
    this.state = state;
    const resting = this.#resting;
    if (resting.length === 0) return;
    this.#resting = [];
    for (const each of resting) each.wake(this);
  }

  /** Wakes somebody when the state is another. */
  wakes(resting: Resting): void {
    this.#resting.push(resting);
    if (this.#resting.length <= this.#most) return;
    const all = this.#resting;
    this.#resting = all.filter((each) => !each.isOver);
    for (const each of all) if (each.isOver) each.wake(this);
    this.#most = Math.max(restingAtFirst, 2 * this.#resting.length);
  }
}

export interface Resting {
  wake(by: Kept): void;
  /** Nobody asks for it any more. */
  readonly isOver: boolean;
}

const restingAtFirst = 16;

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
  #last: Key = { text: '', partition: 0 };
  #lastKey: string | undefined = undefined;
  #lastAccount = '';
  #count = 0;

  /** Detectors of one activity ask for the same one after the other. */
  of(account: string, key: string): Key {
    if (key !== this.#lastKey || account !== this.#lastAccount) {
      this.#last = this.#of(account, key);
      this.#lastKey = key;
      this.#lastAccount = account;
    }
    return this.#last;
  }

  #of(account: string, key: string): Key {
    let ofAccount = this.#known.get(account);
    const known = ofAccount?.get(key);
    if (known !== undefined) return known;
    const text = `${account}\n${brief(key)}`;
    const made = { text, partition: hashesOf(text)[0] % limits.partitions };
    if (key.length > limits.textLength) return made;
    if (this.#count >= limits.keysRemembered) {
      this.#known = new Map();
      this.#count = 0;
      ofAccount = undefined;
    }
    if (ofAccount === undefined) {
      ofAccount = new Map();
      this.#known.set(account, ofAccount);
    }
    ofAccount.set(key, made);
    this.#count++;
    return made;
  }
}
