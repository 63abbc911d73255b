import { Addresses } from '../addresses.ts';
import type { Batch, Reader } from '../batch.ts';
import { Interner } from '../interner.ts';
import { limits } from '../limits.ts';
import { incomplete, malformed, Scanner } from '../scanner.ts';
import { skipBalanced } from '../skip.ts';
import type { Trie } from '../trie.ts';
import { CallBatch } from './batch.ts';
import { ScannedCall } from './scanned-call.ts';
import { Shapes } from './shapes.ts';

/** What every file of a run shares: the paths, the texts seen so far, and the one view. */
export interface CallTools {
  readonly trie: Trie;
  readonly scanner: Scanner;
  readonly view: ScannedCall;
  readonly shapes: Shapes;
}

export function callTools(trie: Trie): CallTools {
  const view = new ScannedCall(trie, new Interner(), new Addresses());
  return { trie, scanner: new Scanner(trie), view, shapes: new Shapes(trie) };
}

type Where = 'between' | 'list' | 'members';

/**
 * CloudTrail in all its shapes: `{"Records": [...]}`, lists, JSON lines, documents one after another (several gzip
 * members), lookup-events output, EventBridge and Lake envelopes. Memory holds one piece and the record that crosses it.
 */
export class CallReader implements Reader {
  readonly #tools: CallTools;
  readonly #file: number;
  /** Read and not consumed: the beginning of a record whose end is in the next piece. */
  #carried: Buffer = Buffer.alloc(0);
  /** Position of the carried bytes in the file. */
  #base = 0;
  #where: Where = 'between';
  /** Whether the list that is being read is a member of an object. */
  #within = false;
  #broken = false;

  constructor(tools: CallTools, file: number) {
    this.#tools = tools;
    this.#file = file;
  }

  read(piece: Uint8Array, last: boolean): Batch {
    const bytes = joined(this.#carried, piece, last);
    const end = bytes.length - 1;
    const { scanner } = this.#tools;
    scanner.over(bytes, end);
    const batch = new CallBatch(this.#tools, bytes, { file: this.#file, offset: this.#base });
    let at = 0;
    while (at < end && !this.#broken) {
      const next = this.#step(batch, at);
      if (next < 0) break;
      at = next;
    }
    at = this.#rest(batch, at, end, last);
    batch.finish();
    this.#carried = Buffer.from(bytes.subarray(at, end));
    this.#base += at;
    return batch;
  }

  /** What could not be consumed: carried on, unless the file ends or the record is beyond all bounds. */
  #rest(batch: CallBatch, at: number, end: number, last: boolean): number {
    const start = this.#tools.scanner.blanks(at);
    if (this.#broken) return end;
    if (start < end && (last || end - start > limits.recordBytes)) {
      this.#broken = true;
      const cut = 'the file ends within the record that begins here';
      const huge = `a record of more than ${limits.recordBytes} bytes begins here; the rest of the file is not read`;
      batch.problem(start, last ? 'record-cut' : 'record-too-large', last ? cut : huge);
      return end;
    }
    if (last && this.#where !== 'between') {
      batch.problem(end, 'file-cut', 'the file ends before its list of records does');
    }
    return start;
  }

  /** One record, bracket or comma; the position after it, negative when that needs more bytes. */
  #step(batch: CallBatch, from: number): number {
    const { scanner } = this.#tools;
    const at = scanner.blanks(from);
    if (at >= scanner.end) return at;
    const byte = scanner.bytes[at];
    if (this.#where === 'members') return this.#member(batch, at);
    if (this.#where === 'list') {
      if (byte === 0x2c) return at + 1;
      if (byte === 0x5d) {
        this.#where = this.#within ? 'members' : 'between';
        return at + 1;
      }
      return this.#value(batch, at);
    }
    if (byte === 0xef && scanner.bytes[at + 1] === 0xbb && scanner.bytes[at + 2] === 0xbf) return at + 3;
    if (byte === 0x5b) return this.#enter(at + 1, false);
    if (byte === 0x7b) {
      const list = this.#listWithin(at + 1);
      if (list !== undefined) return list < 0 ? list : this.#enter(list, true);
    }
    return this.#value(batch, at);
  }

  #enter(at: number, within: boolean): number {
    this.#where = 'list';
    this.#within = within;
    return at;
  }

  /** `"Records": [` or `"Events": [` as the first of what comes here: the position after the bracket. */
  #listWithin(from: number): number | undefined {
    const { scanner } = this.#tools;
    let at = scanner.blanks(from);
    const name = listNames.find((each) => each.equals(scanner.bytes.subarray(at, at + each.length)));
    if (name === undefined) return scanner.end - at < longestName ? incomplete : undefined;
    at = scanner.blanks(at + name.length);
    if (scanner.bytes[at] !== 0x3a) return at >= scanner.end ? incomplete : undefined;
    at = scanner.blanks(at + 1);
    if (scanner.bytes[at] === 0x5b) return at + 1;
    return at >= scanner.end ? incomplete : undefined;
  }

  /** What follows a list within its object: other members, perhaps another list, the brace. */
  #member(batch: CallBatch, at: number): number {
    const { scanner } = this.#tools;
    const byte = scanner.bytes[at];
    if (byte === 0x7d) {
      this.#where = 'between';
      return at + 1;
    }
    if (byte !== 0x2c) return this.#lost(batch, at, '"," or "}" after a list of records');
    const list = this.#listWithin(at + 1);
    if (list !== undefined) return list < 0 ? list : this.#enter(list, true);
    const name = scanner.blanks(at + 1);
    const colon = scanner.blanks(skipBalanced(scanner.bytes, name, scanner.end));
    if (colon >= scanner.end) return incomplete;
    if (scanner.bytes[colon] !== 0x3a) return this.#lost(batch, colon, '":"');
    const next = skipBalanced(scanner.bytes, scanner.blanks(colon + 1), scanner.end);
    return next >= scanner.end ? incomplete : next;
  }

  #value(batch: CallBatch, at: number): number {
    const { scanner } = this.#tools;
    const next = scanner.record(at);
    if (next === incomplete) return incomplete;
    if (next === malformed) return this.#malformed(batch, at);
    const follower = scanner.bytes[scanner.blanks(next)];
    const isEnd = this.#where === 'between' || follower === 0x2c || follower === 0x5d || next >= scanner.end - 1;
    if (!isEnd && scanner.blanks(next) < scanner.end) return this.#malformed(batch, at, next, '"," or "]"');
    batch.record(at, next);
    return next;
  }

  /** One bad record costs one problem: the next line, or the next comma that is not within it, goes on. */
  #malformed(batch: CallBatch, at: number, where = this.#tools.scanner.at, expected = this.#tools.scanner.expected) {
    const { bytes, end } = this.#tools.scanner;
    const after =
      this.#where === 'between' ? bytes.indexOf(0x0a, where) + 1 : Math.max(skipBalanced(bytes, at, end), at + 1);
    if (after <= 0 || after >= end) return incomplete;
    const found = JSON.stringify(bytes.toString('utf8', where, Math.min(where + 12, end)));
    batch.problem(at, 'record-malformed', `the JSON of this record breaks at ${found}; expected ${expected}`);
    return after;
  }

  #lost(batch: CallBatch, at: number, expected: string): number {
    this.#broken = true;
    batch.problem(at, 'file-malformed', `expected ${expected}; the rest of the file is not read`);
    return this.#tools.scanner.end;
  }
}

const listNames = ['"Records"', '"Events"'].map((name) => Buffer.from(name));
const longestName = Math.max(...listNames.map((name) => name.length));

/** The bytes with a 0 after them, which stops the scanner; a last line break ends a number at the end. */
function joined(carried: Buffer, piece: Uint8Array, last: boolean): Buffer {
  const bytes = Buffer.allocUnsafe(carried.length + piece.length + (last ? 2 : 1));
  bytes.set(carried, 0);
  bytes.set(piece, carried.length);
  if (last) bytes[bytes.length - 2] = 0x0a;
  bytes[bytes.length - 1] = 0;
  return bytes;
}
