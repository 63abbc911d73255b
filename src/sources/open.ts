import type { Path } from '../model/activity.ts';
import type { Problem } from '../model/problem.ts';
import { Addresses } from './addresses.ts';
import type { Batch, Reader } from './batch.ts';
import { CallBatch } from './cloudtrail/batch.ts';
import type { CallColumns } from './cloudtrail/columns.ts';
import { callTrie } from './cloudtrail/paths.ts';
import { CallReader, CallTools } from './cloudtrail/reader.ts';
import { ExportReader, isExportLine } from './cloudwatch/export.ts';
import { isLogEvents } from './cloudwatch/head.ts';
import { LogEventReader } from './cloudwatch/reader.ts';
import { csvRows, isCsv } from './csv.ts';
import { CsvReader } from './csv-reader.ts';
import { Interner } from './interner.ts';
import { isJournalExport, JournalReader } from './journal-reader.ts';
import { isCloudTrail, isToldByFirstLine, jsonReader } from './json-records.ts';
import { isWriteTest, unaskedAs, WriteTest } from './known-nothing.ts';
import { limits } from './limits.ts';
import { LineReader } from './line-reader.ts';
import { packedAs, Refused } from './refused.ts';
import type { TextSource } from './text-source.ts';
import { texts } from './texts.ts';
import { Utf16Reader, utf16Of } from './utf16.ts';
import { flowTools } from './vpc-flow/flow-batch.ts';
import { isFlow } from './vpc-flow/format.ts';
import { FlowReader } from './vpc-flow/reader.ts';

/** Opens files of one run, which share what they have in common. The kind of a file is told by its content. */
export class Sources {
  readonly #calls: CallTools;
  /** What flow logs share in whatever shape. */
  readonly flows = flowTools(new Interner(), new Addresses());

  constructor(reads: Iterable<Path>) {
    this.#calls = new CallTools(callTrie(reads));
  }

  /** `changed` is when the file was last written, for logs that leave the year out. */
  open(file: number, changed?: number): Reader {
    return new ToldByContent((head, bytes) => this.#readerOf(head, bytes, file, changed));
  }

  /** What a scan elsewhere has made of a piece of CloudTrail; `done` with it when nobody asks for it again. */
  calls(columns: CallColumns, done: (columns: CallColumns) => void): Batch {
    // Who hands over a buffer's bytes gets them back as plain ones.
    const { buffer, byteOffset, length } = columns.bytes;
    return new CallBatch({ ...columns, bytes: Buffer.from(buffer, byteOffset, length) }, this.#calls.view, done);
  }

  #readerOf(head: string, bytes: Uint8Array, file: number, changed: number | undefined): Reader {
    const order = utf16Of(bytes);
    if (order !== undefined) return new Utf16Reader(order, this.open(file, changed));
    if (isLogEvents(head) === true) return new LogEventReader(file, this.#calls);
    if (isJson(head)) return jsonReader(head, file) ?? new CallReader(this.#calls, file);
    const known = toldByLines(head);
    if (known !== undefined) return known(file, this.#calls);
    if (hasJsonLine(head)) return new CallReader(this.#calls, file);
    const packed = packedAs(bytes);
    if (packed !== undefined) return new Refused(file, 'file-packed', packed);
    const source = textOf(head);
    if (source !== undefined) {
      const take = source.open(changed);
      return new LineReader(file, (text, place) => [take(text, place)]);
    }
    const [first = ''] = linesOf(head);
    if (mayBeFlows.test(first)) return new FlowReader(this.flows, file);
    const shown = JSON.stringify(first.slice(0, 60));
    return new Refused(file, 'file-unknown', `the file begins with ${shown}; expected ${kinds}`);
  }
}

/** Opens files that are told by more than the form of one line. */
function toldByLines(head: string): ((file: number, tools: CallTools) => Reader) | undefined {
  const lines = linesOf(head);
  if (isWriteTest(head)) return () => new WriteTest();
  if (isJournalExport(head)) return (file) => new JournalReader(file);
  if (isCsv(head)) return (file) => new CsvReader(file, csvRows);
  if (lines.some(isExportLine)) return (file, tools) => new ExportReader(file, tools);
  const unasked = unaskedAs(lines[0] ?? '');
  return unasked === undefined ? undefined : (file) => new Refused(file, 'file-not-asked-for', unasked);
}

const kinds =
  'CloudTrail, flow, Resolver query, S3, load balancer, CloudFront, WAF or sshd logs, events of CloudWatch Logs, or findings';

/** By what a file begins with: undefined while there are only blanks. Of CloudTrail's own files a short look is enough. */
export function headOf(piece: Uint8Array): string | undefined {
  const first = piece.findIndex((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  if (first < 0) return undefined;
  const bytes = Buffer.from(piece.buffer, piece.byteOffset + first, piece.length - first);
  const look = bytes.toString('utf8', 0, limits.lookBytes);
  return isCloudTrail(look) ? look : bytes.toString('utf8', 0, limits.headBytes);
}

/** Whether a file that begins so is read as CloudTrail. */
export function isCalls(head: string): boolean {
  return isJson(head) && isLogEvents(head) !== true && jsonReader(head, -1) === undefined;
}

function isJson(head: string): boolean {
  return /^[{[]/.test(head);
}

/** JSON lines whose first is the rest of one: a log that was turned over, or cut to its end. */
function hasJsonLine(head: string): boolean {
  return head.includes('\n{"');
}

/** The kind of the first line that has one: a line before it that was damaged, or says no more than when, decides nothing. */
function textOf(head: string): TextSource | undefined {
  for (const line of linesOf(head)) {
    const source = texts.find(({ tells }) => tells(line));
    if (source !== undefined) return source;
    if (isFlow(line)) return undefined;
  }
  return undefined;
}

function linesOf(head: string): readonly string[] {
  return head.split('\n', limits.headLines).map((line) => line.trimEnd());
}

/** Words and numbers apart by blanks: its reader says what is wrong with it. */
const mayBeFlows = /^\ufeff?[\w.:/-]+(?:\s+[\w.:/-]+){4,}$/;

/** Waits for what tells the kind: a stream may give a few bytes at a time. */
class ToldByContent implements Reader {
  readonly #choose: (head: string, bytes: Uint8Array) => Reader;
  #chosen: Reader | undefined = undefined;
  #held: Uint8Array = new Uint8Array(0);

  constructor(choose: (head: string, bytes: Uint8Array) => Reader) {
    this.#choose = choose;
  }

  read(piece: Uint8Array, last: boolean): Batch {
    if (this.#chosen !== undefined) return this.#chosen.read(piece, last);
    const bytes = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    const head = headOf(bytes);
    if (head === undefined) return nothing;
    if (!last && bytes.length < limits.headBytes && !isEnough(head)) {
      this.#held = Uint8Array.from(bytes);
      return nothing;
    }
    this.#held = new Uint8Array(0);
    this.#chosen = this.#choose(head, bytes);
    return this.#chosen.read(bytes, last);
  }
}

function isEnough(head: string): boolean {
  if (isJson(head)) return isToldByFirstLine(head);
  if (hasJsonLine(head)) return true;
  const whole = head.slice(0, head.lastIndexOf('\n') + 1);
  if (whole === '') return false;
  return toldByLines(whole) !== undefined || textOf(whole) !== undefined || isFlow(linesOf(whole)[0]!);
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
