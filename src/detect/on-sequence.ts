import type { Activity, Evidence, Path } from '../model/activity.ts';
import type { Words } from '../model/words.ts';
import { type About, type Detector, idOf, type Seen, type When } from './detector.ts';
import type { World } from './world.ts';

/** Steps of one key, in this order, within a window. A step that came is kept until a later first step replaces it. */
export interface SequenceDetection<P extends Path> extends About<P> {
  readonly steps: readonly SequenceStep<P>[];
  /** From the first step to the last. */
  readonly windowMs: number;
  readonly says: (seen: Seen<P>, evidence: readonly Evidence[], world: World) => Words;
}

export interface SequenceStep<P extends Path> {
  readonly when: When<P>;
  /** What the steps have in common: the user that was made is the user that acts. */
  readonly key: (seen: Seen<P>) => string | undefined;
}

export function onSequence<const P extends Path>(detection: SequenceDetection<P>): Detector {
  const { steps, windowMs, says } = detection;
  const stepOf = (activity: Activity, world: World) => steps.findIndex(({ when }) => when(activity, world));
  return {
    id: idOf(detection),
    about: detection,
    keyed: true,
    windowMs,
    concerns: (activity, world) => steps[stepOf(activity, world)]?.key(activity),
    step(state, activity, world) {
      // Only this function makes the state that the engine hands back.
      const before = (state as readonly Evidence[] | undefined) ?? [];
      const current = before.length > 0 && activity.time - before[0]!.time <= windowMs ? before : [];
      const step = stepOf(activity, world);
      if (step === 0 && current.length <= 1) return { state: [activity.keep()] };
      if (step !== current.length) return { state: current.length > 0 ? current : undefined };
      const evidence = [...current, activity.keep()];
      if (evidence.length < steps.length) return { state: evidence };
      return { state: undefined, says: { description: says(activity, evidence, world), evidence } };
    },
  };
}
