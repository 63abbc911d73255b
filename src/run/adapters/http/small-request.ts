import { IncomingMessage } from 'node:http';

/**
 * A request whose body can be taken whole as the parser hands it over, without the events, the listeners and the turns of
 * a stream: most calls have a few hundred bytes. One that nobody takes is the stream that it always was.
 */
export class SmallRequest extends IncomingMessage {
  #parts: Buffer[] | undefined;
  #done: ((whole: Buffer) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  /** To be asked for while the request is announced, before its first byte. */
  whole(): Promise<Buffer> {
    this.#parts = [];
    return new Promise((done, failed) => {
      this.#done = done;
      this.#failed = failed;
    });
  }

  override push(chunk: Buffer | null): boolean {
    const parts = this.#parts;
    if (parts === undefined) return super.push(chunk);
    if (chunk !== null) {
      parts.push(chunk);
      return true;
    }
    this.#done?.(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
    this.#failed = undefined;
    return super.push(null);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#failed?.(error ?? new Error('the connection ended before the request did'));
    super._destroy(error, callback);
  }
}
