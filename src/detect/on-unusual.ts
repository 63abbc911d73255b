import type { Path } from '../model/activity.ts';
import type { Words } from '../model/words.ts';
import { brief } from './brief.ts';
import { byPipeline, inConsole, networkOf } from './callers.ts';
import { type About, type Detector, idOf, type Seen, type When } from './detector.ts';
import { limits } from './limits.ts';
import type { World } from './world.ts';

/**
 * A principal does what it never did, from where it never was. Once it is known for a while, one such activity is
 * enough; before that only many different things within a short time are told of, at Low and as `noBaseline`.
 */
export interface UnusualDetection<P extends Path> extends About<P> {
  readonly when: When<P>;
  /** What is done: an API, or an API on a bucket. */
  readonly value: (seen: Seen<P>) => string;
  /** True where the value follows from the call alone. */
  readonly steady?: boolean;
  readonly learnMs: number;
  /** What was not seen for so long is new again. */
  readonly windowMs: number;
  readonly burst: { readonly count: number; readonly windowMs: number };
  /** Whether something new counts towards a burst; asked when it is done for the first time. Default: all of it. */
  readonly counts?: (seen: Seen<P>) => boolean;
  readonly says: (seen: Seen<P>, why: Unusual, world: World) => Words;
}

export interface Unusual {
  readonly value: string;
  /** The network it came from; '' where a missing baseline is the reason. */
  readonly network: string;
}

/** Replaced, never changed: a replayed step sees what it saw. Times of last sight by value and by network. */
interface Known {
  readonly since: number;
  readonly values: ReadonlyMap<string, number>;
  readonly networks: ReadonlyMap<string, number>;
  /** First sight of the values that count towards a burst, where not all do. */
  readonly counted: ReadonlyMap<string, number>;
  /** When the missing baseline was last told of. */
  readonly told: number;
}

export function onUnusual<const P extends Path>(detection: UnusualDetection<P>): Detector {
  const { when, value, learnMs, windowMs, burst, counts, says, steady } = detection;
  return {
    id: idOf(detection),
    about: detection,
    keyed: true,
    windowMs,
    ...(steady === undefined ? {} : { steady }),
    concerns: (activity, world) => (when(activity, world) ? activity.principal : undefined),
    step(state, activity, world) {
      // Only this function makes the state that the engine hands back.
      const before = (state as Known | undefined) ?? { ...nothing, since: activity.time };
      const whole = value(activity);
      const present = brief(whole);
      const network = networkOf(activity, world);
      const isNew = !before.values.has(present);
      const values = remembered(before.values, present, activity.time, windowMs);
      const networks = remembered(before.networks, network, activity.time, windowMs);
      // The same object when nothing changed, so that the engine need not keep it anew.
      const isSame = values === before.values && networks === before.networks;
      const after = isSame ? before : { ...before, values, networks };
      if (isSame && !isNew) return { state: after, until: unchangedUntil(before, present, network, windowMs) };
      const say = (why: Unusual) => ({ description: says(activity, why, world), evidence: [activity.keep()] });
      if (activity.time - before.since >= learnMs) {
        const unusual = isNew && network !== '' && !before.networks.has(network);
        return unusual ? { state: after, says: say({ value: whole, network }) } : { state: after };
      }
      // Code makes many things at once by nature, and a page of the console asks for many.
      const isBurst = isNew && !byPipeline(activity) && !inConsole(activity) && counts?.(activity) !== false;
      if (!isBurst) return { state: after };
      const since = activity.time - burst.windowMs;
      const counted =
        counts === undefined ? values : remembered(before.counted, present, activity.time, burst.windowMs);
      const young = counts === undefined ? after : { ...after, counted };
      if (countSince(counted, since) < burst.count || before.told > since) return { state: young };
      const said = { ...say({ value: whole, network: '' }), severity: 2, additional: { noBaseline: true } };
      return { state: { ...young, told: activity.time }, says: said };
    },
  };
}

const nothing = {
  values: new Map<string, number>(),
  networks: new Map<string, number>(),
  counted: new Map<string, number>(),
  told: Number.NEGATIVE_INFINITY,
};

/** When one of them would be written down again. */
function unchangedUntil({ values, networks }: Known, value: string, network: string, windowMs: number): number {
  return Math.min(values.get(value) ?? 0, networks.get(network) ?? 0) + windowMs / 512;
}

function countSince(values: ReadonlyMap<string, number>, since: number): number {
  let count = 0;
  for (const time of values.values()) if (time >= since) count++;
  return count;
}

function remembered(before: ReadonlyMap<string, number>, value: string, time: number, windowMs: number) {
  const last = before.get(value);
  // Most steps see the newest value again: then nothing needs to be copied.
  if (last !== undefined && time - last < windowMs / 512) return before;
  const values = new Map<string, number>();
  for (const [other, seen] of before) if (other !== value && time - seen <= windowMs) values.set(other, seen);
  values.set(value, time);
  for (const oldest of values.keys()) {
    if (values.size <= limits.valuesPerKey) break;
    values.delete(oldest);
  }
  return values;
}
