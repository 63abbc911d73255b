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
export class Novelties {
  readonly #known = new Set<string>();
  readonly #found: Novelty[] = [];

  /** `calls` and `since`: what was known of the principal before. */
  see(kind: Novelty['kind'], value: string, now: { time: number; calls: number; since: number }): void {
    const name = `${kind} ${value}`;
    if (value === '' || this.#known.has(name) || this.#known.size >= limits.values * kinds) return;
    this.#known.add(name);
    const isKnown = now.calls >= limits.usualCalls && now.time - now.since >= limits.usualMs;
    if (isKnown) this.#found.push({ kind, value, firstSeen: now.time });
  }

  get found(): readonly Novelty[] {
    return this.#found;
  }
}

const kinds = 4;
