/** A scalar of the event, and through which elements of which arrays it was reached. */
export interface Leaf {
  readonly value: Scalar;
  readonly through: readonly Membership[];
}
export type Scalar = string | number | boolean | null;
interface Membership {
  readonly array: readonly unknown[];
  readonly index: number;
}

const nowhere: readonly Membership[] = [];

/** What stands at a path: no leaf for what is absent, an empty list or an object. */
export function leavesAt(event: unknown, path: readonly string[]): Leaf[] {
  const found: Leaf[] = [];
  collect(event, path, 0, nowhere, found);
  return found;
}

/** The usual case without a list of leaves: the scalar at a path, `absent` if there is none, `listed` if a list is on the way. */
export function scalarAt(event: unknown, path: readonly string[]): Scalar | typeof absent | typeof listed {
  let value = event;
  for (const name of path) {
    if (value === null || typeof value !== 'object') return absent;
    if (Array.isArray(value)) return listed;
    if (!Object.hasOwn(value, name)) return absent;
    value = (value as Record<string, unknown>)[name];
  }
  if (value === null || typeof value !== 'object') return value === undefined ? absent : (value as Scalar);
  return Array.isArray(value) ? listed : absent;
}

export const absent = Symbol('absent');
export const listed = Symbol('listed');

function collect(value: unknown, path: readonly string[], at: number, through: readonly Membership[], into: Leaf[]) {
  if (value === undefined) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      collect(value[index], path, at, [...through, { array: value, index }], into);
    }
  } else if (value === null || typeof value !== 'object') {
    // The event is parsed JSON: what is no object is a scalar.
    if (at === path.length) into.push({ value: value as Scalar, through });
  } else if (at < path.length && Object.hasOwn(value, path[at]!)) {
    collect((value as Record<string, unknown>)[path[at]!], path, at + 1, through, into);
  }
}

/**
 * Whether one leaf of each field can be chosen so that no array is entered by two different elements, which is how
 * EventBridge reads lists of objects. https://github.com/aws/event-ruler#json-array-matching
 */
export function consistent(fields: readonly (readonly Leaf[])[]): boolean {
  if (fields.length < 2) return true;
  return fields.every((leaves) => leaves.length === 1) ? areTogether(fields) : choose(fields, 0, new Map());
}

/** The usual case, in which there is nothing to choose. */
function areTogether(fields: readonly (readonly Leaf[])[]): boolean {
  for (let at = 1; at < fields.length; at++) {
    for (const { array, index } of fields[at]![0]!.through) {
      for (let before = 0; before < at; before++) {
        for (const other of fields[before]![0]!.through)
          if (other.array === array && other.index !== index) return false;
      }
    }
  }
  return true;
}

function choose(fields: readonly (readonly Leaf[])[], at: number, chosen: Map<readonly unknown[], number>): boolean {
  const leaves = fields[at];
  if (leaves === undefined) return true;
  const tried = new Set<string>();
  return leaves.some((leaf) => {
    if (leaf.through.some(({ array, index }) => (chosen.get(array) ?? index) !== index)) return false;
    const fresh = leaf.through.filter(({ array }) => !chosen.has(array));
    if (fresh.length === 0 && tried.has('')) return false;
    if (fresh.length === 0) tried.add('');
    for (const { array, index } of fresh) chosen.set(array, index);
    if (choose(fields, at + 1, chosen)) return true;
    for (const { array } of fresh) chosen.delete(array);
    return false;
  });
}
