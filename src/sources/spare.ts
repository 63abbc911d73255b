import { limits } from './limits.ts';
import { put } from './put.ts';

/** Arrays that served a piece serve the next: new memory costs more than what is written into it. */
export class Spare<T extends Float64Array | Int32Array | Uint8Array> {
  readonly #make: (length: number) => T;
  readonly #free: T[] = [];
  #freeBytes = 0;

  constructor(make: (length: number) => T) {
    this.#make = make;
  }

  /** The first values in an array that may be longer. */
  copy(values: T, length: number): T {
    const copy = this.ofLength(length);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, length * values.BYTES_PER_ELEMENT);
    put(bytes, Buffer.from(copy.buffer, copy.byteOffset, copy.byteLength), 0);
    return copy;
  }

  free(...arrays: readonly T[]): void {
    for (const array of arrays) {
      if (this.#free.length >= limits.spareArrays || this.#freeBytes + array.byteLength > limits.spareBytes) continue;
      this.#free.push(array);
      this.#freeBytes += array.byteLength;
    }
  }

  /** One that fits and is not much too long, with whatever is in it. */
  ofLength(length: number): T {
    const at = this.#free.findIndex((array) => array.length >= length && array.length <= 2 * length + 1_024);
    if (at < 0) return this.#make(rounded(length));
    const found = this.#free[at]!;
    this.#free[at] = this.#free.at(-1)!;
    this.#free.pop();
    this.#freeBytes -= found.byteLength;
    return found;
  }
}

/** Up to an eighth longer: pieces of one kind are nearly of one length, and the next one may be the longer one. */
function rounded(length: number): number {
  const step = 2 ** Math.max(Math.floor(Math.log2(length)) - 3, 0);
  return Math.ceil(length / step) * step;
}
