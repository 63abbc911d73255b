import { byNetwork } from '../../aws/address.ts';
import { type FlowRows, flowBounds, flowRows, flowStride } from '../../model/flow-rows.ts';
import { instanceOf, type Memory, newMemory, reach } from '../../model/wasm.ts';
import { module } from '../generated/scan-flows-module.ts';
import type { Spare } from '../spare.ts';

export type SpareNumbers = Spare<Float64Array<ArrayBuffer>>;

/** A line that is no flow: its time is none, or its fields are not as many as the columns. */
export interface OddLine {
  readonly start: number;
  readonly end: number;
  readonly fields: number;
}

/** What a piece gave, without its rows. */
export interface ScannedLines {
  readonly size: number;
  readonly noData: number;
  readonly skipData: number;
  /** Where the line begins whose account most rows have. */
  readonly usualLine: number;
}

/**
 * One pass over lines of flow logs in WebAssembly (tools/scan-flows/): numbers and addresses become numbers, what is text
 * becomes a hash, and what is not of the expected form a negative hash. The rows lie in its memory until they are copied.
 */
export class FlowScanner {
  readonly #memory: Memory = newMemory();
  readonly #scan = instanceOf<Exports>(module, this.#memory);

  constructor() {
    const { packets, bytesPerPacket, loginBytes, loginPorts } = flowBounds;
    const { SSH, RDP, WinRM } = loginPorts;
    this.#scan.bound(packets, bytesPerPacket, loginBytes, ...SSH, ...RDP, ...WinRM);
    const networks = new Uint8Array(this.#memory.buffer, this.#scan.networksAt());
    const told = byNetwork(16);
    for (let at = 0; at < told.length; at++) networks[at >> 2]! |= told[at]! << (2 * (at & 3));
  }

  /** Lines between two places of a piece, the first of which begins a line and the second ends one. */
  over(columns: Columns, bytes: Uint8Array, from: number, to: number, odd: (line: OddLine) => void): ScannedLines {
    const scan = this.#scan;
    const ends = endsOfWindows(bytes, from, to);
    const longest = ends.reduce((most, end, index) => Math.max(most, end - (ends[index - 1] ?? from)), 0);
    const rowsAt = pieceAt + longest + behind;
    reach(this.#memory, rowsAt);
    let memory = new Uint8Array(this.#memory.buffer);
    memory.set(columns, scan.columnsAt());
    scan.lay(columns.length / 2);
    scan.begin(rowsAt);
    let at = from;
    for (const end of ends) {
      // Where memory has grown, its views are empty.
      if (memory.length === 0) memory = new Uint8Array(this.#memory.buffer);
      memory.set(bytes.subarray(at, end), pieceAt);
      scan.lines(pieceAt, pieceAt + end - at, at);
      while (scan.scan() !== 0) odd({ start: scan.oddStart(), end: scan.oddEnd(), fields: scan.oddFields() });
      at = end;
    }
    scan.sort();
    return {
      size: scan.rows(),
      noData: scan.linesWithoutData(),
      skipData: scan.linesSkipped(),
      usualLine: scan.usualLine(),
    };
  }

  /** The rows of the last piece, copied. */
  rows(spare: SpareNumbers): FlowRows {
    const { buffer } = this.#memory;
    const size = this.#scan.rows();
    const numbers = new Float64Array(buffer, this.#scan.rowsAt(), flowStride * size);
    const times = new Float64Array(buffer, this.#scan.timesAt(), size);
    return flowRows(spare.copy(numbers, numbers.length), spare.copy(times, size), this.#scan.rowsOfOthers() === 0);
  }
}

/** For each column two bytes: how it is read, and where its value goes. */
export type Columns = Uint8Array & { readonly columns: unique symbol };

export function columnsOf(fields: readonly string[]): Columns {
  // In a log without starts the ends tell the time.
  const time = fields.includes('start') ? 'start' : 'end';
  const columns = fields.flatMap((field) => (field === time ? ways.start : (ways[field] ?? skipped)));
  return Uint8Array.from(columns) as Columns;
}

/** As the module numbers them. */
const [number, address, text] = [1, 2, 3];
const skipped = [0, 15] as const;
const ways: Readonly<Record<string, readonly [way: number, value: number]>> & {
  readonly start: readonly [number, number];
} = {
  start: [number, 0],
  'account-id': [text, 1],
  'interface-id': [text, 2],
  srcaddr: [address, 3],
  dstaddr: [address, 4],
  srcport: [number, 5],
  dstport: [number, 6],
  protocol: [number, 7],
  packets: [number, 8],
  bytes: [number, 9],
  end: [number, 10],
  action: [text, 11],
  'flow-direction': [text, 12],
  'log-status': [text, 13],
};

/** Fields that are read; the others are looked at when somebody asks. */
export const scannedFields = Object.keys(ways);

/**
 * Where parts of a piece end that the processor's nearest memory holds: after a line break each. A piece with a line that is
 * longer is one part.
 */
function endsOfWindows(bytes: Uint8Array, from: number, to: number): readonly number[] {
  const ends: number[] = [];
  for (let at = from; to - at > windowBytes; at = ends.at(-1)!) {
    const end = bytes.lastIndexOf(lineBreak, at + windowBytes - 1) + 1;
    if (end <= at) return [to];
    ends.push(end);
  }
  return [...ends, to];
}

const windowBytes = 65_536;
const lineBreak = 0x0a;
/** Behind the module's own memory. */
const pieceAt = 65_536;
/** It looks at so many bytes behind lines. */
const behind = 4_096;

/** The module exports exactly these. */
interface Exports {
  columnsAt(): number;
  networksAt(): number;
  bound(
    fewPackets: number,
    smallBytes: number,
    loginBytes: number,
    ...loginPorts: readonly [number, number, number, number]
  ): void;
  lay(columns: number): void;
  begin(rowsAt: number): void;
  lines(from: number, to: number, offset: number): void;
  scan(): number;
  sort(): void;
  rows(): number;
  rowsAt(): number;
  timesAt(): number;
  rowsOfOthers(): number;
  usualLine(): number;
  linesWithoutData(): number;
  linesSkipped(): number;
  oddStart(): number;
  oddEnd(): number;
  oddFields(): number;
}
