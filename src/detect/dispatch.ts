import type { Activity, Address, Origin, Setting, Shared } from '../model/activity.ts';
import { type Detector, type Listens, meets, type Who } from './detector.ts';
import { callOf, familyOf } from './families.ts';
import { limits } from './limits.ts';
import { trafficOf, traffics } from './traffic.ts';
import type { World } from './world.ts';

/** Bit n of word m is detector 32 m + n. They are small lists, and many are made: plain ones cost the least. */
export type Bits = readonly number[];

/**
 * Which detectors of a pack an activity may concern, as a set of bits. What an activity shares with others (its call, its
 * caller, its address, its agent) is asked about once, and the answer stays with it.
 */
export class Dispatch {
  readonly #detectors: readonly Detector[];
  readonly #world: World;
  readonly #heard: number[];
  readonly #refused: Bits;
  readonly #successful: Bits;
  readonly #withParts: Bits;
  readonly #who: Tests<(who: Who) => boolean>;
  readonly #from: Tests<(address: Address | undefined, world: World) => boolean>;
  readonly #agent: Tests<(agent: string) => boolean>;
  readonly #bySource = new Map<string, Map<string, Bits>>();

  constructor(detectors: readonly Detector[], world: World) {
    this.#detectors = detectors;
    this.#world = world;
    const parts = detectors.map(({ about }) => about.on);
    this.#heard = bitsOf(parts, () => false);
    this.#refused = bitsOf(parts, ({ refused }) => refused !== false);
    this.#successful = bitsOf(parts, ({ refused }) => refused !== true);
    this.#withParts = bitsOf(parts, (on) => (on.refused ?? on.who ?? on.from ?? on.agent) !== undefined);
    this.#who = testsOf(parts.map(({ who }) => who));
    this.#from = testsOf(parts.map(({ from }) => from));
    this.#agent = testsOf(parts.map(({ agent }) => agent));
  }

  /** Valid until the next call. */
  of(activity: Activity): Bits {
    const call = this.#calls(activity);
    const { setting } = activity;
    if (setting === undefined) return this.#alone(activity, call);
    const parts = this.#ofSetting(setting, activity);
    const heard = this.#heard;
    for (let word = 0; word < heard.length; word++) heard[word] = call[word]! & parts[word]!;
    return heard;
  }

  /** What shares nothing is asked about anew. */
  #alone(activity: Activity, call: Bits): Bits {
    const heard = this.#heard;
    for (let word = 0; word < heard.length; word++) {
      heard[word] = call[word]!;
      for (let bits = heard[word]! & this.#withParts[word]!; bits !== 0; bits &= bits - 1) {
        const bit = 31 - Math.clz32(bits & -bits);
        if (!meets(this.#detectors[word * 32 + bit]!.about.on, activity, this.#world)) heard[word]! &= ~(1 << bit);
      }
    }
    return heard;
  }

  #calls(activity: Activity): Bits {
    const { call } = activity;
    const known = this.#known(call);
    if (known !== undefined) return known.bits;
    let names = this.#bySource.get(activity.source);
    if (names === undefined) {
      // Sources and names come from the log: what somebody makes up must not fill the memory.
      if (this.#bySource.size >= limits.services) this.#bySource.clear();
      names = new Map();
      this.#bySource.set(activity.source, names);
    }
    let bits = names.get(activity.name);
    if (bits === undefined) {
      if (names.size >= limits.callsPerService) names.clear();
      bits = bitsOf(this.#detectors, (detector) => listensTo(detector, activity));
      names.set(activity.name, bits);
    }
    if (call !== undefined) call.verdict = new Verdict(this, bits, undefined);
    return bits;
  }

  #ofSetting(setting: Setting, activity: Activity): Bits {
    const known = this.#known(setting);
    if (known !== undefined && known.origin === activity.origin) return known.bits;
    const outcome = activity.error === '' ? this.#successful : this.#refused;
    const who = this.#ofCaller(setting.caller, activity);
    const from = this.#ofAddress(setting.from, activity);
    const agent = this.#ofAgent(setting.agent, activity);
    const bits = outcome.map((word, index) => word & who[index]! & from[index]! & agent[index]!);
    setting.verdict = new Verdict(this, bits, activity.origin);
    return bits;
  }

  /** What lineage says of a caller can change, so the answer is about both. */
  #ofCaller(caller: Shared, activity: Activity): Bits {
    const known = this.#known(caller);
    if (known !== undefined && known.origin === activity.origin) return known.bits;
    const bits = passed(this.#who, (test) => test(activity));
    caller.verdict = new Verdict(this, bits, activity.origin);
    return bits;
  }

  #ofAddress(part: Shared, { address }: Activity): Bits {
    const known = this.#known(part);
    if (known !== undefined) return known.bits;
    const bits = passed(this.#from, (test) => test(address, this.#world));
    part.verdict = new Verdict(this, bits, undefined);
    return bits;
  }

  #ofAgent(part: Shared, activity: Activity): Bits {
    const known = this.#known(part);
    if (known !== undefined) return known.bits;
    const text = activity.text('userAgent') ?? '';
    const bits = passed(this.#agent, (test) => test(text));
    part.verdict = new Verdict(this, bits, undefined);
    return bits;
  }

  #known(part: Shared | undefined): Verdict | undefined {
    const verdict = part?.verdict;
    return verdict instanceof Verdict && verdict.of === this ? verdict : undefined;
  }
}

class Verdict {
  readonly of: Dispatch;
  readonly bits: Bits;
  readonly origin: Origin | undefined;

  constructor(of: Dispatch, bits: Bits, origin: Origin | undefined) {
    this.of = of;
    this.bits = bits;
    this.origin = origin;
  }
}

/** Many detectors ask the same of a part: each function is asked once. */
interface Tests<T> {
  /** Those who ask nothing. */
  readonly others: Bits;
  readonly tests: readonly { readonly test: T; readonly bits: Bits }[];
}

function testsOf<T>(conditions: readonly (T | undefined)[]): Tests<T> {
  const distinct = new Set(conditions.filter((condition) => condition !== undefined));
  return {
    others: bitsOf(conditions, (condition) => condition === undefined),
    tests: [...distinct].map((test) => ({ test, bits: bitsOf(conditions, (condition) => condition === test) })),
  };
}

function passed<T>({ others, tests }: Tests<T>, passes: (test: T) => boolean): number[] {
  const bits = others.slice();
  for (const each of tests) {
    if (passes(each.test)) for (let word = 0; word < bits.length; word++) bits[word]! |= each.bits[word]!;
  }
  return bits;
}

function bitsOf<T>(items: readonly T[], isIn: (item: T) => boolean): number[] {
  const bits = new Array<number>(Math.ceil(items.length / 32)).fill(0);
  for (const [index, item] of items.entries()) if (isIn(item)) bits[index >> 5]! |= 1 << (index & 31);
  return bits;
}

/** Whether an activity reaches a detector at all. */
export function listensTo({ about: { on } }: Detector, activity: Activity): boolean {
  const { kind, flow } = activity;
  if (on.kind !== kind) return false;
  if (flow !== undefined) return isOf(on, trafficOf(activity, flow));
  if (on.calls === undefined && on.families === undefined) return true;
  const isListed = on.calls?.includes(callOf(activity).join(':')) ?? false;
  return isListed || (on.families?.includes(familyOf(activity)) ?? false);
}

export function isOf({ traffic }: Listens, sum: number): boolean {
  return traffic === undefined || (sum & traffics[traffic]) !== 0;
}
