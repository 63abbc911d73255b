import type { Writable } from 'node:stream';

/** Until a stream takes more; or is gone: then nobody waits for the rest. */
export function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}
