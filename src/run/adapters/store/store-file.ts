import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { notAStore } from './errors.ts';

/** LMDB's mark, little-endian, in the header of the first page. */
const mark = Buffer.from([0xde, 0xc0, 0xef, 0xbe]);

export function dataFile(path: string): string {
  return join(path, 'data.mdb');
}

/** Opening what is no database ends the process with a signal, so it is looked at first. */
export function checkFile(path: string): void {
  const file = dataFile(path);
  if (!existsSync(file)) return;
  const head = Buffer.alloc(64);
  const opened = openSync(file, 'r');
  try {
    const length = readSync(opened, head, 0, head.length, 0);
    if (length > 0 && !head.includes(mark)) throw notAStore(file);
  } finally {
    closeSync(opened);
  }
}
