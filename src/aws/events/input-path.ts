import type { Json, JsonObject } from '../../model/json.ts';
import { depthMax } from './limits.ts';

/** A step of the JSONPath that EventBridge understands. */
type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' };
export type InputPath = readonly Step[];

const step = /(?:\.([A-Za-z0-9_@/-]+|\*)|\[\s*(?:(\d+)|(\*)|'([^']*)'|"([^"]*)")\s*\])/y;

/**
 * `$.detail.list[0].name`, `$.resources[*]`, `$['detail-type']`; undefined for what is no such path.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function parseInputPath(text: string): InputPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  for (step.lastIndex = 1; step.lastIndex < text.length; ) {
    const [, dotted, index, all, single, double] = step.exec(text) ?? [];
    if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (all !== undefined || dotted === '*') steps.push({ kind: 'all' });
    else {
      const name = dotted ?? single ?? double;
      if (name === undefined || steps.length >= depthMax) return undefined;
      steps.push({ kind: 'name', name });
    }
  }
  return steps;
}

/** What stands there: undefined where nothing does, a list where the path has a `*`. */
export function readInputPath(path: InputPath, event: Json): Json | undefined {
  let found: Json[] = [event];
  for (const each of path) found = found.flatMap((value) => next(value, each));
  return path.some(({ kind }) => kind === 'all') ? found : found[0];
}

function next(value: Json, wanted: Step): readonly Json[] {
  if (value === null || typeof value !== 'object') return [];
  if (isList(value)) {
    if (wanted.kind === 'all') return value;
    const item = wanted.kind === 'index' ? value[wanted.index] : undefined;
    return item === undefined ? [] : [item];
  }
  const members = value as JsonObject;
  if (wanted.kind === 'all') return Object.values(members);
  if (wanted.kind !== 'name' || !Object.hasOwn(members, wanted.name)) return [];
  return [members[wanted.name]!];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
