import type { Path } from '../model/activity.ts';
import type { Words } from '../model/words.ts';
import { type About, type Detector, idOf, type Seen } from './detector.ts';
import { limits } from './limits.ts';
import type { World } from './world.ts';

/**
 * What somebody may do every day is done from a place where they never were. A place is theirs once they have been
 * there for a day, or were there when they became known: so that who holds stolen credentials cannot make a place usual
 * by looking around from it first.
 */
export interface ElsewhereDetection<P extends Path> extends About<P> {
  readonly key: (seen: Seen<P>) => string;
  /** Where it is done; '' where nobody can say. */
  readonly place: (seen: Seen<P>, world: World) => string;
  /** What is told of when it is done elsewhere; everything else only shows where the key is. */
  readonly isGrave: (seen: Seen<P>, world: World) => boolean;
  /** A key younger than this only learns. */
  readonly learnMs: number;
  readonly says: (seen: Seen<P>, place: string) => Words;
}

/** Replaced, never changed: a replayed step sees what it saw. */
interface Known {
  readonly since: number;
  /** place -> first seen, or that it is theirs. */
  readonly places: ReadonlyMap<string, number>;
}

export function onElsewhere<const P extends Path>(detection: ElsewhereDetection<P>): Detector {
  const { key, place, isGrave, learnMs, says } = detection;
  return {
    id: idOf(detection),
    about: detection,
    keyed: true,
    learns: true,
    steady: true,
    windowMs,
    concerns: key,
    step(state, activity, world) {
      // Only this function makes the state that the engine hands back.
      const before = (state as Known | undefined) ?? { since: activity.time, places: new Map() };
      const present = place(activity, world);
      if (present === '') return { state: before };
      const first = before.places.get(present);
      // What is theirs stays so, for a record that comes late too.
      if (first === theirs) return { state: before, until: Number.POSITIVE_INFINITY };
      const isTheirs = activity.time - before.since < learnMs || activity.time - (first ?? activity.time) >= settledMs;
      if (isTheirs) return { state: joined(before, present, theirs) };
      const after = first === undefined ? joined(before, present, activity.time) : before;
      if (!isGrave(activity, world)) return { state: after };
      return { state: after, says: { description: says(activity, present), evidence: [activity.keep()] } };
    },
  };
}

function joined({ since, places }: Known, place: string, first: number): Known {
  const all = new Map(places).set(place, first);
  if (all.size > limits.placesPerKey) all.delete(all.keys().next().value!);
  return { since, places: all };
}

const theirs = Number.NEGATIVE_INFINITY;
const settledMs = 24 * 3_600_000;
const windowMs = 90 * 24 * 3_600_000;
