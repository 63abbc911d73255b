import { compileResource, type Resources } from './arn-format.ts';
import { compileBinder, compilePath } from './binder.ts';
import { levelOf } from './levels.ts';
import type { Authorization, AuthorizationFacts, Requirement } from './requirement.ts';
import { type Entry, entriesOf, type Overrides, type Table } from './table.ts';
import { compileTags } from './tags.ts';

type Input = Readonly<Record<string, unknown>>;
type Ask = (input: Input, facts: AuthorizationFacts) => Requirement | undefined;
type Keys = Record<string, string | readonly string[]>;

/** Makes the table of one service answer. Operations compile at first use: most are never called. */
export function compileAuthorization(service: string, table: Table, overrides: Overrides): Authorization {
  const compiled = new Map<string, (input: Input, facts: AuthorizationFacts) => readonly Requirement[]>();
  const compileOperation = (operation: string) => {
    const entries = entriesOf(operation, table, overrides);
    if (!entries) return notMapped(service, operation);
    const extend = overrides.operations[operation]?.with;
    // Actions of other services that an entry asks for have their own way.
    const whole = (action: string) => (action.startsWith(`${service}:`) ? overrides.whole : undefined);
    const asks = entries.map((entry) => compileEntry(entry, table, whole(entry.a)));
    return (input: Input, facts: AuthorizationFacts) =>
      answers(asks, extend ? { ...input, ...extend(input) } : input, facts);
  };
  return {
    service,
    requirementsOf(operation, input, facts) {
      const answer = compiled.get(operation) ?? compileOperation(operation);
      compiled.set(operation, answer);
      return answer(input, facts);
    },
    unmapped: (operation) => unmappedIn(service, operation, entriesOf(operation, table, overrides), overrides),
    asksOf: (operation) => asksIn(entriesOf(operation, table, overrides) ?? [], overrides),
    resolvers: resolversIn([table.operations, overrides.operations]),
  };
}

function answers(asks: readonly Ask[], input: Input, facts: AuthorizationFacts): readonly Requirement[] {
  const found: Requirement[] = [];
  for (const ask of asks) {
    const requirement = ask(input, facts);
    if (requirement) found.push(requirement);
  }
  return found;
}

function notMapped(service: string, operation: string) {
  const why = `${service} ${operation} has no entry in the authorization table; add one to overrides/${service}.ts`;
  return () => [{ kind: 'undecided', action: `${service}:${operation}`, cause: 'table', why } as const];
}

function compileEntry(entry: Entry, table: Table, whole: string | undefined): Ask {
  const { a: action } = entry;
  const level = levelOf(action);
  if (!level) throw new Error(`${action}: no access level is known; regenerate levels.json`);
  const applies = entry.if === undefined ? undefined : compileIf(entry.if);
  const resources = compileResources(entry, table, whole);
  const keys = compileKeys(entry);
  return (input, facts) => {
    if (applies && !applies(input)) return undefined;
    const arns = resources(input, facts);
    if ('cause' in arns) return { kind: 'undecided', action, cause: arns.cause, why: `${action}: ${arns.why}` };
    return { kind: 'decided', action, level, resources: arns, keys: keys(input, facts) };
  };
}

interface Undecided {
  readonly cause: 'input' | 'state' | 'table';
  readonly why: string;
}

function compileIf(text: string): (input: Input) => boolean {
  const absent = text.startsWith('!');
  const names = (absent ? text.slice(1) : text).split('|');
  if (names.every((name) => /^\w+$/.test(name))) {
    return (input) => names.some((name) => input[name] !== undefined && input[name] !== null) !== absent;
  }
  const paths = names.map(compilePath);
  return (input) => paths.some((read) => read(input).length > 0) !== absent;
}

/** The ARNs, or why they cannot be said. Optional types are alternatives: those that the input names. */
function compileResources(
  entry: Entry,
  table: Table,
  whole: string | undefined,
): (input: Input, facts: AuthorizationFacts) => readonly string[] | Undecided {
  const types = (entry.r ?? []).map(([mark, binders]) => {
    const type = mark.replace(/!$/, '');
    const format = type.startsWith('=') ? type.slice(1) : (table.arns[type] ?? '');
    if (format === '' && typeof binders !== 'string') throw new Error(`${entry.a}: unknown resource type "${type}"`);
    const label = type === '' || type.startsWith('=') ? 'resource' : type;
    return { required: mark.endsWith('!'), label, find: compileResource(format, binders) };
  });
  const open = entry.u ?? [];
  if (types.length === 0 && open.length === 0) return whole === undefined ? () => everything : wholeOf(whole);
  return (input, facts) => collect(types, open, input, facts);
}

const everything: readonly string[] = ['*'];

function wholeOf(format: string): (input: Input, facts: AuthorizationFacts) => readonly string[] {
  const find = compileResource(format, {});
  return (input, facts) => find(input, facts) ?? everything;
}

function collect(
  types: readonly { required: boolean; label: string; find: Resources }[],
  open: readonly string[],
  input: Input,
  facts: AuthorizationFacts,
): readonly string[] | Undecided {
  let arns: readonly string[] | undefined;
  for (const { required, label, find } of types) {
    const found = find(input, facts);
    if (found === undefined) return { cause: 'state', why: `the ${label} is in state, which does not say it` };
    if (found.length > 0) arns = arns ? [...arns, ...found] : found;
    else if (required) return { cause: 'input', why: `the input does not name the ${label}` };
  }
  if (open.length > 0) return { cause: 'table', why: `nothing binds its resource types ${open.join(', ')}` };
  return arns ?? everything;
}

type AddKey = (keys: Keys, input: Input, facts: AuthorizationFacts) => void;

function compileKeys(entry: Entry): (input: Input, facts: AuthorizationFacts) => Keys {
  const adders = Object.entries(entry.k ?? {}).map(([key, binder]) => compileKey(key, binder));
  const addTags = entry.t === undefined ? undefined : compileTags(entry.t, entry.tp);
  return (input, facts) => {
    const keys: Keys = {};
    for (const add of adders) add(keys, input, facts);
    addTags?.(input, keys);
    return keys;
  };
}

/** Most keys are one member of the input, and mostly not there: those cost one property read. */
function compileKey(key: string, binder: string): AddKey {
  const bound = compileBinder(binder);
  const list = binder.includes('[]') || binder.includes('{}');
  const add: AddKey = (keys, input, facts) => {
    const values = bound(input, facts);
    const [first] = values ?? [];
    if (values && first !== undefined) keys[key] = list ? [...new Set(values)] : first;
  };
  const member = /^\w+/.exec(binder)?.[0];
  if (member === undefined || binder.includes('|')) return add;
  return (keys, input, facts) => {
    if (input[member] !== undefined) add(keys, input, facts);
  };
}

function unmappedIn(
  service: string,
  operation: string,
  entries: readonly Entry[] | undefined,
  overrides: Overrides,
): readonly string[] {
  if (!entries) return [`${service} ${operation}: action`];
  return entries.flatMap(({ a, u = [], x = [] }) => [
    ...u.map((type) => `${a}: resource ${type}`),
    ...x.filter((key) => !isServed(key, overrides)).map((key) => `${a}: condition key ${key}`),
  ]);
}

/** A served key that ends in `*` stands for all that begin so. */
function isServed(key: string, { keys }: Overrides): boolean {
  return key in keys || Object.keys(keys).some((each) => each.endsWith('*') && key.startsWith(each.slice(0, -1)));
}

function asksIn(entries: readonly Entry[], { keys }: Overrides) {
  const open = new Set(entries.flatMap(({ x = [] }) => x));
  return {
    resolvers: resolversIn(entries),
    keys: [...open].filter((key) => keys[key]?.from === 'state').sort(),
  };
}

/** Binders are texts: the names stand in them wherever they are. */
function resolversIn(entries: unknown): readonly string[] {
  const names = JSON.stringify(entries).matchAll(/@([\w-]+:[\w-]+):/g);
  return [...new Set([...names].map((match) => match[1] ?? ''))].sort();
}
