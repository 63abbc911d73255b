import type { Batch, Reader } from '../batch.ts';
import type { Trie } from '../trie.ts';
import { CallBatch } from './batch.ts';
import { CallScan } from './call-scan.ts';
import type { CallColumns } from './columns.ts';
import { PieceScan } from './piece-scan.ts';
import { ScannedCall } from './scanned-call.ts';

/** What every file of a run shares: the paths, the one view, and the scan, which is made where there is something to scan. */
export class CallTools {
  readonly trie: Trie;
  readonly view: ScannedCall;
  #scan: PieceScan | undefined;

  constructor(trie: Trie) {
    this.trie = trie;
    this.view = new ScannedCall(trie);
  }

  get scan(): PieceScan {
    this.#scan ??= new PieceScan(this.trie, 0);
    return this.#scan;
  }

  /** Records that were taken out of something else; `offsetOf` tells where the one is that is there among them. */
  within(records: Uint8Array, file: number, offsetOf: (at: number) => number): CallBatch {
    const columns = new CallScan(this.scan, file).read(records, true);
    const offsets = Float64Array.from({ length: columns.size }, (_, index) => offsetOf(columns.starts[index]!));
    const problems = columns.problems.map((problem) => ({
      ...problem,
      place: { file, offset: offsetOf(problem.place.offset) },
    }));
    return new CallBatch({ ...columns, offsets, problems }, this.view, (spent) => this.scan.reuse(spent));
  }
}

/** Scans on the spot. */
export class CallReader implements Reader {
  readonly #scan: CallScan;
  readonly #view: ScannedCall;
  readonly #reuse: (columns: CallColumns) => void;

  constructor({ scan, view }: CallTools, file: number) {
    this.#scan = new CallScan(scan, file);
    this.#view = view;
    this.#reuse = (columns) => scan.reuse(columns);
  }

  read(piece: Uint8Array, last: boolean): Batch {
    return new CallBatch(this.#scan.read(piece, last), this.#view, this.#reuse);
  }
}
