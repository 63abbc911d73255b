import type { JsonObject } from '../model/json.ts';
import { flowsMax } from './limits.ts';

type Fate = 'ACCEPT' | 'REJECT';

interface SeenFlow {
  readonly fate: Fate;
  /** The last packet, epoch seconds. */
  readonly at: number;
}

/** The drill's own flow logs: how the last packet from one address to another fared, at all interfaces together. */
export class FlowWitness {
  readonly #last = new Map<string, SeenFlow>();
  #watching = false;

  get watching(): boolean {
    return this.#watching;
  }

  watch(): void {
    this.#watching = true;
  }

  /** A flow record with all its fields. */
  see(record: JsonObject): void {
    if (!this.#watching) return;
    const { srcaddr, dstaddr, dstport } = record;
    const seen: SeenFlow = { fate: record['action'] === 'REJECT' ? 'REJECT' : 'ACCEPT', at: Number(record['end']) };
    this.#keep(`${srcaddr} ${dstaddr}`, seen);
    this.#keep(`${srcaddr} ${dstaddr}:${dstport}`, seen);
  }

  /** `to` is an address, or an address and a port. */
  last(from: string, to: string): SeenFlow | undefined {
    return this.#last.get(`${from} ${to}`);
  }

  /** One interface lets a packet out, the next one refuses it: it was refused. */
  #keep(key: string, seen: SeenFlow): void {
    const known = this.#last.get(key);
    if (known !== undefined && (known.at > seen.at || (known.at === seen.at && known.fate === 'REJECT'))) return;
    this.#last.delete(key);
    this.#last.set(key, seen);
    if (this.#last.size > flowsMax) this.#last.delete(this.#last.keys().next().value ?? '');
  }
}
