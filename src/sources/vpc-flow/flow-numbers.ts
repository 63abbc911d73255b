import type { Flow } from '../../model/activity.ts';
import { marks, noPort, packed, packedStride } from './packed.ts';

/** A flow as it was packed. Moved from line to line. */
export class FlowNumbers implements Flow {
  #numbers = new Float64Array(packedStride);
  #first = 0;

  move(numbers: Float64Array<ArrayBuffer>, first: number): void {
    this.#numbers = numbers;
    this.#first = first;
  }

  get fingerprint(): number {
    return this.#at(packed.fingerprint);
  }

  get owner(): number {
    return this.#at(packed.owner);
  }

  get srcaddr(): number {
    return this.#at(packed.srcaddr);
  }

  get dstaddr(): number {
    return this.#at(packed.dstaddr);
  }

  get srcport(): number {
    return given(Math.floor(this.#at(packed.ports) / 0x20000));
  }

  get dstport(): number {
    return given(this.#at(packed.ports) % 0x20000);
  }

  get protocol(): number {
    return this.#at(packed.packets) & 255;
  }

  get packets(): number {
    return Math.floor(this.#at(packed.packets) / 256);
  }

  get bytes(): number {
    return this.#at(packed.bytes);
  }

  get accepted(): boolean {
    return this.is(marks.accepted);
  }

  get direction(): 'ingress' | 'egress' | undefined {
    return this.is(marks.egress) ? 'egress' : this.is(marks.ingress) ? 'ingress' : undefined;
  }

  get line(): number {
    return Math.floor(this.#at(packed.line) / 16);
  }

  is(mark: number): boolean {
    return (this.#at(packed.line) & mark) !== 0;
  }

  #at(slot: number): number {
    return this.#numbers[this.#first + slot]!;
  }
}

function given(port: number): number {
  return port === noPort ? -1 : port;
}

/** The id of a flow record, which AWS gives none. */
export function idOf(fingerprint: number): string {
  return `flow-${fingerprint.toString(16).padStart(14, '0')}`;
}
