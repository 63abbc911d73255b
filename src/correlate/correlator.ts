import type { Finding, Sighting } from '../model/finding.ts';

/** One intrusion told as one finding: what its `AttackSequence:*` sighting says, and what went into it. */
export interface Story {
  readonly sighting: Sighting;
  /** Ids of the findings that belong to it. */
  readonly of: readonly string[];
}

/** A step over sightings, with state of its own. Sees what each sighting became in the hub. */
export interface Correlator {
  see(sighting: Sighting, finding: Finding): readonly Story[];
}

/** Tells nothing: every finding stands for itself. */
export const noStories: Correlator = { see: () => [] };
