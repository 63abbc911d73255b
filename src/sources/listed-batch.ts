import type { Problem } from '../model/problem.ts';
import type { Batch, Row } from './batch.ts';

/** What reading one line or record can come to; undefined where there is nothing in it. */
export type Taken = Row | Problem | Passed | undefined;

/** Read, and carries no activity. */
export interface Passed {
  readonly passed: string;
}

/** Rows that are objects already: of the sources that are not read by the million a second. */
export class ListedBatch implements Batch {
  readonly problems: Problem[] = [];
  readonly passed: Record<string, number> = {};
  readonly weight: number;
  readonly #rows: Row[] = [];

  /** `weight`: bytes of memory behind its rows, where they are many. */
  constructor(weight = 0) {
    this.weight = weight;
  }

  get size(): number {
    return this.#rows.length;
  }

  timeAt(index: number): number {
    return this.#rows[index]!.time;
  }

  at(index: number): Row {
    return this.#rows[index]!;
  }

  take(taken: Taken): void {
    if (taken === undefined) return;
    if ('passed' in taken) this.passed[taken.passed] = (this.passed[taken.passed] ?? 0) + 1;
    else if ('reason' in taken) this.problems.push(taken);
    else this.#rows.push(taken);
  }
}
