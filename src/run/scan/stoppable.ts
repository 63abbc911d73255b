/** Gives what comes until somebody stops it. */
export class Stoppable {
  readonly #stop: AbortSignal | undefined;
  #turn = performance.now();

  constructor(stop: AbortSignal | undefined) {
    this.#stop = stop;
  }

  get isStopped(): boolean {
    return this.#stop?.aborted === true;
  }

  async *of<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const item of items) {
      if (this.#stop !== undefined) await this.#breathe();
      if (this.isStopped) return;
      yield item;
    }
  }

  /** Small files are read without ever waiting: nobody would hear of a signal in between. */
  async #breathe(): Promise<void> {
    if (performance.now() - this.#turn < turnMs) return;
    await new Promise<void>((go) => setImmediate(go));
    this.#turn = performance.now();
  }
}

const turnMs = 50;
