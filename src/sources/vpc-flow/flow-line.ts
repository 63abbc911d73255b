import type { Address, Evidence, Origin, Path } from '../../model/activity.ts';
import { type FlowRows, flowMarks } from '../../model/flow-rows.ts';
import type { Json } from '../../model/json.ts';
import type { Place } from '../../model/problem.ts';
import type { Addresses } from '../addresses.ts';
import type { Row } from '../batch.ts';
import type { Interner } from '../interner.ts';
import { evidenceOf, numberOf } from '../json-activity.ts';
import { FlowNumbers, idOf } from './flow-numbers.ts';

/** One line of a flow log. Moved from line to line; its numbers are there, its texts are made when somebody asks. */
export class FlowLine implements Row {
  readonly kind = 'network-flow';
  readonly source = 'vpc-flow';
  readonly principal = '';
  readonly error = '';
  origin: Origin | undefined = undefined;
  readonly flow = new FlowNumbers();
  readonly #interner: Interner;
  readonly #addresses: Addresses;
  #lines!: Lines;
  /** Where the line begins, then where each of its fields ends, once somebody asked for one. */
  readonly #ends: number[] = [];
  #isSplit = false;
  /** Of its columns, as far as somebody asked: several do. */
  readonly #texts: (string | undefined)[] = [];

  constructor(interner: Interner, addresses: Addresses) {
    this.#interner = interner;
    this.#addresses = addresses;
  }

  move(lines: Lines, index: number): void {
    this.#lines = lines;
    this.flow.move(lines.rows, index);
    this.#isSplit = false;
    this.origin = undefined;
  }

  get time(): number {
    return this.flow.time;
  }

  get name(): string {
    return this.flow.accepted ? 'ACCEPT' : (this.text('action') ?? '');
  }

  get id(): string {
    return idOf(this.fingerprint);
  }

  get fingerprint(): number {
    return this.flow.fingerprint;
  }

  /** Asked of every line, and nearly always the same. */
  get account(): string {
    return this.flow.is(flowMarks.usualAccount) ? this.#lines.account : (this.text('account-id') ?? '');
  }

  get region(): string {
    return this.text('region') ?? '';
  }

  get address(): Address | undefined {
    return this.#addresses.of(this.text('srcaddr') ?? '');
  }

  get place(): Place {
    return this.#lines.placeOf(this.flow.line);
  }

  text(path: Path): string | undefined {
    const { columns, bytes } = this.#lines;
    const column = columns.get(path);
    if (column === undefined) return undefined;
    if (!this.#isSplit) this.#split();
    const known = this.#texts[column];
    if (known !== undefined) return known;
    const end = this.#ends[column + 1]!;
    const start = this.#ends[column]! + (column === 0 ? 0 : 1);
    if (end - start === 1 && bytes[start] === 0x2d) return undefined;
    const text = this.#interner.text(bytes, start, end);
    this.#texts[column] = text;
    return text;
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

  #split(): void {
    const { bytes, width } = this.#lines;
    const ends = this.#ends;
    let at = this.flow.line;
    ends[0] = at;
    for (let column = 1; column <= width; column++) {
      while (bytes[at]! > 0x20) at++;
      ends[column] = at++;
      this.#texts[column - 1] = undefined;
    }
    this.#isSplit = true;
  }
}

/** The lines of one piece. */
export interface Lines {
  readonly bytes: Buffer;
  readonly columns: ReadonlyMap<string, number>;
  readonly width: number;
  readonly rows: FlowRows;
  /** The usual one. */
  readonly account: string;
  /** Where a line is that begins there. */
  placeOf(line: number): Place;
}
