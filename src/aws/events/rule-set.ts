import { absent, leavesAt, listed, type Scalar, scalarAt } from './leaves.ts';
import { type FieldTest, matchesAll, type Pattern } from './pattern.ts';

interface Entry<T> {
  readonly rule: T;
  readonly order: number;
  readonly fields: readonly FieldTest[];
}

/** An entry under one value of its anchor: a single value has met the anchor, so only the others are left to test. */
interface Filed<T> extends Entry<T> {
  readonly rest: readonly FieldTest[];
}

/** Entries that can only match where this path holds one of these values. */
interface Index<T> {
  readonly path: readonly string[];
  readonly byValue: Map<Scalar, Filed<T>[]>;
}

/**
 * Many rules over one event. Each alternative is filed under the equality that the fewest others share, so that an
 * event is looked up by its values and only the few candidates are evaluated.
 */
export class RuleSet<T> {
  #entries: Entry<T>[] = [];
  #rules = 0;
  #indexes: readonly Index<T>[] | undefined;
  #always: Entry<T>[] = [];

  add(rule: T, pattern: Pattern): void {
    const order = this.#rules++;
    for (const fields of pattern.alternatives) this.#entries.push({ rule, order, fields });
    this.#indexes = undefined;
  }

  /** The rules whose pattern matches the parsed event, each once, in the order they were added. */
  match(event: unknown): T[] {
    const indexes = this.#indexes ?? this.#build();
    const found: Entry<T>[] = [];
    for (const entry of this.#always) if (matchesAll(entry.fields, event)) found.push(entry);
    for (const { path, byValue } of indexes) {
      const value = scalarAt(event, path);
      if (value === absent) continue;
      if (value !== listed) {
        for (const entry of byValue.get(value) ?? []) if (matchesAll(entry.rest, event)) found.push(entry);
        continue;
      }
      for (const each of new Set(leavesAt(event, path).map((leaf) => leaf.value))) {
        for (const entry of byValue.get(each) ?? []) if (matchesAll(entry.fields, event)) found.push(entry);
      }
    }
    return found.length === 0 ? [] : inOrder(found);
  }

  #build(): readonly Index<T>[] {
    const uses = countUses(this.#entries);
    const indexes = new Map<string, Index<T>>();
    this.#always = [];
    for (const entry of this.#entries) {
      const anchor = rarest(entry.fields, uses);
      if (anchor === undefined) {
        this.#always.push(entry);
        continue;
      }
      const key = anchor.path.join('\u0000');
      const index = indexes.get(key) ?? { path: anchor.path, byValue: new Map() };
      indexes.set(key, index);
      const filed = { ...entry, rest: entry.fields.filter((field) => field !== anchor) };
      for (const value of equalities(anchor)!) {
        const entries = index.byValue.get(value);
        if (entries === undefined) index.byValue.set(value, [filed]);
        else entries.push(filed);
      }
    }
    this.#indexes = [...indexes.values()];
    return this.#indexes;
  }
}

/** Each rule once: an alternative of it may have been found more than once. */
function inOrder<T>(found: Entry<T>[]): T[] {
  for (let at = 1; at < found.length; at++) {
    if (found[at - 1]!.order <= found[at]!.order) continue;
    found.sort((left, right) => left.order - right.order);
    break;
  }
  const rules: T[] = [];
  let last = -1;
  for (const { rule, order } of found) {
    if (order === last) continue;
    rules.push(rule);
    last = order;
  }
  return rules;
}

/** The values that a field must equal, where it asks for nothing else. */
function equalities({ tests }: FieldTest): ReadonlySet<Scalar> | undefined {
  const values = new Set<Scalar>();
  for (const test of tests) {
    if (test.kind !== 'equals') return undefined;
    values.add(test.value);
  }
  return values;
}

function countUses<T>(entries: readonly Entry<T>[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { fields } of entries) {
    for (const field of fields) {
      for (const value of equalities(field) ?? []) {
        const key = useKey(field, value);
        uses.set(key, (uses.get(key) ?? 0) + 1);
      }
    }
  }
  return uses;
}

function rarest(fields: readonly FieldTest[], uses: ReadonlyMap<string, number>): FieldTest | undefined {
  let best: FieldTest | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const field of fields) {
    const values = equalities(field);
    if (values === undefined) continue;
    let cost = 0;
    for (const value of values) cost += uses.get(useKey(field, value)) ?? 0;
    if (cost < bestCost) [best, bestCost] = [field, cost];
  }
  return best;
}

function useKey({ path }: FieldTest, value: Scalar): string {
  return JSON.stringify([path, value]);
}
