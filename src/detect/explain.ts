import type { Activity, Evidence } from '../model/activity.ts';
import { Picked } from '../model/picked.ts';
import type { Words } from '../model/words.ts';
import { type Detector, type Listens, meets } from './detector.ts';
import { isOf, listensTo } from './dispatch.ts';
import { limits } from './limits.ts';
import { Keys, Memory } from './memory.ts';
import { Triage } from './triage.ts';
import type { World } from './world.ts';

/** How far the records given came on their way to a detector's word; each count is a part of the one before. */
export interface Explanation {
  readonly detector: string;
  /** Why it cannot speak at all. */
  readonly idle: Words | undefined;
  readonly listens: Listens;
  /** Activities of the kind that it listens to (API calls, flows). */
  readonly ofKind: number;
  /** Of the calls or families that it listens to. */
  readonly reached: number;
  /** Met its conditions. Less than `reached`: `unmet` shows some that did not. */
  readonly met: number;
  /** Made it speak. Less than `met`: it counts, learns or waits for a sequence; `waiting` shows some. */
  readonly spoke: number;
  /** How long it remembers, 0 when each activity stands alone. */
  readonly windowMs: number;
  readonly unmet: readonly Evidence[];
  readonly waiting: readonly Evidence[];
  readonly speaking: readonly Evidence[];
}

/** Watches one detector at work, with a memory of its own, and tells where activities stopped. */
export class Explainer {
  readonly #detector: Detector;
  readonly #world: World;
  readonly #memory: Memory;
  readonly #keys = new Keys();
  #triage: Triage | undefined = undefined;
  readonly #picked = new Picked();
  readonly #counts = { ofKind: 0, reached: 0, met: 0, spoke: 0 };
  readonly #shown = { unmet: [] as Evidence[], waiting: [] as Evidence[], speaking: [] as Evidence[] };

  constructor(detector: Detector, world: World) {
    this.#detector = detector;
    this.#world = world;
    this.#memory = new Memory(detector.windowMs);
  }

  see(activity: Activity): void {
    const detector = this.#detector;
    if (activity.kind !== detector.about.on.kind) return;
    this.#counts.ofKind++;
    if (!listensTo(detector, activity)) return;
    this.#counts.reached++;
    const isMet = meets(detector.about.on, activity, this.#world);
    const key = isMet ? detector.concerns(activity, this.#world) : undefined;
    if (key === undefined) show(this.#shown.unmet, activity);
    else this.#step(key, activity);
  }

  #step(key: string, activity: Activity): void {
    const detector = this.#detector;
    this.#counts.met++;
    if (!this.#isTold(activity)) {
      show(this.#shown.waiting, activity);
      return;
    }
    const whole = this.#keys.of(activity.account, key);
    const kept = this.#memory.find(whole);
    const { state, says } = detector.step(this.#memory.stateOf(kept, activity.time), activity, this.#world);
    if (detector.windowMs > 0) this.#memory.put(whole, kept, state, activity.time);
    if (says !== undefined) this.#counts.spoke++;
    show(says === undefined ? this.#shown.waiting : this.#shown.speaking, activity);
  }

  /** Of most flows the triage says nothing to a detector, because it would wait for others. */
  #isTold(activity: Activity): boolean {
    const { flow } = activity;
    if (flow === undefined) return true;
    const picked = this.#picked.all(flow.row, flow.row + 1);
    this.#triage ??= new Triage(this.#world);
    this.#triage.leave(flow.rows, picked, () => activity);
    return picked.count > 0 && isOf(this.#detector.about.on, picked.marks[0]!);
  }

  told(): Explanation {
    const { id, about, windowMs } = this.#detector;
    const idle = about.needs?.map((need) => this.#world.lacks(need)).find((why) => why !== undefined);
    return { detector: id, idle, listens: about.on, windowMs, ...this.#counts, ...this.#shown };
  }
}

function show(shown: Evidence[], activity: Activity): void {
  if (shown.length < limits.explained) shown.push(activity.keep());
}
