import type { Activity } from '../model/activity.ts';
import type { Sighting } from '../model/finding.ts';
import type { Words } from '../model/words.ts';
import { actionOf } from './actions.ts';
import type { Detector, Listens, Said } from './detector.ts';
import { familyOf } from './families.ts';
import { Keys, Memory } from './memory.ts';
import { trafficOf, traffics } from './traffic.ts';
import { Triage } from './triage.ts';
import type { World } from './world.ts';

/** A detector that cannot speak, and why. */
export interface Idle {
  readonly detector: string;
  readonly why: Words;
}

/**
 * Runs a pack over activities in event-time order. Which detectors could care is decided once per (kind, source, name),
 * so an activity costs two look-ups and the conditions of those.
 */
export class Engine {
  readonly #world: World;
  readonly #pack: readonly Watch[];
  readonly idle: readonly Idle[];
  readonly #keys = new Keys();
  readonly #bySource = new Map<string, Map<string, readonly Watch[]>>();
  #triage: Triage | undefined = undefined;
  readonly #byTraffic: (readonly Watch[] | undefined)[] = [];

  constructor(pack: readonly Detector[], world: World) {
    this.#world = world;
    this.idle = pack.flatMap((detector) => idleness(detector, world));
    const idle = new Set(this.idle.map((each) => each.detector));
    this.#pack = pack
      .filter((detector) => !idle.has(detector.id))
      .map((detector) => ({ detector, memory: new Memory(detector.windowMs) }));
  }

  /** What the pack says of this activity; most often nothing. */
  see(activity: Activity): readonly Sighting[] {
    let sightings: Sighting[] | undefined;
    for (const watch of this.#watches(activity)) {
      const said = take(watch, activity, this.#world, this.#keys);
      if (said === undefined) continue;
      sightings ??= [];
      sightings.push(sightingOf(watch.detector, activity, said, this.#world));
    }
    return sightings ?? none;
  }

  /** How many keys each detector had to forget before their time. */
  evicted(): readonly { readonly detector: string; readonly keys: number }[] {
    return this.#pack
      .map(({ detector, memory }) => ({ detector: detector.id, keys: memory.evicted }))
      .concat({ detector: 'flow triage', keys: this.#triage?.evicted ?? 0 })
      .filter(({ keys }) => keys > 0);
  }

  #watches(activity: Activity): readonly Watch[] {
    if (activity.flow !== undefined) {
      this.#triage ??= new Triage(this.#world);
      return this.#flowWatches(this.#triage.of(activity, activity.flow));
    }
    let names = this.#bySource.get(activity.source);
    if (names === undefined) {
      // Sources and names come from the log: what somebody makes up must not fill the memory.
      if (this.#bySource.size >= sourcesMax) this.#bySource.clear();
      names = new Map();
      this.#bySource.set(activity.source, names);
    }
    let watches = names.get(activity.name);
    if (watches === undefined) {
      if (names.size >= namesMax) names.clear();
      watches = this.#pack.filter(({ detector }) => listensTo(detector, activity));
      names.set(activity.name, watches);
    }
    return watches;
  }

  #flowWatches(traffic: number): readonly Watch[] {
    let watches = this.#byTraffic[traffic];
    if (watches === undefined) {
      watches = this.#pack.filter(
        ({ detector: { about } }) => about.on.kind === 'network-flow' && isOf(about.on, traffic),
      );
      this.#byTraffic[traffic] = watches;
    }
    return watches;
  }
}

interface Watch {
  readonly detector: Detector;
  readonly memory: Memory;
}

const none: readonly Sighting[] = [];
const sourcesMax = 1_024;
const namesMax = 4_096;

function take({ detector, memory }: Watch, activity: Activity, world: World, keys: Keys): Said | undefined {
  const key = detector.concerns(activity, world);
  if (key === undefined) return undefined;
  if (detector.windowMs === 0) return detector.step(undefined, activity, world).says;
  // State belongs to (detector, account, key).
  const whole = keys.of(activity.account, key);
  const { state, says } = detector.step(memory.get(whole, activity.time), activity, world);
  memory.put(whole, state, activity.time);
  return says;
}

/** Whether an activity reaches a detector at all. */
export function listensTo({ about: { on } }: Detector, activity: Activity): boolean {
  const { kind, source, name, flow } = activity;
  if (on.kind !== kind) return false;
  if (flow !== undefined) return isOf(on, trafficOf(activity, flow));
  if (on.calls === undefined && on.families === undefined) return true;
  const service = source.replace(/\.amazonaws\.com$/, '');
  const plain = name.replace(/20\d{6}(v\d+|_v\d+)?$/, '');
  const listed = on.calls?.includes(`${service}:${plain}`) ?? false;
  return listed || (on.families?.includes(familyOf(service, plain)) ?? false);
}

function isOf({ traffic }: Listens, sum: number): boolean {
  return traffic === undefined || (sum & traffics[traffic]) !== 0;
}

function idleness({ id, about }: Detector, world: World): Idle[] {
  return (about.needs ?? []).flatMap((need) => {
    const why = world.lacks(need);
    return why === undefined ? [] : [{ detector: id, why }];
  });
}

function sightingOf({ id, about }: Detector, activity: Activity, said: Said, world: World): Sighting {
  const { severity } = about;
  const action = about.action === undefined ? actionOf(activity, world) : about.action(activity, world);
  const role = about.role?.(activity, world);
  const additional = { ...about.additional?.(activity, world), ...said.additional };
  return {
    detector: id,
    account: activity.account,
    region: activity.region,
    type: about.type,
    title: about.title,
    description: said.description,
    severity: said.severity ?? (typeof severity === 'number' ? severity : severity(activity, world)),
    technique: about.technique,
    resource: about.resource(activity, world),
    ...(action === undefined ? {} : { action }),
    ...(role === undefined ? {} : { role }),
    counterpart: about.counterpart?.(activity, world) ?? '',
    time: activity.time,
    evidence: said.evidence,
    ...(Object.keys(additional).length === 0 ? {} : { additional }),
  };
}
