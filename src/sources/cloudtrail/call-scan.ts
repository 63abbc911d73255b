import { listNames } from '../json-records.ts';
import { limits } from '../limits.ts';
import { put } from '../put.ts';
import { incomplete, malformed } from '../scanner.ts';
import { skipBalanced } from '../skip.ts';
import type { CallColumns } from './columns.ts';
import type { PieceScan } from './piece-scan.ts';

type Where = 'between' | 'list' | 'members';

/**
 * CloudTrail in all its shapes: `{"Records": [...]}`, lists, JSON lines, documents one after another (several gzip
 * members), lookup-events output, EventBridge and Lake envelopes. Memory holds one piece and the record that crosses it.
 */
export class CallScan {
  readonly #scan: PieceScan;
  readonly #file: number;
  /** Read and not consumed: the beginning of a record whose end is in the next piece. */
  #carried: Buffer = Buffer.alloc(0);
  /** Position of the carried bytes in the file. */
  #base = 0;
  #where: Where = 'between';
  /** Whether the list that is being read is a member of an object. */
  #within = false;
  #broken = false;
  #isLast = false;

  constructor(scan: PieceScan, file: number) {
    this.#scan = scan;
    this.#file = file;
  }

  read(piece: Uint8Array, last: boolean): CallColumns {
    const bytes = this.#terminated(piece, last);
    const end = bytes.length - 1;
    this.#scan.begin(bytes, end, { file: this.#file, offset: this.#base });
    this.#isLast = last;
    let at = 0;
    while (at < end && !this.#broken) {
      let next = this.#step(at);
      if (next < 0 && last) next = this.#cutLine(at);
      if (next < 0) break;
      at = next;
    }
    at = this.#rest(at, end, last);
    this.#carried = Buffer.from(bytes.subarray(at, end));
    this.#base += at;
    return this.#scan.take();
  }

  /**
   * The carried bytes and the piece, then a line break if nothing follows, which ends a number at the end, and a zero,
   * which stops the scanner. Memory that is used again: what unpacking gives is new each time, and dies young.
   */
  #terminated(piece: Uint8Array, last: boolean): Buffer {
    const terminator = last ? terminators.last : terminators.within;
    const carried = this.#carried;
    const bytes = this.#scan.room(carried.length + piece.length + terminator.length);
    put(carried, bytes, 0);
    put(piece, bytes, carried.length);
    bytes.set(terminator, carried.length + piece.length);
    return bytes;
  }

  /** What could not be consumed: carried on, unless the file ends or the record is beyond all bounds. */
  #rest(at: number, end: number, last: boolean): number {
    const start = this.#scan.scanner.blanks(at);
    if (this.#broken) return end;
    if (start < end && (last || end - start > limits.recordBytes)) {
      this.#broken = true;
      const cut = 'the file ends within the record that begins here';
      const huge = `a record of more than ${limits.recordBytes} bytes begins here; the rest of the file is not read`;
      this.#scan.problem(start, last ? 'record-cut' : 'record-too-large', last ? cut : huge);
      return end;
    }
    if (last && this.#where !== 'between') {
      this.#scan.problem(end, 'file-cut', 'the file ends before its list of records does');
    }
    return start;
  }

  /** One record, bracket or comma; the position after it, negative when that needs more bytes. */
  #step(from: number): number {
    const { scanner } = this.#scan;
    const at = scanner.blanks(from);
    if (at >= scanner.end) return at;
    const byte = scanner.bytes[at];
    if (this.#where === 'members') return this.#member(at);
    if (this.#where === 'list') {
      if (byte === 0x2c) return at + 1;
      if (byte === 0x5d) {
        this.#where = this.#within ? 'members' : 'between';
        return at + 1;
      }
      // Most lists hold nothing but plain records.
      const next = byte === 0x7b ? scanner.list(at) : at;
      return next > at ? next : this.#value(at);
    }
    if (byte === 0xef && scanner.bytes[at + 1] === 0xbb && scanner.bytes[at + 2] === 0xbf) return at + 3;
    if (byte === 0x5b) return this.#enter(at + 1, false);
    if (byte === 0x7b) {
      const list = this.#listWithin(at + 1);
      if (list !== undefined) return list < 0 ? list : this.#enter(list, true);
    }
    return this.#value(at);
  }

  #enter(at: number, within: boolean): number {
    this.#where = 'list';
    this.#within = within;
    return at;
  }

  /** `"Records": [` or its like as the first of what comes here: the position after the bracket. */
  #listWithin(from: number): number | undefined {
    const { scanner } = this.#scan;
    let at = scanner.blanks(from);
    const name = lists.find((each) => each.equals(scanner.bytes.subarray(at, at + each.length)));
    if (name === undefined) return scanner.end - at < longestName && !this.#isLast ? incomplete : undefined;
    at = scanner.blanks(at + name.length);
    if (scanner.bytes[at] !== 0x3a) return at >= scanner.end ? incomplete : undefined;
    at = scanner.blanks(at + 1);
    if (scanner.bytes[at] === 0x5b) return at + 1;
    return at >= scanner.end ? incomplete : undefined;
  }

  /** What follows a list within its object: other members, perhaps another list, the brace. */
  #member(at: number): number {
    const { scanner } = this.#scan;
    const byte = scanner.bytes[at];
    if (byte === 0x7d) {
      this.#where = 'between';
      return at + 1;
    }
    if (byte !== 0x2c) return this.#lost(at, '"," or "}" after a list of records');
    const list = this.#listWithin(at + 1);
    if (list !== undefined) return list < 0 ? list : this.#enter(list, true);
    const name = scanner.blanks(at + 1);
    const colon = scanner.blanks(skipBalanced(scanner.bytes, name, scanner.end));
    if (colon >= scanner.end) return incomplete;
    if (scanner.bytes[colon] !== 0x3a) return this.#lost(colon, '":"');
    const next = skipBalanced(scanner.bytes, scanner.blanks(colon + 1), scanner.end);
    return next >= scanner.end ? incomplete : next;
  }

  #value(at: number): number {
    const { scanner } = this.#scan;
    const next = scanner.record(at);
    if (next === incomplete) return incomplete;
    if (next === malformed) return this.#malformed(at);
    const follower = scanner.bytes[scanner.blanks(next)];
    const isEnd = this.#where === 'between' || follower === 0x2c || follower === 0x5d || next >= scanner.end - 1;
    if (!isEnd && scanner.blanks(next) < scanner.end) return this.#malformed(at, next, '"," or "]"');
    this.#scan.record(at, next);
    return next;
  }

  /** One bad record costs one problem: what follows it goes on. */
  #malformed(at: number, where = this.#scan.scanner.at, expected = this.#scan.scanner.expected) {
    const { bytes, end } = this.#scan.scanner;
    const after = this.#where === 'between' ? this.#nextLine(at, where) : this.#nextOfList(at, where);
    if (after <= 0 || after >= end) return incomplete;
    const found = JSON.stringify(bytes.toString('utf8', where, Math.min(where + 12, end)));
    this.#scan.problem(at, 'record-malformed', `the JSON of this record breaks at ${found}; expected ${expected}`);
    return after;
  }

  /** A line that was cut breaks where the next record has begun. */
  #nextLine(at: number, where: number): number {
    const { bytes } = this.#scan.scanner;
    const begun = bytes.indexOf(lineBegins, at) + 1;
    return begun > 0 && begun <= where ? begun : bytes.indexOf(0x0a, where) + 1;
  }

  /** The next comma that is not within it, unless the next record has begun before it broke. */
  #nextOfList(at: number, where: number): number {
    const { bytes, end } = this.#scan.scanner;
    const begun = bytes.indexOf(recordBegins, at + 1);
    return begun > 0 && begun < where ? begun : Math.max(skipBalanced(bytes, at, end), at + 1);
  }

  /** The file ends within a record: where that is a line that was cut, the lines after it are records still. */
  #cutLine(from: number): number {
    const { bytes } = this.#scan.scanner;
    const at = this.#scan.scanner.blanks(from);
    const begun = this.#where === 'between' ? bytes.indexOf(lineBegins, at) + 1 : 0;
    if (begun <= 0) return incomplete;
    this.#scan.problem(at, 'record-cut', 'the line ends within the record that begins here');
    return begun;
  }

  #lost(at: number, expected: string): number {
    this.#broken = true;
    this.#scan.problem(at, 'file-malformed', `expected ${expected}; the rest of the file is not read`);
    return this.#scan.scanner.end;
  }
}

const lists = listNames.map((name) => Buffer.from(`"${name}"`));
const longestName = Math.max(...lists.map((name) => name.length));
const [lineBegins, recordBegins] = ['\n{', '{"eventVersion":'].map((text) => Buffer.from(text)) as [Buffer, Buffer];

const terminators = { within: Uint8Array.of(0), last: Uint8Array.of(0x0a, 0) };
