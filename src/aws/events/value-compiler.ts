import { numericMax } from './limits.ts';
import type { Placed } from './placed-json.ts';
import { parseCidr } from './value-cidr.ts';
import type { Bound, ValueTest, Where } from './value-test.ts';
import { parseWildcard } from './wildcard.ts';

/** Reports a complaint; the caller knows the pattern's text and the path. */
export type Complain = (reason: string, at: Placed) => never;

/** One entry of a list: a scalar, or an object with one operator. The words are those of EventBridge. */
export function compileValue(entry: Placed, complain: Complain): ValueTest {
  if (entry.kind === 'array') return complain('Match value must be String, number, true, false, or null', entry);
  if (entry.kind === 'string') return addressTest(entry.value) ?? { kind: 'equals', value: entry.value };
  if (entry.kind !== 'object') return { kind: 'equals', value: entry.value };
  const [member, second] = entry.members;
  if (member === undefined) return complain('Match expression name not found', entry);
  const compile = Object.hasOwn(operators, member.name) ? operators[member.name] : undefined;
  if (compile === undefined) return complain(`Unrecognized match type ${member.name}`, entry);
  const test = compile(member.value, complain);
  if (second !== undefined) {
    const numeric = member.name === 'numeric' || member.name === 'anything-but';
    return complain(
      numeric ? 'Too many elements in numeric expression' : 'Only one key allowed in match expression',
      second.value,
    );
  }
  return test;
}

/** An IPv6 address is matched in any of its spellings; one of version 4 has only one. */
function addressTest(text: string): ValueTest | undefined {
  const range = text.includes(':') ? parseCidr(`${text}/128`, 128) : undefined;
  return typeof range === 'object' ? { kind: 'cidr', range } : undefined;
}

const operators: Readonly<Record<string, (value: Placed, complain: Complain) => ValueTest>> = {
  exactly: (value, complain) => ({
    kind: 'equals',
    value: textOf(value, 'exact match pattern must be a string', complain),
  }),
  prefix: (value, complain) => edge('prefix', value, complain),
  suffix: (value, complain) => edge('suffix', value, complain),
  'equals-ignore-case': (value, complain) => ignoreCase('whole', value, complain),
  wildcard: (value, complain) => wildcard(value, complain),
  numeric: (value, complain) => numeric(value, complain),
  'anything-but': (value, complain) => anythingBut(value, complain),
  exists: (value, complain) => {
    if (value.kind !== 'literal' || value.value === null) {
      return complain('exists match pattern must be either true or false.', value);
    }
    return { kind: value.value ? 'exists' : 'absent' };
  },
  cidr: (value, complain) => {
    const range = parseCidr(textOf(value, 'prefix match pattern must be a string', complain));
    return typeof range === 'string' ? complain(range, value) : { kind: 'cidr', range };
  },
};

/** Fields that make EventBridge read `$or` as an ordinary name. */
export const operatorNames: ReadonlySet<string> = new Set(Object.keys(operators));

function textOf(value: Placed, reason: string, complain: Complain): string {
  return value.kind === 'string' ? value.value : complain(reason, value);
}

function edge(where: 'prefix' | 'suffix', value: Placed, complain: Complain): ValueTest {
  if (value.kind !== 'object') {
    return { kind: 'text', where, text: textOf(value, `${where} match pattern must be a string`, complain) };
  }
  const [member, second] = value.members;
  const title = where === 'prefix' ? 'Prefix' : 'Suffix';
  if (member === undefined) return complain(`${title} expression name not found`, value);
  if (member.name !== 'equals-ignore-case') return complain(`Unsupported ${where} pattern: ${member.name}`, value);
  const test = ignoreCase(where, member.value, complain);
  return second === undefined ? test : complain('Only one key allowed in match expression', second.value);
}

function ignoreCase(where: Where, value: Placed, complain: Complain): ValueTest {
  const text = textOf(value, 'equals-ignore-case match pattern must be a string', complain);
  return { kind: 'ignore-case', where, lower: text.toLowerCase() };
}

function wildcard(value: Placed, complain: Complain): ValueTest {
  const pieces = parseWildcard(textOf(value, 'wildcard match pattern must be a string', complain));
  return 'complaint' in pieces ? complain(pieces.complaint, value) : { kind: 'wildcard', pieces };
}

function anythingBut(value: Placed, complain: Complain): ValueTest {
  if (value.kind === 'object') return anythingButNested(value, complain);
  const unsupported = 'Inside anything but list, start|null|boolean is not supported.';
  if (value.kind === 'literal') {
    return complain('Value of anything-but must be an array or single string/number value.', value);
  }
  const values = value.kind === 'array' ? value.items : [value];
  const tests = values.map((item): ValueTest => {
    if (item.kind === 'string') return { kind: 'equals', value: item.value };
    if (item.kind === 'number') return { kind: 'equals', value: comparable(item, complain) };
    return complain(unsupported, item);
  });
  if (new Set(values.map(({ kind }) => kind)).size !== 1) {
    return complain(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
      value,
    );
  }
  return { kind: 'anything-but', tests };
}

type Placeds = Extract<Placed, { kind: 'object' }>;

function anythingButNested(value: Placeds, complain: Complain): ValueTest {
  const [member, second] = value.members;
  if (member === undefined) return complain('Anything-But expression name not found', value);
  const { name, value: inner } = member;
  const known = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name);
  if (!known) return complain(`Unsupported anything-but pattern: ${name}`, value);
  if (inner.kind === 'object' || inner.kind === 'literal') {
    return complain('Value of anything-but must be an array or single string/number value.', inner);
  }
  const items = inner.kind === 'array' ? inner.items : [inner];
  if (items.length === 0) return complain('Empty arrays are not allowed', inner);
  const tests = items.map((item): ValueTest => {
    if (name === 'wildcard') return wildcard(item, complain);
    if (name === 'equals-ignore-case') {
      const reason = 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.';
      return { kind: 'ignore-case', where: 'whole', lower: textOf(item, reason, complain).toLowerCase() };
    }
    const text = textOf(item, 'prefix/suffix match pattern must be a string', complain);
    if (text === '') return complain('Null prefix/suffix not allowed', item);
    return { kind: 'text', where: name === 'prefix' ? 'prefix' : 'suffix', text };
  });
  if (second !== undefined) return complain('Too many elements in numeric expression', second.value);
  return { kind: 'anything-but', tests };
}

function numeric(value: Placed, complain: Complain): ValueTest {
  if (value.kind !== 'array') return complain('Value of numeric must be an array.', value);
  const [first, bound, second, top, more] = value.items;
  if (first?.kind !== 'string') return complain(`Invalid member in numeric match: ${shown(first)}`, first ?? value);
  const operator = first.value;
  if (!isOperator(operator)) return complain(`Unrecognized numeric range operator: ${operator}`, first);
  const low = { operator, value: numberOf(bound, operator, value, complain) };
  if (second === undefined) return { kind: 'numeric', bounds: [low] };
  if (operator !== '>' && operator !== '>=') return complain('Too many elements in numeric expression', second);
  if (second.kind !== 'string') return complain(`Bad value in numeric range: ${shown(second)}`, second);
  if (second.value !== '<' && second.value !== '<=')
    return complain(`Bad numeric range operator: ${second.value}`, second);
  const high = { operator: second.value, value: numberOf(top, second.value, value, complain) } as const;
  if (more !== undefined) return complain('Too many terms in numeric range expression', more);
  if (low.value >= high.value) return complain('Bottom must be less than top', value);
  return { kind: 'numeric', bounds: [low, high] };
}

function isOperator(text: string): text is Bound['operator'] {
  return ['<', '<=', '=', '>', '>='].includes(text);
}

function numberOf(value: Placed | undefined, operator: string, list: Placed, complain: Complain): number {
  if (value?.kind === 'number') return comparable(value, complain);
  return complain(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`, value ?? list);
}

function comparable(value: Extract<Placed, { kind: 'number' }>, complain: Complain): number {
  if (Math.abs(value.value) <= numericMax) return value.value;
  return complain('Value must be between -5.0E9 and 5.0E9, inclusive', value);
}

function shown(value: Placed | undefined): string {
  if (value === undefined) return ']';
  return value.kind === 'object' ? '{' : value.kind === 'array' ? '[' : String(value.value);
}
