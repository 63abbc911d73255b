import type { Flow } from '../../model/activity.ts';
import { hashOfText } from './scan.ts';
import { fingerprintAt, slots, stride } from './slots.ts';

/** A flow as the scan left it. Moved from line to line. */
export class FlowNumbers implements Flow {
  #values: Float64Array = new Float64Array(stride);
  #first = 0;

  move(values: Float64Array, first: number): void {
    this.#values = values;
    this.#first = first;
  }

  at(slot: number): number {
    return this.#values[this.#first + slot]!;
  }

  get fingerprint(): number {
    return fingerprintAt(this.#values, this.#first);
  }

  /** Both are hashes or numbers of twelve digits: their sum is as good as they are. */
  get owner(): number {
    return this.at(slots.account) + this.at(slots.interface);
  }

  get srcaddr(): number {
    return this.at(slots.srcaddr);
  }

  get dstaddr(): number {
    return this.at(slots.dstaddr);
  }

  get srcport(): number {
    return this.at(slots.srcport);
  }

  get dstport(): number {
    return this.at(slots.dstport);
  }

  get protocol(): number {
    return this.at(slots.protocol);
  }

  get packets(): number {
    return this.at(slots.packets);
  }

  get bytes(): number {
    return this.at(slots.bytes);
  }

  get accepted(): boolean {
    return this.at(slots.action) === accept;
  }

  get direction(): 'ingress' | 'egress' | undefined {
    const direction = this.at(slots.direction);
    return direction === egress ? 'egress' : direction === ingress ? 'ingress' : undefined;
  }
}

/** The id of a flow record, which AWS gives none. */
export function idOf(fingerprint: number): string {
  return `flow-${fingerprint.toString(16).padStart(14, '0')}`;
}

const [accept, ingress, egress] = ['ACCEPT', 'ingress', 'egress'].map(hashOfText);
