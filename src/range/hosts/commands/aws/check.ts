import type { Shape } from '../../../wire/plan.ts';
import { CliError } from './errors.ts';

/** What the CLI refuses before it calls, in botocore's words. */
export function checkInput(input: Readonly<Record<string, unknown>>, shape: Shape | undefined): void {
  if (shape === undefined) return;
  const wrong: string[] = [];
  check(input, shape, '', wrong);
  if (wrong.length > 0) throw new CliError(`\nParameter validation failed:\n${wrong.join('\n')}\n`, 252);
}

function check(value: unknown, shape: Shape, at: string, wrong: string[]): void {
  if (shape.document) return;
  const [fits, wanted] = kinds[shape.type] ?? kinds['string'];
  if (!fits(value)) {
    wrong.push(
      `Invalid type for parameter ${at}, value: ${shown(value)}, type: ${kindOf(value)}, valid types: ${wanted}`,
    );
    return;
  }
  const length = typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
  if (length !== undefined && shape.min !== undefined && length < shape.min)
    wrong.push(`Invalid length for parameter ${at}, value: ${length}, valid min length: ${shape.min}`);
  if (typeof value === 'number' && shape.min !== undefined && value < shape.min)
    wrong.push(`Invalid value for parameter ${at}, value: ${value}, valid min value: ${shape.min}`);
  if (shape.type === 'structure') structure(value as Record<string, unknown>, shape, at, wrong);
  const { item } = shape;
  if (shape.type === 'list' && item !== undefined)
    for (const [index, one] of (value as unknown[]).entries()) check(one, item.shape, `${at}[${index}]`, wrong);
  if (shape.type === 'map' && item !== undefined)
    for (const [name, one] of Object.entries(value as object)) check(one, item.shape, `${at}.${name}`, wrong);
}

function structure(value: Readonly<Record<string, unknown>>, shape: Shape, at: string, wrong: string[]): void {
  const place = at === '' ? 'input' : at;
  const names = shape.members.map(({ name }) => name);
  for (const { name, required } of shape.members)
    if (required && value[name] === undefined) wrong.push(`Missing required parameter in ${place}: "${name}"`);
  for (const name of Object.keys(value))
    if (!names.includes(name))
      wrong.push(`Unknown parameter in ${place}: "${name}", must be one of: ${names.join(', ')}`);
  for (const member of shape.members) {
    const one = value[member.name];
    if (one !== undefined && !member.streaming)
      check(one, member.shape, at === '' ? member.name : `${at}.${member.name}`, wrong);
  }
}

type Kind = readonly [fits: (value: unknown) => boolean, wanted: string];

const pairs: Kind = [
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date),
  "<class 'dict'>",
];
const whole: Kind = [(value) => Number.isInteger(value), "<class 'int'>"];
const real: Kind = [(value) => typeof value === 'number', "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>"];

const kinds: Readonly<Record<Shape['type'], Kind>> = {
  structure: pairs,
  map: pairs,
  list: [Array.isArray, "<class 'list'>, <class 'tuple'>"],
  string: [(value) => typeof value === 'string', "<class 'str'>"],
  integer: whole,
  long: whole,
  float: real,
  double: real,
  boolean: [(value) => typeof value === 'boolean', "<class 'bool'>"],
  timestamp: [(value) => value instanceof Date, "<class 'datetime.datetime'>, timestamp-string"],
  blob: [(value) => value instanceof Uint8Array, "<class 'bytes'>, <class 'bytearray'>, file-like object"],
};

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return "<class 'str'>";
  if (typeof value === 'number') return Number.isInteger(value) ? "<class 'int'>" : "<class 'float'>";
  if (typeof value === 'boolean') return "<class 'bool'>";
  return value === null ? "<class 'NoneType'>" : Array.isArray(value) ? "<class 'list'>" : "<class 'dict'>";
}
