import { availableParallelism } from 'node:os';
import type { Path } from '../../model/activity.ts';
import type { Problem } from '../../model/problem.ts';
import type { Batch, Reader } from '../../sources/batch.ts';
import type { Sources } from '../../sources/open.ts';
import { changedAt, sizeOf } from '../adapters/files/find.ts';
import { type Piece, PieceRoom, piecesOfFile } from '../adapters/files/unpack.ts';
import { limits } from './limits.ts';
import { type OrderedFile, parquetAt, parquetBatches } from './order.ts';
import { type Damage, partsOf } from './parts.ts';
import { ScanPool } from './pool.ts';
import type { Job } from './scanned.ts';

/** Files as batches, in the order given: scanned on the spot, or by workers that run ahead. */
export class Reading {
  readonly #sources: Sources;
  readonly #pool: ScanPool | undefined;
  readonly #room = new PieceRoom();
  #open: { readonly bytesRead: number } | undefined = undefined;

  /** `workers`: threads that work, by default by what there is to read; this one orders and judges, the others scan. */
  constructor(files: readonly OrderedFile[], sources: Sources, reads: readonly Path[], workers?: number) {
    this.#sources = sources;
    const count = Math.min(workers ?? usualWorkers(files), files.length);
    const jobs = files.slice(limits.ownFiles).filter(isText).map(jobOf);
    this.#pool = count > 1 && jobs.length > 0 ? new ScanPool(count - 1, reads, jobs) : undefined;
  }

  /** How much is read of the large file that is being read, as it lies there. */
  get bytesOfFile(): number {
    return this.#open?.bytesRead ?? 0;
  }

  async *of({ path, index }: OrderedFile): AsyncGenerator<Batch | Problem> {
    this.#open = undefined;
    const access = parquetAt(path);
    if (access !== undefined) yield* await parquetBatches(access, index, this.#sources);
    else if (this.#pool?.has(index) === true) yield* this.#scanned(this.#pool, path, index);
    else {
      const pieces = piecesOfFile(path, this.#room, (file) => (this.#open = file));
      yield* this.pieces(pieces, this.#sources.open(index, changedAt(path)), index);
      this.#open = undefined;
    }
  }

  async *pieces(pieces: AsyncIterable<Piece>, reader: Reader, file: number): AsyncGenerator<Batch | Problem> {
    for await (const part of partsOf(pieces)) {
      yield 'damage' in part ? damageOf(part, file) : reader.read(part.bytes, part.last);
    }
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }

  async *#scanned(pool: ScanPool, path: string, file: number): AsyncGenerator<Batch | Problem> {
    let reader: Reader | undefined;
    for await (const [scanned, giveBack] of pool.scanned(file)) {
      if ('columns' in scanned) yield this.#sources.calls(scanned.columns, giveBack);
      else if ('damage' in scanned) yield damageOf(scanned.damage, file);
      else {
        reader ??= this.#sources.open(file, changedAt(path));
        yield reader.read(scanned.piece.bytes, scanned.piece.last);
      }
    }
  }
}

/** Parquet is read where it lies, by this thread. */
function isText({ path }: OrderedFile): boolean {
  return parquetAt(path) === undefined;
}

function jobOf({ path, index }: OrderedFile): Job {
  return { file: index, path };
}

function damageOf({ damage, size }: Damage, file: number): Problem {
  const place = { file, offset: size };
  // `EACCES: permission denied, open '…'`: the place says which file.
  const [, refusal] = /^(E[A-Z]+: [^,]+)/.exec(damage) ?? [];
  if (refusal !== undefined) return { place, code: 'file-unreadable', reason: `the file cannot be read: ${refusal}` };
  return { place, code: 'file-damaged', reason: `the file cannot be read on: ${damage}` };
}

/** Threads pay where many files of the usual size are read; for little they cost more, and for large ones memory. */
function usualWorkers(files: readonly OrderedFile[]): number {
  const sizes = files.map(({ path }) => sizeOf(path));
  const isMany = sizes.length >= limits.manyFiles && sizes.reduce((sum, size) => sum + size, 0) >= limits.manyBytes;
  return isMany && sizes.every((size) => size <= limits.usualFileBytes)
    ? Math.min(availableParallelism(), limits.workers)
    : 1;
}
