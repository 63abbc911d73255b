import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** Any part of a file, as readers of Parquet ask for it. */
export interface RandomAccess {
  readonly byteLength: number;
  slice(start: number, end?: number): ArrayBuffer;
}

export function randomAccess(path: string): RandomAccess {
  const byteLength = statSync(path).size;
  return {
    byteLength,
    slice(start, end = byteLength) {
      const from = start < 0 ? Math.max(0, byteLength + start) : start;
      const bytes = new Uint8Array(Math.max(0, Math.min(end, byteLength) - from));
      const file = openSync(path, 'r');
      try {
        for (let read = 0; read < bytes.length; ) {
          const more = readSync(file, bytes, read, bytes.length - read, from + read);
          if (more === 0) break;
          read += more;
        }
      } finally {
        closeSync(file);
      }
      return bytes.buffer;
    },
  };
}

/** `PAR1`: told by the first bytes, like every other kind. */
export function isParquet(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && head[3] === 0x31;
}
