import type { JsonObject } from '../model/json.ts';
import type { PlannedStep, Verdict } from '../model/run.ts';
import type { Words } from '../model/words.ts';
import type { World } from './playbooks/world.ts';
import type { Subject } from './subject.ts';

/**
 * A remedy. `plan` only reads; `run` takes the planned steps; `verify` looks at the world again and trusts nothing
 * that `run` said; `undo` takes back exactly what a run for this finding did, and finds it by the mark that the run left
 * in the world, so that whoever ran it, wherever and when, anybody can undo it. `Target` is JSON and travels in the run's
 * events.
 */
export interface Playbook<Target extends JsonObject = JsonObject> {
  readonly slug: string;
  readonly title: Words;
  /** The finding types it answers. */
  readonly handles: readonly string[];
  readonly permissions: readonly Permission[];
  /** Why what it does cannot be taken back; absent where it can. */
  readonly lasting?: Words;
  plan(subject: Subject, world: World): Promise<Plan<Target>>;
  run(target: Target, subject: Subject, world: World): Promise<Done<Target>>;
  verify(subject: Subject, world: World): Promise<Verdict>;
  undo(subject: Subject, world: World): Promise<Undone>;
}

/** An Allow statement of the function's role. Resources may contain `${Partition}`, `${Account}` and `${Region}`. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export type Plan<Target> =
  | { readonly kind: 'steps'; readonly steps: readonly PlannedStep[]; readonly target: Target }
  | { readonly kind: 'nothing to do' | 'unsupported'; readonly why: Words };

export interface Done<Target> {
  /** What was really done, where a race made it differ from the plan. */
  readonly target: Target;
  readonly evidence: readonly Words[];
}

export type Undone =
  | { readonly kind: 'undone'; readonly evidence: readonly Words[] }
  | { readonly kind: 'nothing to undo' | 'unsupported'; readonly why: Words };

/** Keeps the type of one playbook's target inside its file. */
export function playbook<Target extends JsonObject>(definition: Playbook<Target>): Playbook {
  // The wrapper hands back only targets that this very playbook made, which is what makes Target true.
  return definition as unknown as Playbook;
}

export function inScope(world: World, tags: readonly { readonly value: string }[]): boolean {
  return world.scopeTagValue === '' || tags.some(({ value }) => value === world.scopeTagValue);
}

export function outOfScope(world: World, resource: string): Plan<never> {
  return {
    kind: 'nothing to do',
    why: {
      en: `${resource} carries no tag with the value "${world.scopeTagValue}" (YAGURA_SCOPE_TAG_VALUE)`,
      ja: `${resource} には値が「${world.scopeTagValue}」のタグがありません (YAGURA_SCOPE_TAG_VALUE)`,
    },
  };
}
