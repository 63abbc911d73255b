import { Worker } from 'node:worker_threads';
import type { Path } from '../../model/activity.ts';
import { builtPath } from '../../root.ts';
import type { Spent } from '../../sources/cloudtrail/columns.ts';
import { limits } from './limits.ts';
import { bytesOf, type Job, type Scanned, type Start } from './scanned.ts';

export type GiveBack = (spent: Spent) => void;

/** Workers that scan files ahead of the one who asks for them, in the order in which they will be asked for. */
export class ScanPool {
  readonly #workers: readonly Scanning[];
  readonly #jobs: Job[];
  readonly #of = new Map<number, Scanning>();

  constructor(count: number, reads: readonly Path[], jobs: readonly Job[]) {
    this.#workers = Array.from({ length: count }, (_, index) => new Scanning({ id: index + 1, reads }));
    this.#jobs = [...jobs];
    this.#assign();
  }

  /** Whether the file that is due is one of its jobs. */
  has(file: number): boolean {
    return this.#of.has(file);
  }

  /** What the next file gives, and to whom its memory goes back. Files must be asked for in the order of the jobs. */
  async *scanned(file: number): AsyncGenerator<readonly [Exclude<Scanned, { done: true }>, GiveBack]> {
    const worker = this.#of.get(file);
    if (worker === undefined) throw new Error(`file ${file} is no job of this pool`);
    this.#of.delete(file);
    const giveBack = (spent: Spent) => worker.giveBack(spent);
    for (;;) {
      const scanned = await worker.next();
      if (scanned.file !== file) throw new Error(`a worker gives file ${scanned.file} where ${file} was due`);
      if ('done' in scanned) break;
      yield [scanned, giveBack];
      worker.took(bytesOf(scanned));
    }
    worker.jobs--;
    this.#assign();
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  /** The next file goes to whoever has the fewest. */
  #assign(): void {
    for (;;) {
      const free = this.#workers.reduce((a, b) => (b.jobs < a.jobs ? b : a));
      if (free.jobs >= limits.jobs) return;
      const job = this.#jobs.shift();
      if (job === undefined) return;
      this.#of.set(job.file, free);
      free.take(job);
    }
  }
}

/** One worker, and what it gave and nobody took yet. */
class Scanning {
  readonly #worker: Worker;
  #given: Scanned[] = [];
  #next = 0;
  #error: Error | undefined = undefined;
  #wake: (() => void) | undefined = undefined;
  /** Files that it was given and that are not taken whole. */
  jobs = 0;

  constructor(start: Start) {
    this.#worker = new Worker(builtPath('scan-worker.js'), { workerData: start, resourceLimits: limits.heap });
    this.#worker.on('message', (scanned: readonly Scanned[]) => {
      this.#given = [...this.#given.slice(this.#next), ...scanned];
      this.#next = 0;
      this.#wake?.();
    });
    this.#worker.on('error', (error: Error) => {
      this.#error = error;
      this.#wake?.();
    });
  }

  take(job: Job): void {
    this.jobs++;
    this.#worker.postMessage(job);
  }

  async next(): Promise<Scanned> {
    while (this.#next === this.#given.length) {
      if (this.#error !== undefined) throw this.#error;
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    return this.#given[this.#next++]!;
  }

  took(bytes: number): void {
    this.#worker.postMessage({ taken: bytes });
  }

  giveBack({ bytes, times, starts, entries, ends, fingerprints, situations }: Spent): void {
    const back = { bytes, times, starts, entries, ends, fingerprints, situations };
    this.#worker.postMessage({ back });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
