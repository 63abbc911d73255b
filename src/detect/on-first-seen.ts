import type { Path } from '../model/activity.ts';
import type { Words } from '../model/words.ts';
import { brief } from './brief.ts';
import { type About, type Detector, idOf, type Seen, type When } from './detector.ts';
import { limits } from './limits.ts';
import { spanOf } from './memory.ts';
import type { World } from './world.ts';

/** A key does something that it did not do before (a region, a network, an API), once it is known for a while. */
export interface FirstSeenDetection<P extends Path> extends About<P> {
  readonly when: When<P>;
  readonly key: (seen: Seen<P>) => string;
  /** What is new or not; undefined where the activity only shows that the key is there. */
  readonly value: (seen: Seen<P>, world: World) => string | undefined;
  /** True where key and value follow from who makes which call from where, and the region. */
  readonly steady?: boolean;
  /** A key younger than this only learns. */
  readonly learnMs: number;
  /** True: a key that is still learning is told of too, at Low and as `noBaseline`. For what is rare at all. */
  readonly youngSpeaks?: boolean;
  /** A value that was not seen for so long is new again. */
  readonly windowMs: number;
  readonly says: (seen: Seen<P>, value: string, world: World) => Words;
}

interface Known {
  readonly since: number;
  /** value -> last seen, the longest unseen first. */
  readonly values: ReadonlyMap<string, number>;
}

export function onFirstSeen<const P extends Path>(detection: FirstSeenDetection<P>): Detector {
  const { when, key, value, learnMs, windowMs, says, youngSpeaks = false, steady } = detection;
  return {
    id: idOf(detection),
    about: detection,
    keyed: true,
    learns: true,
    windowMs,
    ...(steady === undefined ? {} : { steady }),
    concerns: (activity, world) => (when(activity, world) ? key(activity) : undefined),
    step(state, activity, world) {
      // Only this function makes the state that the engine hands back.
      const known = state as Known | undefined;
      const whole = value(activity, world);
      if (whole === undefined) return { state: known ?? { since: activity.time, values: none } };
      const present = brief(whole);
      const since = known?.since ?? activity.time;
      const isNew = !(known?.values.has(present) ?? false);
      const values = remembered(known?.values, present, activity.time, windowMs);
      // The same object when nothing changed, so that the engine need not keep it anew.
      const after = known !== undefined && values === known.values ? known : { since, values };
      const isYoung = activity.time - since < learnMs;
      if (!isNew && after === known) return { state: after, until: (known?.values.get(present) ?? 0) + windowMs / 16 };
      // A key's first activity says nothing about what is usual for it, and flows of one second come in any order.
      const isFirst = activity.time <= since;
      if (!isNew || isFirst || (isYoung && !youngSpeaks)) return { state: after };
      const said = { description: says(activity, whole, world), evidence: [activity.keep()] };
      if (isYoung) return { state: after, says: { ...said, severity: 2, additional: { noBaseline: true } } };
      return { state: after, says: said };
    },
  };
}

/** One for all keys that did nothing of the kind yet: most never do. */
const none: ReadonlyMap<string, number> = new Map();

function remembered(before: ReadonlyMap<string, number> | undefined, value: string, time: number, windowMs: number) {
  const last = before?.get(value);
  // Most steps see the newest value again: then nothing needs to be copied.
  if (before !== undefined && last !== undefined && spanOf(time, windowMs) <= spanOf(last, windowMs)) return before;
  const values = new Map<string, number>();
  for (const [other, seen] of before ?? []) if (other !== value && time - seen <= windowMs) values.set(other, seen);
  values.set(value, time);
  for (const oldest of values.keys()) {
    if (values.size <= limits.valuesPerKey) break;
    values.delete(oldest);
  }
  return values;
}
