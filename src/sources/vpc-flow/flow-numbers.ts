import type { Flow } from '../../model/activity.ts';
import {
  type FlowRows,
  flowAt,
  flowMarks,
  flowRows,
  flowStride,
  protocolShift,
  smallAt,
} from '../../model/flow-rows.ts';

/** One row of flows. Moved from row to row. */
export class FlowNumbers implements Flow {
  rows = none;
  row = 0;
  #first = 0;

  move(rows: FlowRows, row: number): void {
    this.rows = rows;
    this.row = row;
    this.#first = row * flowStride;
  }

  get time(): number {
    return this.rows.times[this.row]!;
  }

  get fingerprint(): number {
    return this.rows.numbers[this.#first + flowAt.fingerprint]!;
  }

  get owner(): number {
    return this.rows.numbers[this.#first + flowAt.owner]!;
  }

  get srcaddr(): number {
    return this.rows.numbers[this.#first + flowAt.srcaddr]!;
  }

  get dstaddr(): number {
    return this.rows.numbers[this.#first + flowAt.dstaddr]!;
  }

  get srcport(): number {
    return this.#small(smallAt.srcport);
  }

  get dstport(): number {
    return this.#small(smallAt.dstport);
  }

  get protocol(): number {
    return this.marks >> protocolShift;
  }

  /** The sum of `flowMarks`. */
  get marks(): number {
    return this.#small(smallAt.marks);
  }

  get packets(): number {
    return this.rows.numbers[this.#first + flowAt.packets]!;
  }

  get bytes(): number {
    return this.rows.numbers[this.#first + flowAt.bytes]!;
  }

  get accepted(): boolean {
    return this.is(flowMarks.accepted);
  }

  get direction(): 'ingress' | 'egress' | undefined {
    return this.is(flowMarks.egress) ? 'egress' : this.is(flowMarks.ingress) ? 'ingress' : undefined;
  }

  /** Where its line begins in its piece. */
  get line(): number {
    return this.#small(smallAt.line);
  }

  is(mark: number): boolean {
    return (this.marks & mark) !== 0;
  }

  #small(at: number): number {
    return this.rows.small[2 * this.#first + at]!;
  }
}

const none = flowRows(new Float64Array(flowStride), new Float64Array(1), true);

/** The id of a flow record, which AWS gives none. */
export function idOf(fingerprint: number): string {
  const upper = Math.floor(fingerprint / 2 ** 32).toString(16);
  return `flow-${upper.padStart(6, '0')}${(fingerprint >>> 0).toString(16).padStart(8, '0')}`;
}
