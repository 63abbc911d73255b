import type { Activity, Address, Evidence, Flow, Head, Kind, Origin, Path } from '../model/activity.ts';
import type { Action, Resource } from '../model/finding.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { CommonPath } from '../model/paths.ts';
import type { Words } from '../model/words.ts';
import type { Family } from './families.ts';
import type { Traffic } from './traffic.ts';
import type { Need, World } from './world.ts';

/**
 * What a detector sees of an activity: the head, the common paths, and what it declared in `reads`.
 * Any other path is an error of the compiler, and of the pack's test.
 */
export interface Reading<P extends Path = Path> extends Head {
  text(path: P | CommonPath): string | undefined;
  number(path: P | CommonPath): number | undefined;
  flag(path: P | CommonPath): boolean | undefined;
  list(path: P | CommonPath): readonly string[];
  has(path: P | CommonPath): boolean;
  json(path: P | CommonPath): Json | undefined;
  keep(): Evidence;
  /** Of a `network-flow`. */
  readonly flow?: Flow | undefined;
}

/** `P` is inferred from `reads` alone, so that a function of fewer paths fits everywhere. */
export type Seen<P extends Path> = Reading<NoInfer<P>>;

/** Which activities reach a detector. The engine dispatches by this, so the narrower it is, the less it costs. */
export interface Listens extends Parts {
  readonly kind: Kind;
  /** `<event source without .amazonaws.com>:<eventName without its version date>`, such as `lambda:CreateFunction`. */
  readonly calls?: readonly string[];
  /** All API calls of these families. */
  readonly families?: readonly Family[];
  /** Of flows: only such. */
  readonly traffic?: Traffic;
}

/**
 * Conditions on one part of an activity each. Many activities have a part in common, and the engine asks once for each
 * such part, whatever happens later: so they may depend on nothing else.
 */
export interface Parts {
  /** Refused calls only, or successful ones only. */
  readonly refused?: boolean;
  readonly who?: (who: Who) => boolean;
  /** Only a list that does not change may be asked of the world. */
  readonly from?: (address: Address | undefined, world: World) => boolean;
  readonly agent?: (agent: string) => boolean;
}

/** Who called: what the record says under `userIdentity`, and where lineage says that it came from. */
export interface Who {
  readonly principal: string;
  readonly origin?: Origin | undefined;
  text(path: Extract<CommonPath, `userIdentity.${string}`>): string | undefined;
}

/** Whether the parts of an activity are such that it may concern the detector. */
export function meets({ refused, who, from, agent }: Parts, seen: Reading<never>, world: World): boolean {
  return (
    (refused === undefined || refused === (seen.error !== '')) &&
    (who === undefined || who(seen)) &&
    (from === undefined || from(seen.address, world)) &&
    (agent === undefined || agent(seen.text('userAgent') ?? ''))
  );
}

export const logs = [
  'cloudtrail-management',
  'cloudtrail-s3-data',
  'vpc-flow',
  'dns',
  's3-access',
  'alb',
  'cloudfront',
  'waf',
  'auth',
] as const;
export type Log = (typeof logs)[number];

/** What is said about a detection, whatever its mechanism. */
export interface About<P extends Path = Path> {
  /** GuardDuty's type where it has one, else that of its custom detection rules, else `Custom:<Resource>/<Name>`. */
  readonly type: string;
  /** The signal of a custom detection rule, where one type has several. */
  readonly signal?: string;
  readonly title: Words;
  /** What to do about it. */
  readonly advice: Words;
  /** 1 to 10 on GuardDuty's scale; usual values are 2, 5, 8 and 9. */
  readonly severity: number | ((seen: Seen<P>, world: World) => number);
  /** One MITRE ATT&CK technique id. */
  readonly technique: string;
  readonly logs: readonly Log[];
  /** Data without which it cannot speak: then it is idle, and the run says why. */
  readonly needs?: readonly Need[];
  /** When it speaks although nothing is wrong. */
  readonly falsePositives: Words;
  readonly on: Listens;
  readonly reads: readonly P[];
  /** What the finding is about: one of `subjects.ts`. */
  readonly resource: (seen: Seen<P>, world: World) => Resource;
  /** The other side, part of the identity: default none. */
  readonly counterpart?: (seen: Seen<P>, world: World) => string;
  readonly role?: (seen: Seen<P>, world: World) => 'TARGET' | 'ACTOR';
  readonly action?: (seen: Seen<P>, world: World) => Action | undefined;
  readonly additional?: (seen: Seen<P>, world: World) => Additional;
  readonly examples: Examples;
}

export type Additional = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Log records (see `examples.ts`) in time order. Names read as sentences: «fires: …», «stays quiet: …». */
export interface Examples {
  readonly fires: Readonly<Record<string, readonly JsonObject[]>>;
  /** At least one near miss. */
  readonly stays: Readonly<Record<string, readonly JsonObject[]>>;
}

/** What one step says. The engine makes the sighting of it with the detector's metadata. */
export interface Said {
  readonly description: Words;
  /** What led to it, first to last; the present activity is the last. */
  readonly evidence: readonly Evidence[];
  readonly severity?: number;
  readonly additional?: Additional;
}

/** State that was returned last; undefined forgets the key. */
export interface Step<S> {
  readonly state: S | undefined;
  readonly says?: Said;
  /** Before this time the same step changes nothing and says nothing, while the state is this object. */
  readonly until?: number;
}

/** One uniform shape for the engine, whatever constructor made it. */
export interface Detector {
  /** The type, with `#signal` where it has one: names the detector in state, reports and `--explain`. */
  readonly id: string;
  readonly about: About;
  /** True when its state is kept by key: the pack's test then spreads its examples over keys and expects silence. */
  readonly keyed: boolean;
  /** It must have seen what is usual before it can speak: first-seen and rarity. */
  readonly learns?: boolean;
  /**
   * Its key, and all that a step asks for, follow from who makes which call from where: caller, call, address, agent,
   * error, account and region. Then the engine leaves out steps that change nothing.
   */
  readonly steady?: boolean;
  /** State that was not touched for so long is forgotten. 0: there is no state. */
  readonly windowMs: number;
  /**
   * The key of this activity's state, '' where there is none; undefined when the activity does not concern it. Asked only
   * of what it listens to and of what meets its parts.
   */
  concerns(activity: Activity, world: World): string | undefined;
  step(state: unknown, activity: Activity, world: World): Step<unknown>;
}

/** `when`, as all constructors take it. */
export type When<P extends Path> = (seen: Seen<P>, world: World) => boolean;

export function idOf(about: { readonly type: string; readonly signal?: string }): string {
  return about.signal === undefined ? about.type : `${about.type}#${about.signal}`;
}
