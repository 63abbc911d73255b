import type { Path } from '../model/activity.ts';
import type { Words } from '../model/words.ts';
import { type About, type Detector, idOf, type Seen, type When } from './detector.ts';
import type { World } from './world.ts';

/** One activity is enough. */
export interface ActivityDetection<P extends Path> extends About<P> {
  readonly when: When<P>;
  readonly says: (seen: Seen<P>, world: World) => Words;
}

export function onActivity<const P extends Path>(detection: ActivityDetection<P>): Detector {
  const { when, says } = detection;
  return {
    id: idOf(detection),
    about: detection,
    keyed: false,
    windowMs: 0,
    concerns: (activity, world) => (when(activity, world) ? '' : undefined),
    step: (_state, activity, world) => ({
      state: undefined,
      says: { description: says(activity, world), evidence: [activity.keep()] },
    }),
  };
}
