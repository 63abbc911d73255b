import type { Detector } from './detector.ts';
import { call } from './examples.ts';
import type { NamedCall } from './on-call.ts';

interface Routine {
  readonly since: number;
}

/** The call, and another principal who may make it. */
interface Example extends NamedCall {
  readonly name: string;
  readonly another?: string;
}

/**
 * What a principal has done since an earlier day is its work, and told of no more; on the first day it is told of. For
 * calls that harm nothing by themselves and that people make all day.
 */
export function exceptRoutine(detector: Detector, example: Example): Detector {
  const { about } = detector;
  const { name, another = 'bob', ...given } = example;
  const at = (hours: number, by = example.by ?? 'alice') => call(name, { ...given, at: hours * 3_600, by });
  return {
    ...detector,
    about: {
      ...about,
      examples: {
        fires: { ...about.examples.fires, 'another one, whose work it is not': [at(0), at(30, another)] },
        stays: about.examples.stays,
      },
    },
    windowMs,
    concerns: (activity, world) => (detector.concerns(activity, world) === undefined ? undefined : activity.principal),
    step(state, activity, world) {
      const known = (state as Routine | undefined) ?? { since: activity.time };
      if (activity.time - known.since >= dayMs) return { state: known };
      const { says } = detector.step(undefined, activity, world);
      return says === undefined ? { state: known } : { state: known, says };
    },
  };
}

const dayMs = 86_400_000;
/** Who did not do it for a month begins anew. */
const windowMs = 30 * dayMs;
