import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { compilePattern, matchesPattern } from '../../src/aws/events/pattern.ts';
import { RuleSet } from '../../src/aws/events/rule-set.ts';

// A second reading of the language that shares no code with the first: the event becomes a list of rows
// (dotted name, value, elements passed), and a pattern matches when one row of each field can be taken together.
type Row = { readonly name: string; readonly value: unknown; readonly through: ReadonlyMap<string, number> };

function rowsOf(value: unknown, name: string, at: string, through: ReadonlyMap<string, number>): Row[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => rowsOf(item, name, `${at}[${index}]`, new Map([...through, [at, index]])));
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, item]) =>
      rowsOf(item, name === '' ? key : `${name}.${key}`, `${at}.${key}`, through),
    );
  }
  return [{ name, value, through }];
}

function naive(pattern: Record<string, unknown>, event: unknown): boolean {
  const rows = rowsOf(event, '', '', new Map());
  const fields = Object.entries(flat(pattern, ''));
  const combine = (at: number, taken: readonly Row[]): boolean => {
    const field = fields[at];
    if (field === undefined) return true;
    const own = rows.filter(({ name }) => name === field[0]);
    if (own.length === 0) return field[1].some((test) => exists(test) === false) && combine(at + 1, taken);
    return own.some(
      (row) =>
        field[1].some((test) => meets(test, row.value)) &&
        taken.every((other) => together(row, other)) &&
        combine(at + 1, [...taken, row]),
    );
  };
  return combine(0, []);
}

function flat(pattern: Record<string, unknown>, prefix: string): Record<string, unknown[]> {
  return Object.assign(
    {},
    ...Object.entries(pattern).map(([key, value]) =>
      Array.isArray(value) ? { [prefix + key]: value } : flat(value as Record<string, unknown>, `${prefix}${key}.`),
    ),
  );
}

const exists = (test: unknown) => (test as { exists?: boolean } | null)?.exists;
const together = (left: Row, right: Row) =>
  [...left.through].every(([at, index]) => (right.through.get(at) ?? index) === index);

function meets(test: unknown, value: unknown): boolean {
  if (test === null || typeof test !== 'object') return test === value;
  const [[operator, operand]] = Object.entries(test) as [[string, never]];
  const text = typeof value === 'string' ? value : undefined;
  switch (operator) {
    case 'exists':
      return operand === true;
    case 'prefix':
      return text?.startsWith(operand) ?? false;
    case 'suffix':
      return text?.endsWith(operand) ?? false;
    case 'equals-ignore-case':
      return text?.toLowerCase() === (operand as string).toLowerCase();
    case 'anything-but':
      return !(operand as unknown[]).includes(value);
    case 'wildcard':
      return text !== undefined && new RegExp(`^${(operand as string).replaceAll('*', '.*')}$`, 's').test(text);
    default:
      return typeof value === 'number' && value > (operand as [string, number])[1];
  }
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '"', 'é'), maxLength: 3 });
/** Longer than what is looked at in one step, of all that means something outside of a text. */
const long = fc.string({
  unit: fc.constantFrom('a', 'b', '"', '\\', '{', '}', '[', ']', ',', 'é'),
  minLength: 9,
  maxLength: 40,
});
const scalar = fc.oneof(word, long, fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.constant(null));
const test = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.boolean().map((yes) => ({ exists: yes })),
  word.map((text) => ({ prefix: text })),
  word.map((text) => ({ suffix: text })),
  word.map((text) => ({ 'equals-ignore-case': text })),
  fc.array(word, { minLength: 1, maxLength: 2 }).map((list) => ({ 'anything-but': list })),
  fc.tuple(word, word).map(([left, right]) => ({ wildcard: `${left}*${right}` })),
  fc.integer({ min: 0, max: 3 }).map((low) => ({ numeric: ['>', low] })),
);
const name = fc.constantFrom('p', 'q', 'r', 'sixteen-letters-', 'sixteen-letters-s', 'sixteen-letters-t');
const tests = fc.array(test, { minLength: 1, maxLength: 2 });
const inner = fc.dictionary(name, tests, { minKeys: 1, maxKeys: 2 });
const pattern = fc.dictionary(name, fc.oneof(tests, inner, fc.dictionary(name, inner, { minKeys: 1 })), { minKeys: 1 });
const { event } = fc.letrec((tie) => ({
  event: fc.dictionary(name, tie('value')),
  value: fc.oneof({ maxDepth: 3 }, scalar, tie('event'), fc.array(tie('value'), { maxLength: 3 })),
}));

/** An event as text: with blanks, with a name that comes twice, with names that are escaped. */
const written = fc.tuple(event, fc.nat(2), fc.boolean(), fc.boolean()).map(([happened, indent, repeats, escapes]) => {
  const text = JSON.stringify(happened, null, indent);
  const whole = repeats && text.length > 2 ? `{"p":{"q":"a"},${text.slice(1)}` : text;
  return escapes ? whole.replace(/"q/g, '"\\u0071') : whole;
});

/** Each takes one generated case and says whether both readings agree. */
export const patternProperties = {
  'a pattern matches what the naive reading matches': fc.property(
    pattern,
    event,
    (rule, happened) => matchesPattern(compilePattern(JSON.stringify(rule)), happened) === naive(rule, happened),
  ),
  'a set finds the rules that match alone, in their order, over JSON and over bytes': fc.property(
    fc.array(pattern, { maxLength: 12 }),
    written,
    (rules, text) => {
      const happened = JSON.parse(text) as unknown;
      const set = new RuleSet<number>();
      for (const [index, rule] of rules.entries()) set.add(index, compilePattern(JSON.stringify(rule)));
      const expected = rules.flatMap((rule, index) => (naive(rule, happened) ? [index] : []));
      const bytes = Buffer.from(text);
      return isDeepStrictEqual(set.match(happened), expected) && isDeepStrictEqual(set.matchBytes(bytes), expected);
    },
  ),
};
