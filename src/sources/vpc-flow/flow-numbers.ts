import type { Flow } from '../../model/activity.ts';
import { marks, type Packed, packed, packedSmall, packedStride } from './packed.ts';

/** A flow as it was packed. Moved from line to line. */
export class FlowNumbers implements Flow {
  #numbers = new Float64Array(packedStride);
  #small = new Int32Array(2 * packedStride);
  #first = 0;

  move({ numbers, small }: Packed, line: number): void {
    this.#numbers = numbers;
    this.#small = small;
    this.#first = line * packedStride;
  }

  get fingerprint(): number {
    return this.#numbers[this.#first + packed.fingerprint]!;
  }

  get owner(): number {
    return this.#numbers[this.#first + packed.owner]!;
  }

  get srcaddr(): number {
    return this.#numbers[this.#first + packed.srcaddr]!;
  }

  get dstaddr(): number {
    return this.#numbers[this.#first + packed.dstaddr]!;
  }

  get srcport(): number {
    return this.#small[2 * this.#first + packedSmall.srcport]!;
  }

  get dstport(): number {
    return this.#small[2 * this.#first + packedSmall.dstport]!;
  }

  get protocol(): number {
    return this.#marks >> 8;
  }

  get packets(): number {
    return this.#numbers[this.#first + packed.packets]!;
  }

  get bytes(): number {
    return this.#numbers[this.#first + packed.bytes]!;
  }

  get accepted(): boolean {
    return this.is(marks.accepted);
  }

  get direction(): 'ingress' | 'egress' | undefined {
    return this.is(marks.egress) ? 'egress' : this.is(marks.ingress) ? 'ingress' : undefined;
  }

  get line(): number {
    return this.#small[2 * this.#first + packedSmall.line]!;
  }

  is(mark: number): boolean {
    return (this.#marks & mark) !== 0;
  }

  get #marks(): number {
    return this.#small[2 * this.#first + packedSmall.marks]!;
  }
}

/** The id of a flow record, which AWS gives none. */
export function idOf(fingerprint: number): string {
  return `flow-${fingerprint.toString(16).padStart(14, '0')}`;
}
