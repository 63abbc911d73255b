import type { Batch } from '../../sources/batch.ts';
import type { Sources } from '../../sources/open.ts';
import { changedAt, timeInName } from '../adapters/files/find.ts';
import { isParquet, type RandomAccess, randomAccess } from '../adapters/files/random-access.ts';
import { piecesOfFile } from '../adapters/files/unpack.ts';

/** A file of the arguments, with the time from which on it may have records. */
export interface OrderedFile {
  readonly path: string;
  /** Its place among the arguments. */
  readonly index: number;
  readonly time: number;
}

/** Files by the time in their name, else of their first record, so that the order of the arguments decides nothing. */
export async function inOrder(files: readonly string[], sources: Sources): Promise<readonly OrderedFile[]> {
  const ordered: OrderedFile[] = [];
  for (const [index, path] of files.entries()) {
    const named = timeInName(path);
    ordered.push({ path, index, time: Number.isNaN(named) ? await firstTime(path, sources) : named });
  }
  return ordered.sort((a, b) => a.time - b.time || (a.path < b.path ? -1 : 1));
}

async function firstTime(path: string, sources: Sources): Promise<number> {
  try {
    const access = parquetAt(path);
    if (access !== undefined) for await (const batch of await parquetBatches(access, -1)) return earliest(batch);
    for await (const { bytes } of piecesOfFile(path)) {
      const batch = sources.open(-1, changedAt(path)).read(bytes.subarray(0, peekBytes), false);
      return earliest(batch);
    }
  } catch (error) {
    // The reading itself says what is wrong with the file.
    if (!(error instanceof Error)) throw error;
  }
  return 0;
}

function earliest(batch: Batch): number {
  let first = Number.POSITIVE_INFINITY;
  for (let index = 0; index < batch.size; index++) first = Math.min(first, batch.timeAt(index));
  return batch.size === 0 ? 0 : first;
}

export function parquetAt(path: string): RandomAccess | undefined {
  const access = randomAccess(path);
  return isParquet(new Uint8Array(access.slice(0, 4))) ? access : undefined;
}

/** The reader of Parquet is loaded when there is some: text starts sooner. */
export async function parquetBatches(access: RandomAccess, file: number): Promise<AsyncIterable<Batch>> {
  return (await import('../../sources/parquet.ts')).parquetBatches(access, file);
}

const peekBytes = 256 * 1024;
