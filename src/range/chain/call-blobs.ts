import type { Blobs } from '../store/port.ts';

/** The blobs as one call sees them: what it wrote goes again when the call is refused, for no row will name it. */
export class CallBlobs implements Blobs {
  readonly #blobs: Blobs;
  readonly #written: string[] = [];

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  async write(body: AsyncIterable<Uint8Array>) {
    const written = await this.#blobs.write(body);
    this.#written.push(written.file);
    return written;
  }

  read(file: string): AsyncIterable<Uint8Array> {
    return this.#blobs.read(file);
  }

  drop(file: string): Promise<void> {
    return this.#blobs.drop(file);
  }

  sweep(live: Iterable<string>): Promise<number> {
    return this.#blobs.sweep(live);
  }

  async forget(): Promise<void> {
    for (const file of this.#written.splice(0)) await this.#blobs.drop(file);
  }
}
