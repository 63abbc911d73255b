import type { Evidence, Path } from '../model/activity.ts';
import { type Weighed, weightOf } from '../model/weight.ts';
import type { Words } from '../model/words.ts';
import { brief } from './brief.ts';
import { type About, type Detector, idOf, type Seen, type When } from './detector.ts';
import { limits } from './limits.ts';
import type { World } from './world.ts';

/** So many activities of one key within a window, counted by event time; then it counts anew. */
export interface ThresholdDetection<P extends Path> extends About<P> {
  readonly when: When<P>;
  readonly key: (seen: Seen<P>) => string;
  readonly count: number;
  readonly windowMs: number;
  /** Counts distinct values of this (ports, buckets, users) instead of activities. */
  readonly distinct?: (seen: Seen<P>, world: World) => string | undefined;
  /** How much one activity counts for, where it stands for several. Default 1. Below 0 it forgives what came before it. */
  readonly weight?: (seen: Seen<P>) => number;
  /** Weights are put together up to this much, with the evidence of the first of them. Not with `distinct`. */
  readonly crumbs?: number;
  readonly says: (seen: Seen<P>, tally: Tally, world: World) => Words;
}

export interface Tally {
  readonly count: number;
  readonly firstTime: number;
}

/** Replaced, never changed: a replayed step sees what it saw. `entries` are in time order. */
interface Counter extends Weighed {
  readonly entries: readonly Entry[];
}
interface Entry extends Weighed {
  readonly time: number;
  readonly value: string;
  readonly weight: number;
  readonly evidence: Evidence;
}

export function onThreshold<const P extends Path>(detection: ThresholdDetection<P>): Detector {
  const { when, key, count, windowMs, says } = detection;
  return {
    id: idOf(detection),
    about: detection,
    keyed: true,
    windowMs,
    concerns: (activity, world) => (when(activity, world) ? key(activity) : undefined),
    step(state, activity, world) {
      // Only this function makes the state that the engine hands back.
      const before = (state as Counter | undefined)?.entries ?? [];
      const entries =
        joined(before, detection, activity) ??
        added(before, entryOf(detection, activity, world), windowMs, detection.distinct !== undefined);
      const total = entries.reduce((sum, entry) => sum + entry.weight, 0);
      if (total < count) return { state: entries.length === 0 ? undefined : counterOf(entries) };
      const counted = entries.filter(({ weight }) => weight > 0);
      const tally = {
        count: counted.reduce((sum, entry) => sum + entry.weight, 0),
        firstTime: counted[0]!.time,
      };
      return {
        state: undefined,
        says: { description: says(activity, tally, world), evidence: sample(counted.map((entry) => entry.evidence)) },
      };
    },
  };
}

function counterOf(entries: readonly Entry[]): Counter {
  return { entries, weighs: entries.reduce((sum, entry) => sum + entry.weighs, 0) };
}

function entryOf<P extends Path>(detection: ThresholdDetection<P>, seen: Seen<P>, world: World): Entry | undefined {
  const present = detection.distinct === undefined ? '' : detection.distinct(seen, world);
  if (present === undefined) return undefined;
  const [value, evidence] = [brief(present), seen.keep()];
  const weighs = 96 + weightOf(value) + weightOf(evidence);
  return { time: seen.time, value, weight: detection.weight?.(seen) ?? 1, evidence, weighs };
}

/** The entries with this activity put to the last one, where both are crumbs. */
function joined<P extends Path>(
  before: readonly Entry[],
  { crumbs = 0, weight, windowMs }: ThresholdDetection<P>,
  seen: Seen<P>,
): readonly Entry[] | undefined {
  const last = before.at(-1);
  if (crumbs === 0 || last === undefined || seen.time < last.time) return undefined;
  const together = last.weight + (weight?.(seen) ?? 1);
  if (together > crumbs || seen.time - last.time > windowMs) return undefined;
  const others = before.filter((entry) => entry !== last && seen.time - entry.time <= windowMs);
  return [...others, { ...last, weight: together }];
}

function added(before: readonly Entry[], entry: Entry | undefined, windowMs: number, distinct: boolean) {
  if (entry === undefined) return before;
  // Where nothing was counted there is nothing to forgive, and nothing to remember.
  if (before.length === 0) return entry.weight < 0 ? before : [entry];
  const others = before.filter(
    (other) => Math.abs(other.time - entry.time) <= windowMs && !(distinct && other.value === entry.value),
  );
  const at = others.findLastIndex((other) => other.time <= entry.time) + 1;
  return [...others.slice(0, at), entry, ...others.slice(at)].slice(-limits.entriesPerKey);
}

/** The first ones and the last: a finding shows how it began and what completed it. */
export function sample(evidence: readonly Evidence[]): readonly Evidence[] {
  const most = limits.evidencePerSighting;
  return evidence.length <= most ? evidence : [...evidence.slice(0, most - 1), evidence.at(-1)!];
}
