import type { Path } from '../model/activity.ts';
import { instanceOf, type Memory, newMemory, reach } from '../model/wasm.ts';
import { module } from './generated/scan-module.ts';
import { limits } from './limits.ts';
import { put } from './put.ts';
import type { Trie } from './trie.ts';
import { layTrie } from './trie-layout.ts';

/** Results of a scan that are no position. */
export const incomplete = -1;
export const malformed = -2;

/** What an object is, by the names that it has: `shape` of the scanner. */
export const shape = { record: 0, digest: 1, insight: 2, within: 3, other: 4 } as const;

/**
 * One pass over JSON in bytes that checks the whole grammar and writes down where the values of known paths begin and
 * end, so that nobody parses what nobody asks for. It runs in WebAssembly (tools/scan/), which looks at sixteen bytes at
 * once; the columns that it makes lie in its memory until somebody copies them. Positions count from the piece's first byte.
 */
export class Scanner {
  readonly #memory: Memory;
  readonly #scan: Exports;
  /** Where pieces lie; what is before outlives them. */
  readonly #pieceAt: number;
  bytes: Buffer = Buffer.alloc(1);
  end = 0;

  /** Objects under the repeated path come again and again, and nobody asks for spans within them. */
  constructor(trie: Trie, codes: Readonly<Record<Path, number>>, repeatedPath: Path) {
    this.#memory = newMemory();
    this.#scan = instanceOf<Exports>(module, this.#memory);
    const { root, codesAt } = layTrie(trie, codes, this.#memory.buffer, trieAt);
    const { depth, values, valuesBytes, valueBytes, situations } = limits;
    const slot = trie.slotOf.get(repeatedPath) ?? -1;
    // Memory that nobody has written to yet costs nothing.
    reach(this.#memory, codesAt + 8 * trie.slots + 64 * (values + situations) + valuesBytes);
    const end = this.#scan.lay(root, codesAt, trie.slots, slot, depth, values, valuesBytes, valueBytes, situations);
    this.#pieceAt = (end + 15) & ~15;
  }

  /** Begins with other bytes, which stay with the caller. */
  over(bytes: Buffer, end: number): void {
    this.bytes = bytes;
    this.end = end;
    // The shortest record has its three names; a span has a name of one letter, quotes, a colon, a digit and a comma.
    const [rows, spans] = [Math.ceil(end / 40) + 16, Math.ceil(end / 6) + 16];
    reach(this.#memory, this.#pieceAt + end + rows * rowBytes + spans * 12 + 64);
    put(bytes.subarray(0, end), Buffer.from(this.#memory.buffer), this.#pieceAt);
    this.#scan.begin(this.#pieceAt, end, rows, spans);
  }

  /** Scans one value as a record and gives the position after it. */
  record(start: number): number {
    return this.#scan.record(start);
  }

  /** Makes a row of the record that was scanned last; else its `shape`. */
  keep(start: number): number {
    return this.#scan.keep(start);
  }

  /** A row of a record that only JSON.parse can read; its index. */
  keepParsed(start: number, time: number): number {
    return this.#scan.keepParsed(start, time);
  }

  /** Rows of the plain records of a list from here on; the position of the first byte that is left. */
  list(start: number): number {
    return this.#scan.list(start);
  }

  /** Where the record begins that the last one wraps. */
  get inner(): number {
    return this.#scan.wrapped();
  }

  /** Where the last scan was malformed. */
  get at(): number {
    return this.#scan.failedAt();
  }

  /** Why the last scan was malformed. */
  get expected(): string {
    return expectations[this.#scan.failedFor()]!;
  }

  /** Skips blanks. */
  blanks(start: number): number {
    const { bytes } = this;
    let i = start;
    while (isBlank(bytes[i])) i++;
    return i;
  }

  /** The columns of this piece, in the scanner's own memory: valid until it is told of the next. */
  columns(): ScannedColumns {
    const scan = this.#scan;
    scan.finish();
    const { buffer } = this.#memory;
    const size = scan.rows();
    return {
      size,
      times: new Float64Array(buffer, scan.timesAt(), size),
      fingerprints: new Float64Array(buffer, scan.printsAt(), size),
      starts: new Int32Array(buffer, scan.startsAt(), size),
      ends: new Int32Array(buffer, scan.endsAt(), size),
      situations: new Int32Array(buffer, scan.situationsAt(), size),
      entries: new Int32Array(buffer, scan.entriesAt(), scan.spans()),
      edition: scan.edition(),
      values: new Int32Array(buffer, scan.valuesAt(), 3 * scan.newValues()),
      valuesBefore: scan.oldValues(),
      heads: new Int32Array(buffer, scan.headsAt(), 8 * scan.newSituations()),
      situationsBefore: scan.oldSituations(),
    };
  }
}

/** As `CallColumns` has them. */
export interface ScannedColumns {
  readonly size: number;
  readonly times: Float64Array;
  readonly fingerprints: Float64Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly situations: Int32Array;
  readonly entries: Int32Array;
  readonly edition: number;
  readonly values: Int32Array;
  readonly valuesBefore: number;
  readonly heads: Int32Array;
  readonly situationsBefore: number;
}

/** The module's own constants lie before it. */
const trieAt = 65_536;
/** A row's own columns, its situation if that is new, and its seven values if they are, with one to spare. */
const rowBytes = 28 + 32 + 8 * 12;

/** In the order of the module's numbers. */
const expectations = [
  'a name in quotes',
  '"," or "}"',
  '"," or "]"',
  '":"',
  'no control character in a text',
  'four hex digits',
  'an escape that JSON has',
  'a value',
  'a digit',
  'more',
  `nesting of at most ${limits.depth}`,
];

/** The module exports exactly these. */
interface Exports {
  lay(
    root: number,
    codesAt: number,
    slots: number,
    repeatedSlot: number,
    depth: number,
    values: number,
    valuesBytes: number,
    valueBytes: number,
    situations: number,
  ): number;
  begin(at: number, length: number, rows: number, spans: number): void;
  record(start: number): number;
  keep(start: number): number;
  keepParsed(start: number, time: number): number;
  list(start: number): number;
  finish(): void;
  wrapped(): number;
  failedAt(): number;
  failedFor(): number;
  rows(): number;
  spans(): number;
  edition(): number;
  oldValues(): number;
  newValues(): number;
  oldSituations(): number;
  newSituations(): number;
  timesAt(): number;
  printsAt(): number;
  startsAt(): number;
  endsAt(): number;
  situationsAt(): number;
  entriesAt(): number;
  valuesAt(): number;
  headsAt(): number;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
