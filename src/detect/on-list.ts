import type { Path } from '../model/activity.ts';
import type { Words } from '../model/words.ts';
import { type About, type Detector, idOf, type Seen, type When } from './detector.ts';
import type { ListMatch, ListUse, World } from './world.ts';

/** A value of the activity (the caller's address, the other end of a flow, a queried name) is on a list, which it needs. */
export interface ListDetection<P extends Path> extends About<P> {
  readonly list: ListUse;
  readonly value: (seen: Seen<P>) => string | undefined;
  readonly when?: When<P>;
  readonly says: (seen: Seen<P>, match: ListMatch, world: World) => Words;
}

export function onList<const P extends Path>(detection: ListDetection<P>): Detector {
  const { list, value, when, says } = detection;
  const matchOf = (seen: Seen<P>, world: World) => {
    const present = value(seen);
    return present === undefined ? undefined : world.lists.match(list, present, seen);
  };
  return {
    id: idOf(detection),
    about: { ...detection, needs: [...(detection.needs ?? []), list] },
    keyed: false,
    windowMs: 0,
    // The list is asked last: most activities fail the cheaper conditions.
    concerns: (activity, world) =>
      (when?.(activity, world) ?? true) && matchOf(activity, world) !== undefined ? '' : undefined,
    step(_state, activity, world) {
      const match = matchOf(activity, world);
      if (match === undefined) return { state: undefined };
      const additional = { threatListName: match.list, threatName: match.entry };
      const description = says(activity, match, world);
      return { state: undefined, says: { description, evidence: [activity.keep()], additional } };
    },
  };
}
