import { createReadStream } from 'node:fs';
import type { Batch } from '../../sources/batch.ts';
import type { Sources } from '../../sources/open.ts';
import { changedAt, timeInName } from '../adapters/files/find.ts';
import { isParquet, type RandomAccess, randomAccess } from '../adapters/files/random-access.ts';
import { piecesOf, piecesOfFile } from '../adapters/files/unpack.ts';
import { limits } from './limits.ts';

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
    if (access !== undefined)
      for await (const batch of await parquetBatches(access, -1, sources)) return earliest(batch);
    const batch = sources.open(-1, changedAt(path)).read(await beginningOf(path), true);
    const first = isNewestFirst(batch) ? await earliestOfAll(path, sources) : earliest(batch);
    if (Number.isFinite(first)) return first;
  } catch (error) {
    // The reading itself says what is wrong with the file.
    if (!(error instanceof Error)) throw error;
  }
  return 0;
}

/** Not more of it than that: a folder of many files is looked at before the first of them is read. */
async function beginningOf(path: string): Promise<Uint8Array> {
  const stream = createReadStream(path, { end: limits.peekBytes - 1, highWaterMark: limits.peekBytes });
  for await (const { bytes } of piecesOf(stream, 1)) return bytes.subarray(0, limits.peekBytes);
  return new Uint8Array(0);
}

/** LookupEvents answers so: the first record is at the end, and only who reads all of it knows when the file begins. */
function isNewestFirst(batch: Batch): boolean {
  let [up, down] = [0, 0];
  for (let index = 1; index < batch.size; index++) {
    const step = batch.timeAt(index) - batch.timeAt(index - 1);
    if (step > 0) up++;
    else if (step < 0) down++;
  }
  return down > up;
}

async function earliestOfAll(path: string, sources: Sources): Promise<number> {
  const reader = sources.open(-1, changedAt(path));
  let first = Number.POSITIVE_INFINITY;
  for await (const { bytes, last } of piecesOfFile(path)) first = Math.min(first, earliest(reader.read(bytes, last)));
  return first;
}

function earliest(batch: Batch): number {
  let first = Number.POSITIVE_INFINITY;
  for (let index = 0; index < batch.size; index++) first = Math.min(first, batch.timeAt(index));
  return first;
}

/** Undefined also for what cannot be read: who reads it as a text says why. */
export function parquetAt(path: string): RandomAccess | undefined {
  try {
    const access = randomAccess(path);
    return isParquet(new Uint8Array(access.slice(0, 4))) ? access : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** The reader of Parquet is loaded when there is some: text starts sooner. */
export async function parquetBatches(
  access: RandomAccess,
  file: number,
  sources: Sources,
): Promise<AsyncIterable<Batch>> {
  return (await import('../../sources/parquet.ts')).parquetBatches(access, file, sources.flows);
}
