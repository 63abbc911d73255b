import { hashOf, isSame } from './bytes.ts';

/** Values by bytes, in an open table. What is compared lies together: memory is what a look-up waits for. */
export class Generation<T> {
  readonly #values: T[] = [];
  readonly #capacity: number;
  /** For each place: hash, where the bytes begin, their number, and the number of the value plus one. */
  #table: Int32Array;
  #mask: number;
  #bytes = new Uint8Array(64 * 1024);
  #view: DataView = new DataView(this.#bytes.buffer);
  #used = 0;

  /** `capacity` is a power of two. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    const places = Math.min(placesAtFirst, capacity * 2);
    this.#table = new Int32Array(places * 4);
    this.#mask = places - 1;
  }

  get isFull(): boolean {
    return this.#values.length === this.#capacity;
  }

  emptied(): this {
    this.#values.length = 0;
    this.#table.fill(0);
    this.#used = 0;
    return this;
  }

  find(hash: number, view: DataView, start: number, end: number): T | undefined {
    const table = this.#table;
    const length = end - start;
    for (let at = hash & this.#mask; ; at = (at + 1) & this.#mask) {
      const number = table[at * 4 + 3]!;
      if (number === 0) return undefined;
      if (table[at * 4] !== hash || table[at * 4 + 2] !== length) continue;
      if (isSame(this.#view, table[at * 4 + 1]!, view, start, length)) return this.#values[number - 1];
    }
  }

  add(hash: number, value: T, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    while (this.#bytes.length < this.#used + length) this.#grow();
    for (let i = 0; i < length; i++) this.#bytes[this.#used + i] = bytes[start + i]!;
    this.#put(hash, this.#used, length, this.#values.push(value));
    this.#used += length;
    if (2 * this.#values.length > this.#mask + 1) this.#widen();
  }

  #put(hash: number, start: number, length: number, number: number): void {
    const table = this.#table;
    let at = hash & this.#mask;
    while (table[at * 4 + 3] !== 0) at = (at + 1) & this.#mask;
    table[at * 4] = hash;
    table[at * 4 + 1] = start;
    table[at * 4 + 2] = length;
    table[at * 4 + 3] = number;
  }

  #widen(): void {
    const before = this.#table;
    this.#table = new Int32Array(before.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let i = 0; i < before.length; i += 4) {
      if (before[i + 3] !== 0) this.#put(before[i]!, before[i + 1]!, before[i + 2]!, before[i + 3]!);
    }
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

const placesAtFirst = 256;

/**
 * One value for each distinct bytes, made once and found by the bytes. When the table is full the older half goes; values
 * that somebody holds stay valid.
 */
export class ByBytes<T> {
  readonly #make: (bytes: Buffer, start: number, end: number) => T | undefined;
  #young: Generation<T>;
  #old: Generation<T>;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  /** What `make` makes nothing of is not kept. */
  constructor(capacity: number, make: (bytes: Buffer, start: number, end: number) => T | undefined) {
    this.#make = make;
    this.#young = new Generation<T>(capacity / 2);
    this.#old = new Generation<T>(capacity / 2);
  }

  of(bytes: Buffer, start: number, end: number): T | undefined {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const hash = hashOf(this.#view, start, end);
    return this.#young.find(hash, this.#view, start, end) ?? this.#new(hash, bytes, start, end);
  }

  #new(hash: number, bytes: Buffer, start: number, end: number): T | undefined {
    const value = this.#old.find(hash, this.#view, start, end) ?? this.#make(bytes, start, end);
    if (value === undefined) return undefined;
    if (this.#young.isFull) [this.#young, this.#old] = [this.#old.emptied(), this.#young];
    this.#young.add(hash, value, bytes, start, end);
    return value;
  }
}
