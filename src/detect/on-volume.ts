import type { Path } from '../model/activity.ts';
import type { Words } from '../model/words.ts';
import { brief } from './brief.ts';
import { type About, type Detector, idOf, type Seen, type When } from './detector.ts';
import { limits } from './limits.ts';
import type { World } from './world.ts';

/**
 * A key does in one hour, towards one other side, far more than in its busiest hour before. Without a past only what is
 * ten times the least is told of, at Low and as `noBaseline`.
 */
export interface VolumeDetection<P extends Path> extends About<P> {
  readonly when: When<P>;
  readonly key: (seen: Seen<P>) => string;
  /** The other side; '' where there is none. */
  readonly towards: (seen: Seen<P>) => string;
  readonly amount: (seen: Seen<P>) => number;
  /** Less than this at once is not added up: so most activities change nothing. */
  readonly crumbs: number;
  /** Less in an hour is never told of. */
  readonly least: number;
  /** How many times the busiest hour before. */
  readonly times: number;
  readonly learnMs: number;
  readonly windowMs: number;
  readonly says: (seen: Seen<P>, volume: Volume, world: World) => Words;
}

export interface Volume {
  readonly amount: number;
  /** Of the busiest hour before; 0 without a past. */
  readonly usual: number;
}

/** Replaced, never changed: a replayed step sees what it saw. */
interface Known {
  readonly since: number;
  readonly busiest: number;
  readonly hour: number;
  /** Of this hour, by the other side. */
  readonly sums: ReadonlyMap<string, number>;
  /** The other sides that were told of in this hour. */
  readonly told: ReadonlySet<string>;
}

export function onVolume<const P extends Path>(detection: VolumeDetection<P>): Detector {
  const { when, key, towards, amount, crumbs, least, times, learnMs, windowMs, says } = detection;
  return {
    id: idOf(detection),
    about: detection,
    keyed: true,
    learns: true,
    windowMs,
    concerns: (activity, world) => (when(activity, world) ? key(activity) : undefined),
    step(state, activity, world) {
      // Only this function makes the state that the engine hands back.
      const known = (state as Known | undefined) ?? begun(activity.time, 0, 0);
      const more = amount(activity);
      if (more < crumbs) return { state: known };
      const now = inHour(known, Math.floor(activity.time / hourMs));
      const side = brief(towards(activity));
      const sum = (now.sums.get(side) ?? 0) + more;
      const after = { ...now, sums: withSum(now.sums, side, sum) };
      const isYoung = activity.time - now.since < learnMs;
      const isMuch = isYoung ? sum >= least * 10 : sum >= least && sum > now.busiest * times;
      if (!isMuch || now.told.has(side)) return { state: after };
      const usual = isYoung ? 0 : now.busiest;
      const said = { description: says(activity, { amount: sum, usual }, world), evidence: [activity.keep()] };
      const told = new Set([...now.told, side]);
      if (!isYoung) return { state: { ...after, told }, says: said };
      return { state: { ...after, told }, says: { ...said, severity: 2, additional: { noBaseline: true } } };
    },
  };
}

const hourMs = 3_600_000;
const [noSums, nobody] = [new Map<string, number>(), new Set<string>()];

function begun(since: number, hour: number, busiest: number): Known {
  return { since, busiest, hour, sums: noSums, told: nobody };
}

/** A late activity counts in the present hour. */
function inHour(known: Known, hour: number): Known {
  if (hour <= known.hour) return known;
  return begun(known.since, hour, Math.max(known.busiest, ...known.sums.values()));
}

function withSum(before: ReadonlyMap<string, number>, side: string, sum: number): ReadonlyMap<string, number> {
  const sums = new Map(before);
  sums.delete(side);
  sums.set(side, sum);
  for (const oldest of sums.keys()) {
    if (sums.size <= limits.valuesPerKey) break;
    sums.delete(oldest);
  }
  return sums;
}
