import type { Finding, FindingRef, Sighting } from '../model/finding.ts';

/** One intrusion told as one finding: what its `AttackSequence:*` sighting says, and what went into it. */
export interface Story {
  readonly sighting: Sighting;
  /** The findings that belong to it and were not yet named. */
  readonly of: readonly FindingRef[];
  /** Which finding it is, when it was told before. */
  readonly as?: FindingRef;
}

/** A step over sightings in event-time order, with state of its own. Sees what each sighting became in the hub. */
export interface Correlator {
  see(sighting: Sighting, finding: Finding): readonly Story[];
  /** The hub's answer: which finding a story became. */
  told(story: Story, as: FindingRef): void;
  /** After a restart: what was found before is remembered, and nothing is told of it. */
  recall(findings: Iterable<Finding>): void;
  /** Actors forgotten for want of room. */
  readonly evicted: number;
}

/** Tells nothing: every finding stands for itself. */
export const noStories: Correlator = { see: () => [], told: () => undefined, recall: () => undefined, evicted: 0 };

export function refOf({ account, region, id }: FindingRef): FindingRef {
  return { account, region, id };
}
