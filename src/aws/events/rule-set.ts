import { EventBytes } from './event-bytes.ts';
import { constantAbsent, constantListed, type Fields, ParsedFields } from './fields.ts';
import { absent, consistent, type Leaf, listed, type Scalar } from './leaves.ts';
import { type FieldTest, hasAbsent, type Pattern } from './pattern.ts';

/**
 * Many rules over one event. Each alternative is filed under the equality that the fewest others share, so that an
 * event is looked up by its values and only the few candidates are evaluated; a test that rules share runs once.
 */
export class RuleSet<T> {
  readonly #entries: Entry<T>[] = [];
  #rules = 0;
  #compiled: Compiled<T> | undefined;

  add(rule: T, pattern: Pattern): void {
    const order = this.#rules++;
    for (const fields of pattern.alternatives) this.#entries.push({ rule, order, fields });
    this.#compiled = undefined;
  }

  /** The rules whose pattern matches the parsed event, each once, in the order they were added. */
  match(event: unknown): T[] {
    this.#compiled ??= new Compiled(this.#entries);
    return this.#compiled.match(this.#compiled.parsed.over(event));
  }

  /** The same of an event as JSON in bytes, of which no more is read than rules ask for. */
  matchBytes(event: Uint8Array): T[] {
    this.#compiled ??= new Compiled(this.#entries);
    return this.#compiled.match(this.#compiled.bytes.over(event));
  }
}

interface Entry<T> {
  readonly rule: T;
  readonly order: number;
  readonly fields: readonly FieldTest[];
}

/** An entry by the numbers of its conditions; one found by its anchor's single value has met that already. */
interface Filed<T> {
  readonly rule: T;
  readonly order: number;
  readonly all: readonly Condition[];
  readonly rest: readonly Condition[];
}

/** Entries that can only match where the path holds one of these constants. */
interface Anchored<T> {
  readonly path: number;
  readonly byConstant: Filed<T>[][];
}

/** What some rules ask of one path, and what the present event answered. */
interface Condition {
  readonly path: number;
  readonly passes: FieldTest['passes'];
  /** Whether it is met where there is nothing. */
  readonly hasAbsent: boolean;
  asked: number;
  /** The leaves of a list that meet it; else whether the value does. */
  answer: boolean | readonly Leaf[];
}

class Compiled<T> {
  readonly parsed: ParsedFields;
  #bytes: EventBytes | undefined;
  readonly #always: Filed<T>[] = [];
  readonly #anchored: Anchored<T>[] = [];
  readonly #paths = new Map<string, number>();
  readonly #asked: { readonly path: readonly string[]; readonly constants: Map<Scalar, number> }[] = [];
  readonly #conditions = new Map<string, Condition>();
  #now = 0;

  constructor(entries: readonly Entry<T>[]) {
    const uses = countUses(entries);
    for (const entry of entries) this.#file(entry, rarest(entry.fields, uses));
    this.parsed = new ParsedFields(this.#asked);
  }

  /** It has memory of its own, so it is made for whoever has bytes. */
  get bytes(): EventBytes {
    this.#bytes ??= new EventBytes(this.#asked);
    return this.#bytes;
  }

  match(fields: Fields): T[] {
    this.#now++;
    const found: Filed<T>[] = [];
    for (const filed of this.#always) if (this.#meets(filed.all, fields)) found.push(filed);
    for (const { path, byConstant } of this.#anchored) {
      const constant = fields.constantAt(path);
      if (constant >= 0) {
        for (const filed of byConstant[constant]!) if (this.#meets(filed.rest, fields)) found.push(filed);
      } else if (constant === constantListed) {
        const { constants } = this.#asked[path]!;
        for (const value of valuesOf(fields.leavesAt(path))) {
          const several = byConstant[constants.get(value) ?? constantAbsent] ?? [];
          for (const filed of several) if (this.#meets(filed.all, fields)) found.push(filed);
        }
      }
    }
    return found.length === 0 ? [] : inOrder(found);
  }

  #meets(conditions: readonly Condition[], fields: Fields): boolean {
    let good: (readonly Leaf[])[] | undefined;
    const now = this.#now;
    for (const condition of conditions) {
      if (condition.asked !== now) {
        condition.asked = now;
        condition.answer = answerOf(condition, fields);
      }
      const { answer } = condition;
      if (answer === false) return false;
      if (answer !== true) {
        good ??= [];
        good.push(answer);
      }
    }
    return good === undefined || consistent(good);
  }

  #file({ rule, order, fields }: Entry<T>, anchor: FieldTest | undefined): void {
    const all = fields.map((field) => this.#conditionOf(field));
    const rest = all.filter((_, index) => fields[index] !== anchor);
    const filed = { rule, order, all, rest };
    if (anchor === undefined) {
      this.#always.push(filed);
      return;
    }
    const path = this.#pathOf(anchor.path);
    let anchored = this.#anchored.find((each) => each.path === path);
    if (anchored === undefined) {
      anchored = { path, byConstant: [] };
      this.#anchored.push(anchored);
    }
    const { byConstant } = anchored;
    const { constants } = this.#asked[path]!;
    for (const value of equalities(anchor)!) {
      const constant = constants.get(value) ?? constants.size;
      constants.set(value, constant);
      byConstant[constant] ??= [];
      byConstant[constant].push(filed);
    }
  }

  #conditionOf({ path, tests, passes }: FieldTest): Condition {
    const key = JSON.stringify([path, tests], (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
    let condition = this.#conditions.get(key);
    if (condition === undefined) {
      condition = { path: this.#pathOf(path), passes, hasAbsent: hasAbsent(tests), asked: 0, answer: false };
      this.#conditions.set(key, condition);
    }
    return condition;
  }

  #pathOf(path: readonly string[]): number {
    const key = JSON.stringify(path);
    const known = this.#paths.get(key);
    if (known !== undefined) return known;
    this.#paths.set(key, this.#asked.length);
    return this.#asked.push({ path, constants: new Map() }) - 1;
  }
}

function answerOf({ path, passes, hasAbsent }: Condition, fields: Fields): boolean | readonly Leaf[] {
  const value = fields.scalarAt(path);
  if (value === absent) return hasAbsent;
  if (value !== listed) return passes(value);
  const leaves = fields.leavesAt(path);
  const good = leaves.filter((leaf) => passes(leaf.value));
  if (good.length > 0) return good;
  return leaves.length === 0 && hasAbsent;
}

/** Each once. */
function valuesOf(leaves: readonly Leaf[]): Iterable<Scalar> {
  return leaves.length === 1 ? [leaves[0]!.value] : new Set(leaves.map((leaf) => leaf.value));
}

/** Each rule once: an alternative of it may have been found more than once. */
function inOrder<T>(found: Filed<T>[]): T[] {
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
