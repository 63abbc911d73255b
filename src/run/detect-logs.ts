import type { Readable } from 'node:stream';
import { derivedForm } from '../aws/findings/guardduty.ts';
import { Stories } from '../correlate/stories.ts';
import type { Detector } from '../detect/detector.ts';
import type { World } from '../detect/world.ts';
import { boundedStore } from '../findings/bounded-store.ts';
import { type Change, hub } from '../findings/hub.ts';
import type { Activity } from '../model/activity.ts';
import type { Finding, Sighting } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { Batch } from '../sources/batch.ts';
import { Sources } from '../sources/open.ts';
import { sizeOf } from './adapters/files/find.ts';
import { piecesOf } from './adapters/files/unpack.ts';
import { HeapBound } from './heap.ts';
import { Judging } from './judging.ts';
import { latenessMs, Merge } from './merge.ts';
import { Pipeline, pathsOf } from './pipeline.ts';
import { inOrder } from './scan/order.ts';
import { Reading } from './scan/reading.ts';
import { Stoppable } from './scan/stoppable.ts';

export interface DetectLogs {
  readonly files: readonly string[];
  /** Read in the order of arrival, instead of files. */
  readonly stdin?: Readable;
  readonly pack: readonly Detector[];
  readonly world: World;
  /** Addresses that make no findings, whatever other list they are on. */
  trusted?(address: string): boolean;
  /** Threads that work: beside the first, each unpacks and scans. Default: by what there is to read. What is found is the same. */
  readonly workers?: number;
  /** What is outside is read and not judged. */
  readonly scope?: Scope;
  /** Reading ends before its end, and what was found until then is told. */
  readonly stop?: AbortSignal;
  /** Every activity that was judged, valid during the call. */
  judged?(activity: Activity): void;
  /** What a detector said, before it becomes a finding or a part of one. */
  sighted?(sighting: Sighting): void;
  found(change: Change): void;
  /** A finding for which there is no more room, as it was at last. */
  forgotten?(finding: Finding): void;
  problem(problem: Problem): void;
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
  /** Of the files that are read, and of all, as they lie there. */
  readonly bytes: number;
  readonly ofBytes: number;
}

export interface DetectReport extends Progress {
  /** Not all was read. */
  readonly isStopped: boolean;
  readonly findings: readonly Finding[];
  readonly problems: Readonly<Record<string, number>>;
  readonly passed: Readonly<Record<string, number>>;
  /** Records that came before. */
  readonly duplicates: number;
  /** Records that the scope leaves out. What was read is these, the duplicates, the activities, what passed and the problems. */
  readonly outOfScope: number;
  readonly late: number;
  readonly idle: Pipeline['idle'];
  readonly evicted: ReturnType<Pipeline['evicted']>;
  /** Findings that are not among `findings` for want of room, and the gravest of them. */
  readonly forgotten: { readonly count: number; readonly severity: number };
}

/** Logs of real accounts through the one pipeline. The hub's clock is event time, so a second run says the same. */
export async function detectLogs(options: DetectLogs): Promise<DetectReport> {
  const { pack, world } = options;
  const gone = { count: 0, severity: 0 };
  const store = boundedStore((finding) => {
    gone.count++;
    gone.severity = Math.max(gone.severity, finding.severity);
    options.forgotten?.(finding);
  });
  const findings = hub(store, derivedForm);
  const pipeline = new Pipeline({ pack, world, correlator: new Stories() });
  const reads = pathsOf(pack);
  const sources = new Sources(reads);
  const counts = new Counts(options);
  const judging = new Judging(options, pipeline, findings);
  const merge = new Merge(judging);
  const heap = new HeapBound();
  const take = (given: Batch | Problem) => {
    heap.look();
    if ('reason' in given) counts.say(given);
    else {
      counts.take(given);
      merge.add(given);
    }
    options.progress(told());
  };
  const told = () => ({ ...counts.progress(reading.bytesOfFile), activities: pipeline.activities });

  const files = await inOrder(options.files, sources);
  const reading = new Reading(files, sources, reads, options.workers);
  const until = new Stoppable(options.stop);
  try {
    for (const file of files) {
      merge.drain(file.time - latenessMs);
      for await (const given of until.of(reading.of(file))) take(given);
      if (until.isStopped) break;
      counts.done(file.path);
    }
    if (options.stdin !== undefined) {
      const file = options.files.length;
      for await (const given of until.of(reading.pieces(piecesOf(options.stdin, 0), sources.open(file), file))) {
        take(given);
        merge.drain(Number.POSITIVE_INFINITY);
      }
    }
    merge.drain(Number.POSITIVE_INFINITY);
  } finally {
    heap.close();
    await reading.close();
  }
  return {
    ...told(),
    isStopped: until.isStopped,
    findings: inTime(store.everything()),
    problems: counts.problems,
    passed: counts.passed,
    outOfScope: judging.outOfScope,
    duplicates: pipeline.duplicates,
    late: merge.late,
    idle: pipeline.idle,
    evicted: [...pipeline.evicted(), ...(gone.count > 0 ? [{ detector: 'findings', keys: gone.count }] : [])],
    forgotten: gone,
  };
}

function inTime(findings: Iterable<Finding>): readonly Finding[] {
  return [...findings].sort((a, b) => a.firstSeen - b.firstSeen || (a.id < b.id ? -1 : 1));
}

class Counts {
  readonly problems: Record<string, number> = {};
  readonly passed: Record<string, number> = {};
  #files = 0;
  #bytes = 0;
  readonly #ofBytes: number;
  readonly #options: DetectLogs;

  constructor(options: DetectLogs) {
    this.#options = options;
    this.#ofBytes = options.files.reduce((sum, path) => sum + sizeOf(path), 0);
  }

  done(path: string): void {
    this.#files++;
    this.#bytes += sizeOf(path);
  }

  /** `more`: of the file that is being read. */
  progress(more: number): Omit<Progress, 'activities'> {
    const [bytes, ofBytes] = [this.#bytes + more, this.#ofBytes];
    return { files: this.#files, of: this.#options.files.length, bytes, ofBytes };
  }

  take(batch: Batch): void {
    for (const problem of batch.problems) this.say(problem);
    for (const [kind, count] of Object.entries(batch.passed)) this.passed[kind] = (this.passed[kind] ?? 0) + count;
  }

  say(problem: Problem): void {
    this.problems[problem.code] = (this.problems[problem.code] ?? 0) + 1;
    this.#options.problem(problem);
  }
}
