import type { Readable } from 'node:stream';
import { derivedForm } from '../aws/findings/guardduty.ts';
import { Stories } from '../correlate/stories.ts';
import type { Detector } from '../detect/detector.ts';
import type { World } from '../detect/world.ts';
import { type Change, hub } from '../findings/hub.ts';
import { memoryStore } from '../findings/store.ts';
import type { Activity } from '../model/activity.ts';
import type { Finding, Sighting } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { Batch, Reader, Row } from '../sources/batch.ts';
import { Sources } from '../sources/open.ts';
import { changedAt, timeInName } from './adapters/files/find.ts';
import { isParquet, type RandomAccess, randomAccess } from './adapters/files/random-access.ts';
import { type Piece, piecesOf, piecesOfFile } from './adapters/files/unpack.ts';
import { latenessMs, Merge } from './merge.ts';
import { Pipeline, pathsOf } from './pipeline.ts';
import { remotesOf } from './remotes.ts';

export interface DetectLogs {
  readonly files: readonly string[];
  /** Read in the order of arrival, instead of files. */
  readonly stdin?: Readable;
  readonly pack: readonly Detector[];
  readonly world: World;
  /** Addresses that make no findings, whatever other list they are on. */
  trusted?(address: string): boolean;
  /** What is outside is read and not judged. */
  readonly scope?: Scope;
  /** Every activity that was judged, valid during the call. */
  judged?(activity: Activity): void;
  /** What a detector said, before it becomes a finding or a part of one. */
  sighted?(sighting: Sighting): void;
  found(change: Change): void;
  problem(problem: Problem, file: string): void;
  progress(done: Progress): void;
}

/** An account or region that a record does not name is in every scope. */
export interface Scope {
  readonly since?: number;
  readonly until?: number;
  readonly accounts?: ReadonlySet<string>;
  readonly regions?: ReadonlySet<string>;
}

export interface Progress {
  readonly files: number;
  readonly of: number;
  readonly activities: number;
}

export interface DetectReport extends Progress {
  readonly findings: readonly Finding[];
  readonly problems: Readonly<Record<string, number>>;
  readonly passed: Readonly<Record<string, number>>;
  readonly duplicates: number;
  readonly late: number;
  readonly idle: Pipeline['idle'];
  readonly evicted: ReturnType<Pipeline['evicted']>;
}

/** Logs of real accounts through the one pipeline. The hub's clock is event time, so a second run says the same. */
export async function detectLogs(options: DetectLogs): Promise<DetectReport> {
  const { pack, world, scope = {} } = options;
  const store = memoryStore();
  const findings = hub(store, derivedForm);
  const pipeline = new Pipeline({ pack, world, correlator: new Stories() });
  const sources = new Sources(pathsOf(pack));
  const counts = new Counts(options);
  const merge = new Merge((row: Row) => {
    if (!holds(scope, row)) return;
    const before = pipeline.activities;
    const seen = pipeline.see(row);
    if (pipeline.activities > before) options.judged?.(row);
    if (seen.length === 0) return;
    const sightings = seen.filter((sighting) => !remotesOf(sighting).some((address) => options.trusted?.(address)));
    for (const sighting of sightings) options.sighted?.(sighting);
    for (const change of pipeline.settle(sightings, findings, row.time)) options.found(change);
  });
  const take = (batch: Batch) => {
    counts.take(batch);
    merge.add(batch);
  };
  const told = () => ({ files: counts.files, of: options.files.length, activities: pipeline.activities });

  for (const { path, index, time } of await inOrder(options.files, sources)) {
    merge.drain(time - latenessMs);
    const taken = (batch: Batch) => {
      take(batch);
      options.progress(told());
    };
    const access = parquetAt(path);
    if (access === undefined) {
      await readAll(piecesOfFile(path), sources.open(index, changedAt(path)), index, counts, taken);
    } else for await (const batch of await batchesOf(access, index)) taken(batch);
    counts.files++;
  }
  if (options.stdin !== undefined) {
    const file = options.files.length;
    await readAll(piecesOf(options.stdin), sources.open(file), file, counts, (batch) => {
      take(batch);
      merge.drain(Number.POSITIVE_INFINITY);
      options.progress(told());
    });
  }
  merge.drain(Number.POSITIVE_INFINITY);
  const { problems, passed } = counts;
  const { duplicates, idle } = pipeline;
  const all = [...store.everything()].sort((a, b) => a.firstSeen - b.firstSeen || (a.id < b.id ? -1 : 1));
  return {
    ...told(),
    findings: all,
    problems,
    passed,
    duplicates,
    late: merge.late,
    idle,
    evicted: pipeline.evicted(),
  };
}

function holds({ since, until, accounts, regions }: Scope, { time, account, region }: Row): boolean {
  return (
    (since === undefined || time >= since) &&
    (until === undefined || time < until) &&
    (accounts === undefined || account === '' || accounts.has(account)) &&
    (regions === undefined || region === '' || regions.has(region))
  );
}

async function readAll(
  pieces: AsyncIterable<Piece>,
  reader: Reader,
  file: number,
  counts: Counts,
  take: (batch: Batch) => void,
) {
  let size = 0;
  try {
    for await (const { bytes, last } of pieces) {
      size += bytes.length;
      take(reader.read(bytes, last));
    }
  } catch (error) {
    if (!(error instanceof Error && ('code' in error || error.message.includes('zstd')))) throw error;
    // What was read before the damage holds.
    take(reader.read(new Uint8Array(0), true));
    counts.say({
      place: { file, offset: size },
      code: 'file-damaged',
      reason: `the file cannot be read on: ${error.message}`,
    });
  }
}

/** Files by the time in their name, else of their first record, so that the order of the arguments decides nothing. */
async function inOrder(files: readonly string[], sources: Sources) {
  const ordered: { path: string; index: number; time: number }[] = [];
  for (const [index, path] of files.entries()) {
    const named = timeInName(path);
    ordered.push({ path, index, time: Number.isNaN(named) ? await firstTime(path, sources) : named });
  }
  return ordered.sort((a, b) => a.time - b.time || (a.path < b.path ? -1 : 1));
}

async function firstTime(path: string, sources: Sources): Promise<number> {
  try {
    const access = parquetAt(path);
    if (access !== undefined) for await (const batch of await batchesOf(access, -1)) return earliest(batch);
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

function parquetAt(path: string) {
  const access = randomAccess(path);
  return isParquet(new Uint8Array(access.slice(0, 4))) ? access : undefined;
}

/** The reader of Parquet is loaded when there is some: text starts sooner. */
async function batchesOf(access: RandomAccess, file: number): Promise<AsyncIterable<Batch>> {
  return (await import('../sources/parquet.ts')).parquetBatches(access, file);
}

const peekBytes = 256 * 1024;

class Counts {
  readonly problems: Record<string, number> = {};
  readonly passed: Record<string, number> = {};
  files = 0;
  readonly #options: DetectLogs;

  constructor(options: DetectLogs) {
    this.#options = options;
  }

  take(batch: Batch): void {
    for (const problem of batch.problems) this.say(problem);
    for (const [kind, count] of Object.entries(batch.passed)) this.passed[kind] = (this.passed[kind] ?? 0) + count;
  }

  say(problem: Problem): void {
    this.problems[problem.code] = (this.problems[problem.code] ?? 0) + 1;
    this.#options.problem(problem, this.#options.files[problem.place.file] ?? '-');
  }
}
