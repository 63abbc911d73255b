import type { Hub } from '../findings/hub.ts';
import type { Sighting } from '../model/finding.ts';
import type { Batch, Row } from '../sources/batch.ts';
import type { DetectLogs, Scope } from './detect-logs.ts';
import type { Emit } from './merge.ts';
import type { Pipeline } from './pipeline.ts';
import { remotesOf } from './remotes.ts';

/** Rows in the order of time, as far as they are in scope, through the pipeline. */
export class Judging implements Emit {
  readonly #options: DetectLogs;
  readonly #scope: Scope;
  readonly #pipeline: Pipeline;
  readonly #findings: Hub;
  readonly #isEachAskedFor: boolean;
  outOfScope = 0;

  constructor(options: DetectLogs, pipeline: Pipeline, findings: Hub) {
    this.#options = options;
    this.#scope = options.scope ?? {};
    this.#pipeline = pipeline;
    this.#findings = findings;
    const isBounded = Object.values(this.#scope).some((bound) => bound !== undefined);
    this.#isEachAskedFor = isBounded || options.judged !== undefined;
  }

  row(batch: Batch, index: number): void {
    if (this.#isEachAskedFor || !this.#pipeline.passes(batch, index)) this.#see(batch.at(index));
  }

  #see(row: Row): void {
    if (!holds(this.#scope, row)) {
      this.outOfScope++;
      return;
    }
    const pipeline = this.#pipeline;
    const before = pipeline.activities;
    const seen = pipeline.see(row);
    if (pipeline.activities > before) this.#options.judged?.(row);
    this.#settle(row, seen);
  }

  flows(batch: Batch, first: number, end: number): void {
    const { flows } = batch;
    if (flows === undefined || this.#isEachAskedFor) {
      for (let index = first; index < end; index++) this.#see(batch.at(index));
      return;
    }
    const pipeline = this.#pipeline;
    const { rows, marks, count } = pipeline.leaveFlows(flows, first, end, (index) => batch.at(index));
    for (let index = 0; index < count; index++) {
      const row = batch.at(rows[index]!);
      this.#settle(row, pipeline.seeFlow(row, marks[index]!));
    }
  }

  #settle(row: Row, seen: readonly Sighting[]): void {
    if (seen.length === 0) return;
    const options = this.#options;
    const sightings = seen.filter((sighting) => !remotesOf(sighting).some((address) => options.trusted?.(address)));
    for (const sighting of sightings) options.sighted?.(sighting);
    for (const change of this.#pipeline.settle(sightings, this.#findings, row.time)) options.found(change);
  }
}

/** Asks a row for no more than the scope bounds: most runs have none. */
function holds({ since, until, accounts, regions }: Scope, row: Row): boolean {
  return (
    (since === undefined || row.time >= since) &&
    (until === undefined || row.time < until) &&
    (accounts === undefined || row.account === '' || accounts.has(row.account)) &&
    (regions === undefined || row.region === '' || regions.has(row.region))
  );
}
