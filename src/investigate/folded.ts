import { hashesOf } from '../model/hash.ts';
import type { Known } from './known.ts';
import { limits } from './limits.ts';
import type { Tally } from './tallies.ts';

/** Principals of which there was no room to tell one by one. */
export interface FoldedSummary {
  /** How many; some that came again after they had been folded may be told by themselves as well. */
  readonly principals: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly calls: Readonly<Record<string, Readonly<Tally>>>;
}

/** What quiet principals did together. Who is in it is known by a few bits each, so a stranger is rarely taken for one. */
export class Folded {
  #principals = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  readonly #calls = new Map<string, Tally>();
  #bits: Uint32Array | undefined = undefined;

  add(known: Known): void {
    if (!this.has(known.principal)) this.#principals++;
    this.#first = Math.min(this.#first, known.first);
    this.#last = Math.max(this.#last, known.last);
    for (const [family, { tried, refused }] of known.tallies.entries()) {
      const tally = this.#calls.get(family) ?? { tried: 0, refused: 0 };
      tally.tried += tried;
      tally.refused += refused;
      this.#calls.set(family, tally);
    }
    this.#bits ??= new Uint32Array(limits.foldedBits / 32);
    for (const bit of bitsOf(known.principal)) this.#bits[bit >>> 5]! |= 1 << (bit & 31);
  }

  has(principal: string): boolean {
    const bits = this.#bits;
    return bits !== undefined && bitsOf(principal).every((bit) => (bits[bit >>> 5]! & (1 << (bit & 31))) !== 0);
  }

  summary(): FoldedSummary | undefined {
    if (this.#principals === 0) return undefined;
    return {
      principals: this.#principals,
      firstSeen: this.#first,
      lastSeen: this.#last,
      calls: Object.fromEntries([...this.#calls].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}

/** Five places of a text, by two hashes. */
function bitsOf(text: string): readonly number[] {
  const [a, b] = hashesOf(text);
  return [0, 1, 2, 3, 4].map((n) => ((a + n * (b | 1)) >>> 0) % limits.foldedBits);
}
