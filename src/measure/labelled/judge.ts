import type { Case } from './case.ts';

/** A case, and what was found in it: detector ids. */
export interface Seen {
  readonly case: Case;
  readonly found: readonly string[];
  /** False when no record of it could be read. */
  readonly isRead: boolean;
}

/** Counts of one detector, or of one group of cases. */
export interface Score {
  readonly name: string;
  /** Expected and found. */
  readonly hits: number;
  /** Expected and not found. */
  readonly missed: number;
  /** Found where it was not expected. */
  readonly spurious: number;
  /** Of what it found, how much was expected; undefined when it found nothing. */
  readonly precision: number | undefined;
  /** Of what was expected, how much it found; undefined when nothing was. */
  readonly recall: number | undefined;
}

export interface Judgement {
  readonly cases: number;
  readonly unread: readonly string[];
  readonly whole: Score;
  readonly detectors: readonly Score[];
  readonly groups: readonly Score[];
  readonly missed: readonly Wrong[];
  readonly spurious: readonly Wrong[];
}

/** A case that did not come out as expected, and the types that make the difference. */
export interface Wrong {
  readonly group: string;
  readonly name: string;
  readonly types: readonly string[];
}

/** A case that expects anything is hit by whatever speaks, and no detector misses it; one that expects nothing is spoilt by it. */
export function judge(all: readonly Seen[]): Judgement {
  const read = all.filter(({ isRead }) => isRead);
  const [whole, detectors, groups] = [new Tally(), new Map<string, Tally>(), new Map<string, Tally>()];
  const [missed, spurious]: Wrong[][] = [[], []];
  for (const seen of read) {
    const { expect, group, name } = seen.case;
    const wrong = wrongOf(seen);
    const ofGroup = at(groups, group);
    for (const id of seen.found) at(detectors, id).add(wrong.spurious.includes(id) ? 'spurious' : 'hits');
    for (const id of wrong.missed) if (id !== anything) at(detectors, id).add('missed');
    for (const tally of [whole, ofGroup]) {
      if (expect !== 'none') tally.add(wrong.missed.length > 0 ? 'missed' : 'hits');
      if (wrong.spurious.length > 0) tally.add('spurious');
    }
    if (wrong.missed.length > 0) missed?.push({ group, name, types: wrong.missed });
    if (wrong.spurious.length > 0) spurious?.push({ group, name, types: wrong.spurious });
  }
  return {
    cases: all.length,
    unread: all.filter(({ isRead }) => !isRead).map((seen) => `${seen.case.group} ${seen.case.name}`.trim()),
    whole: whole.score(''),
    detectors: scores(detectors),
    groups: scores(groups),
    missed: missed ?? [],
    spurious: spurious ?? [],
  };
}

const anything = 'anything';

function wrongOf({ case: { expect }, found }: Seen): { missed: readonly string[]; spurious: readonly string[] } {
  if (expect === 'none') return { missed: [], spurious: found };
  if (expect === 'any') return { missed: found.length === 0 ? [anything] : [], spurious: [] };
  return {
    missed: expect.filter((type) => !found.some((id) => isOf(id, type))),
    spurious: found.filter((id) => !expect.some((type) => isOf(id, type))),
  };
}

/** `Type#Signal` is of `Type`. */
function isOf(id: string, type: string): boolean {
  return id === type || id.startsWith(`${type}#`);
}

class Tally {
  #hits = 0;
  #missed = 0;
  #spurious = 0;

  add(what: 'hits' | 'missed' | 'spurious'): void {
    if (what === 'hits') this.#hits++;
    else if (what === 'missed') this.#missed++;
    else this.#spurious++;
  }

  score(name: string): Score {
    const [hits, missed, spurious] = [this.#hits, this.#missed, this.#spurious];
    const share = (of: number) => (of === 0 ? undefined : hits / of);
    return { name, hits, missed, spurious, precision: share(hits + spurious), recall: share(hits + missed) };
  }
}

function at(tallies: Map<string, Tally>, name: string): Tally {
  const known = tallies.get(name) ?? new Tally();
  tallies.set(name, known);
  return known;
}

function scores(tallies: ReadonlyMap<string, Tally>): readonly Score[] {
  return [...tallies].map(([name, tally]) => tally.score(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}
