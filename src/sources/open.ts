import type { Path } from '../model/activity.ts';
import type { Problem } from '../model/problem.ts';
import { Addresses } from './addresses.ts';
import type { Batch, Reader } from './batch.ts';
import { callTrie } from './cloudtrail/paths.ts';
import { CallReader, type CallTools, callTools } from './cloudtrail/reader.ts';
import { Interner } from './interner.ts';
import { FlowReader } from './vpc-flow/reader.ts';

/** Opens files of one run, which share what they have in common. The kind of a file is told by its content. */
export class Sources {
  readonly #calls: CallTools;
  readonly #interner = new Interner();
  readonly #addresses = new Addresses();

  constructor(reads: Iterable<Path>) {
    this.#calls = callTools(callTrie(reads));
  }

  open(file: number): Reader {
    return new ToldByContent((first) =>
      isJson(first) ? new CallReader(this.#calls, file) : new FlowReader(this.#interner, this.#addresses, file),
    );
  }
}

/** Waits for the first byte that is no blank. */
class ToldByContent implements Reader {
  readonly #choose: (first: number) => Reader;
  #chosen: Reader | undefined = undefined;

  constructor(choose: (first: number) => Reader) {
    this.#choose = choose;
  }

  read(piece: Uint8Array, last: boolean): Batch {
    if (this.#chosen === undefined) {
      const first = piece.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
      if (first === undefined) return nothing;
      this.#chosen = this.#choose(first);
    }
    return this.#chosen.read(piece, last);
  }
}

function isJson(first: number): boolean {
  return first === 0x7b || first === 0x5b;
}

const nothing: Batch = {
  size: 0,
  timeAt: () => Number.NaN,
  at: () => {
    throw new RangeError('an empty piece has no rows');
  },
  problems: [] as readonly Problem[],
  passed: {},
};
