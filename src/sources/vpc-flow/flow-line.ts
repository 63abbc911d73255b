import { derivedId } from '../../aws/id.ts';
import type { Address, Evidence, Origin, Path } from '../../model/activity.ts';
import type { Json } from '../../model/json.ts';
import type { Place } from '../../model/problem.ts';
import type { Addresses } from '../addresses.ts';
import type { Row } from '../batch.ts';
import type { Interner } from '../interner.ts';
import { evidenceOf, numberOf } from '../json-activity.ts';
import { Fingerprint } from '../span-value.ts';

/** One line of a flow log, seen through the ends of its fields. Moved from line to line. */
export class FlowLine implements Row {
  readonly kind = 'network-flow';
  readonly source = 'vpc-flow';
  readonly principal = '';
  readonly error = '';
  origin: Origin | undefined = undefined;
  time = 0;
  readonly #interner: Interner;
  readonly #addresses: Addresses;
  readonly #print = new Fingerprint();
  #columns: ReadonlyMap<string, number> = new Map();
  #bytes: Buffer = Buffer.alloc(0);
  /** The line's start, then the end of each field. */
  #ends: Int32Array = new Int32Array(0);
  #first = 0;
  #place: Place = { file: -1, offset: 0 };

  constructor(interner: Interner, addresses: Addresses) {
    this.#interner = interner;
    this.#addresses = addresses;
  }

  move(lines: Lines, index: number, place: Place): void {
    this.#columns = lines.columns;
    this.#bytes = lines.bytes;
    this.#ends = lines.ends;
    this.#first = index * (lines.width + 1);
    this.time = lines.times[index]!;
    this.#place = place;
    this.origin = undefined;
  }

  get name(): string {
    return this.text('action') ?? '';
  }

  get id(): string {
    return derivedId(flowIdentity.map((name) => this.text(name) ?? ''));
  }

  /** The same record in another order of fields is the same record. */
  get fingerprint(): number {
    const print = this.#print.begin();
    for (const name of flowIdentity) {
      print.add(space, 0, 1);
      const column = this.#columns.get(name);
      if (column === undefined) continue;
      const start = this.#startOf(column);
      const end = this.#ends[this.#first + column + 1]!;
      if (end - start !== 1 || this.#bytes[start] !== 0x2d) print.add(this.#bytes, start, end);
    }
    return print.value;
  }

  get account(): string {
    return this.text('account-id') ?? '';
  }

  get region(): string {
    return this.text('region') ?? '';
  }

  get address(): Address | undefined {
    return this.#addresses.of(this.text('srcaddr') ?? '');
  }

  get place(): Place {
    return this.#place;
  }

  text(path: Path): string | undefined {
    const column = this.#columns.get(path);
    if (column === undefined) return undefined;
    const start = this.#startOf(column);
    const end = this.#ends[this.#first + column + 1]!;
    if (end - start === 1 && this.#bytes[start] === 0x2d) return undefined;
    return this.#interner.text(this.#bytes, start, end);
  }

  json(path: Path): Json | undefined {
    return this.text(path);
  }

  number(path: Path): number | undefined {
    return numberOf(this.text(path));
  }

  flag(): boolean | undefined {
    return undefined;
  }

  list(): readonly string[] {
    return [];
  }

  has(path: Path): boolean {
    return this.text(path) !== undefined;
  }

  keep(): Evidence {
    return evidenceOf(this);
  }

  #startOf(column: number): number {
    const end = this.#ends[this.#first + column]!;
    return column === 0 ? end : end + 1;
  }
}

const space = Buffer.from(' ');

/** What tells one flow record from another. */
export const flowIdentity = [
  'account-id',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'flow-direction',
] as const;

/** The lines of one piece, with `width` fields each. */
export interface Lines {
  readonly bytes: Buffer;
  readonly columns: ReadonlyMap<string, number>;
  readonly width: number;
  readonly ends: Int32Array;
  readonly times: readonly number[];
}
