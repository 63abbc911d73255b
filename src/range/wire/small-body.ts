/** The body of a streaming member that lies in memory already: whoever knows it takes its bytes without waiting. */
export class SmallBody implements AsyncIterable<Uint8Array> {
  readonly #read: () => Uint8Array;

  /** `read` may refuse: a body proves itself when it is read, not before. */
  constructor(read: () => Uint8Array) {
    this.#read = read;
  }

  bytes(): Uint8Array {
    return this.#read();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const bytes = this.#read();
    if (bytes.length > 0) yield bytes;
  }
}
