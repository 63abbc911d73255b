import type { Activity, Flow, Origin, Situation } from '../model/activity.ts';
import type { Sighting } from '../model/finding.ts';
import type { FlowRows } from '../model/flow-rows.ts';
import { Picked } from '../model/picked.ts';
import type { Words } from '../model/words.ts';
import { actionOf } from './actions.ts';
import type { Detector, Said } from './detector.ts';
import { type Bits, Dispatch, isOf } from './dispatch.ts';
import { Keys, Memory, Room } from './memory.ts';
import { Known, type Quiet } from './situation.ts';
import { Triage } from './triage.ts';
import type { World } from './world.ts';

/** A detector that cannot speak, and why. */
export interface Idle {
  readonly detector: string;
  readonly why: Words;
}

/**
 * Runs a pack over activities in event-time order. Which detectors could care is known for each part of an activity that
 * it has in common with others, so most activities cost a few look-ups and no condition.
 */
export class Engine {
  readonly #world: World;
  readonly #pack: readonly Watch[];
  readonly idle: readonly Idle[];
  readonly #keys = new Keys();
  readonly #dispatch: Dispatch;
  /** Who of those that were asked last would change nothing the next time. */
  #quiet: Quiet[] = [];
  readonly #picked = new Picked();
  #triage: Triage | undefined = undefined;
  readonly #byTraffic: (readonly Watch[] | undefined)[] = [];

  constructor(pack: readonly Detector[], world: World) {
    this.#world = world;
    this.idle = pack.flatMap((detector) => idleness(detector, world));
    const idle = new Set(this.idle.map((each) => each.detector));
    const room = new Room();
    this.#pack = pack
      .filter((detector) => !idle.has(detector.id))
      .map((detector, number) => ({ number, detector, memory: new Memory(detector.windowMs, room) }));
    this.#dispatch = new Dispatch(
      this.#pack.map(({ detector }) => detector),
      world,
    );
  }

  /** What the pack says of this activity; most often nothing. */
  see(activity: Activity): readonly Sighting[] {
    if (this.#quiet.length > 0) this.#quiet = [];
    if (activity.flow !== undefined) return this.#seeFlow(activity, activity.flow);
    const { situation } = activity;
    if (situation?.call === undefined) return this.#askAll(this.#dispatch.of(activity), activity);
    const known = this.#knownOf(situation, activity.origin);
    const holds = known.holds(activity.time);
    const heard = holds ? known.others : this.#dispatch.of(activity);
    let sightings = none;
    if (heard !== undefined) {
      sightings = this.#askAll(heard, activity);
      if (!holds || this.#quiet.length > 0) known.learn(heard, this.#quiet, holds);
    }
    known.rest();
    return sightings;
  }

  #askAll(heard: Bits, activity: Activity): readonly Sighting[] {
    let sightings = none;
    for (let word = 0; word < heard.length; word++) {
      // The lowest bit that is left: detectors speak in the order of the pack.
      for (let bits = heard[word]!; bits !== 0; bits &= bits - 1) {
        sightings = this.#ask(this.#pack[word * 32 + 31 - Math.clz32(bits & -bits)]!, activity, sightings);
      }
    }
    return sightings;
  }

  #ask(watch: Watch, activity: Activity, sightings: readonly Sighting[]): readonly Sighting[] {
    const said = this.#take(watch, activity);
    return said === undefined ? sightings : [...sightings, sightingOf(watch.detector, activity, said, this.#world)];
  }

  #take({ detector, memory, number }: Watch, activity: Activity): Said | undefined {
    const world = this.#world;
    const key = detector.concerns(activity, world);
    if (key === undefined) return undefined;
    if (detector.windowMs === 0) return detector.step(undefined, activity, world).says;
    // State belongs to (detector, account, key).
    const whole = this.#keys.of(activity.account, key);
    const kept = memory.find(whole);
    const { state, says, until } = detector.step(memory.stateOf(kept, activity.time), activity, world);
    memory.put(whole, kept, state, activity.time);
    if (until !== undefined && kept !== undefined && detector.steady === true) {
      this.#quiet.push({ number, kept, state, until: Math.min(until, memory.touchedUntil(kept)) });
    }
    return says;
  }

  #knownOf(situation: Situation, origin: Origin | undefined): Known {
    const before = situation.known;
    if (before instanceof Known && before.by === this && before.origin === origin) return before;
    const known = new Known(this, situation, origin);
    situation.known = known;
    return known;
  }

  /** How many keys each detector had to forget before their time. */
  evicted(): readonly { readonly detector: string; readonly keys: number }[] {
    return this.#pack
      .map(({ detector, memory }) => ({ detector: detector.id, keys: memory.evicted }))
      .concat({ detector: 'flow triage', keys: this.#triage?.evicted ?? 0 })
      .filter(({ keys }) => keys > 0);
  }

  /** Leaves of these flows those of which the pack must know; `at` gives a row's activity. */
  leave(flows: FlowRows, picked: Picked, at: (row: number) => Activity): void {
    this.#triage ??= new Triage(this.#world);
    this.#triage.leave(flows, picked, at);
  }

  #seeFlow(activity: Activity, { rows, row }: Flow): readonly Sighting[] {
    const picked = this.#picked.all(row, row + 1);
    this.leave(rows, picked, () => activity);
    return picked.count === 0 ? none : this.seeFlow(activity, picked.marks[0]!);
  }

  /** What the pack says of a flow that was left, with its mark. */
  seeFlow(activity: Activity, mark: number): readonly Sighting[] {
    let sightings = none;
    for (const watch of this.#flowWatches(mark)) sightings = this.#ask(watch, activity, sightings);
    return sightings;
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
  /** Its bit. */
  readonly number: number;
  readonly detector: Detector;
  readonly memory: Memory;
}

const none: readonly Sighting[] = [];

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
    ...(about.signal === undefined ? {} : { signal: about.signal }),
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
