/**
 * The derived table of one service, as `generated/<service>.json` holds it.
 *
 * A binder says where a value comes from: `Path.To[].Member` of the input (what starts with `arn:` is the resource itself),
 * `Map{}` its keys, `*` what does not exist yet, `=text` a constant, `@caller`, `@<service>:<kind>:Path` state through a
 * resolver, `A|B` the first that is there.
 */
export interface Table {
  /** Resource type -> ARN format of the service's authorization page. */
  readonly arns: Readonly<Record<string, string>>;
  /** Operations that need no permission. */
  readonly free: readonly string[];
  /** Operations without an action of their name: only an override can map them. */
  readonly missing: readonly string[];
  readonly operations: Readonly<Record<string, readonly Entry[]>>;
}

/** One action that an operation may need. The names are short because the generated files hold thousands of them. */
export interface Entry {
  /** The action. */
  readonly a: string;
  /** Asked only if one of these members is there (`A|B`), or, with a leading `!`, if none is. */
  readonly if?: string;
  /** Resource type (`!`: required; '' or an ARN format after `=`: not of the table) and its binders. */
  readonly r?: readonly (readonly [type: string, binders: string | Readonly<Record<string, string>>])[];
  /** Condition key -> binder. */
  readonly k?: Readonly<Record<string, string>>;
  /** The member that holds the request's tags, or the tag keys to remove. */
  readonly t?: string;
  /** How the keys of these tags begin, with what stands before the tag's own key, where not `aws:RequestTag/`. */
  readonly tp?: string;
  /** Resource types that nothing binds. */
  readonly u?: readonly string[];
  /** Condition keys that nothing binds. */
  readonly x?: readonly string[];
}

/** What the generator cannot know about one operation, merged with what it derived. */
export interface Override {
  /** Why the derived entries are not enough, with the page of AWS that says so. */
  readonly why: string;
  /** Merged into the derived first entry; its keys one by one. */
  readonly change?: Partial<Entry>;
  /** Asked besides the derived entries. */
  readonly adds?: readonly Entry[];
  /** Instead of the derived entries; the only form for an operation that has none. */
  readonly entries?: readonly Entry[];
  /** Further members that binders may name, derived from the input (`CopySource` -> bucket and key). */
  with?(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

export interface Overrides {
  readonly operations: Readonly<Record<string, Override>>;
  /** Condition keys of the service that do not come from the input, and who answers for them. */
  readonly keys: Readonly<Record<string, ServedKey>>;
  /** ARN format that AWS asks about where an action has no resource type, if not `*`: its refusals show it. */
  readonly whole?: string;
}

/** `request`: `serviceKeysOf`; `state`: the range's `Service.keys`; `absent`: never there, because what it speaks of is not built. */
export type ServedKey = { readonly from: 'request' | 'state' | 'absent'; readonly why: string };

/** The entries of an operation after its override; undefined: nothing maps it. */
export function entriesOf(operation: string, table: Table, { operations }: Overrides): readonly Entry[] | undefined {
  const override = operations[operation];
  const derived = table.free.includes(operation) ? [] : table.operations[operation];
  if (!override) return derived;
  const [first, ...others] = override.entries ?? derived ?? [];
  if (!first) return override.adds;
  return [merged(first, override.change ?? {}), ...others, ...(override.adds ?? [])];
}

/** Keys are merged one by one, and a key that is bound by hand is no longer open. */
function merged(derived: Entry, change: Partial<Entry>): Entry {
  const k = { ...derived.k, ...change.k };
  const x = (change.x ?? derived.x ?? []).filter((key) => !(key in k));
  return { ...derived, ...change, ...(Object.keys(k).length > 0 ? { k } : {}), x };
}

/** Says what the generator promises of its JSON. */
export function tableOf(json: unknown): Table {
  // The generator writes exactly this shape, and its hash test keeps hands off the files.
  return json as Table;
}
