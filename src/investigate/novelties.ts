import { cutOf, type Weighed } from '../model/weight.ts';
import type { Words } from '../model/words.ts';
import { limits } from './limits.ts';

/** Something that a principal did not do in all its time before. */
export interface Novelty {
  readonly kind: 'region' | 'network' | 'agent' | 'purpose';
  readonly value: string;
  readonly firstSeen: number;
}

export const noveltyWords: Readonly<Record<Novelty['kind'], Words>> = {
  region: { en: 'region', ja: 'リージョン' },
  network: { en: 'network', ja: 'ネットワーク' },
  agent: { en: 'agent', ja: 'エージェント' },
  purpose: { en: 'purpose', ja: '目的' },
};

/** What is new for one principal, once it is known for a day and by enough calls. Activities come in time order. */
export class Novelties implements Weighed {
  /** Few of each kind, as in `Counts`: lists are smaller than sets. */
  readonly #known: Record<Novelty['kind'], readonly string[]> = {
    region: none,
    network: none,
    agent: none,
    purpose: none,
  };
  #found: readonly Novelty[] = none;
  weighs = 240;

  /** `calls` and `since`: what was known of the principal before. */
  see(kind: Novelty['kind'], value: string, now: { time: number; calls: number; since: number }): void {
    const known = this.#known[kind];
    const text = cutOf(value, limits.characters);
    if (text === '' || known.includes(text) || known.length >= limits.values) return;
    this.#known[kind] = known.concat(text);
    this.weighs += 48 + text.length;
    const isKnown = now.calls >= limits.usualCalls && now.time - now.since >= limits.usualMs;
    if (!isKnown) return;
    this.#found = [...this.#found, { kind, value: text, firstSeen: now.time }];
    this.weighs += 64;
  }

  get found(): readonly Novelty[] {
    return this.#found;
  }
}

const none: readonly never[] = [];
