import { addressOf } from '../aws/address.ts';
import type { Address } from '../model/activity.ts';
import { limits } from './limits.ts';

/** Addresses are read once: a log has few, and many records of each. */
export class Addresses {
  #known = new Map<string, Address | undefined>();

  of(text: string): Address | undefined {
    const known = this.#known.get(text);
    if (known !== undefined || text === '') return known;
    if (this.#known.size >= limits.addresses) this.#known = new Map();
    const address = addressOf(text);
    this.#known.set(text, address);
    return address;
  }
}
