import { AwsError } from '../../aws/error.ts';
import { limits } from './limits.ts';
import type { Member, Shape } from './plan.ts';
import { blobFromText, timestampFromText } from './scalar.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

export function parseJson(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    throw serialization('Unable to parse the request body as JSON');
  }
}

/** The modelled members of a JSON object. Unknown members are passed over, as AWS does. */
export function readJson(from: unknown, shape: Shape, depth = 0): Record<string, unknown> {
  if (typeof from !== 'object' || from === null || Array.isArray(from)) throw wrongToken(from, shape.type);
  if (depth > limits.depth) throw serialization('The request is nested too deeply');
  const into: Record<string, unknown> = {};
  for (const name of Object.keys(from)) {
    const member = shape.byWireName.get(name);
    if (member === undefined) continue;
    const value = (from as Record<string, unknown>)[name];
    if (value !== null && value !== undefined) into[member.name] = readValue(value, member, depth);
  }
  return into;
}

function readValue(value: unknown, member: Member, depth: number): unknown {
  const { shape } = member;
  switch (shape.type) {
    case 'structure':
      return shape.document ? value : readJson(value, shape, depth + 1);
    case 'list':
      if (!Array.isArray(value)) throw wrongToken(value, 'list');
      return value.map((item) => (item === null ? null : readValue(item, shape.item!, depth + 1)));
    case 'map':
      return readMap(value, shape, depth);
    case 'string':
      if (typeof value === 'string') return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'blob':
      if (typeof value === 'string') return blobFromText(value, member);
      break;
    case 'timestamp':
      if (typeof value === 'number' || typeof value === 'string') return timestampFromText(String(value), member);
      break;
    default:
      return readNumber(value, shape);
  }
  throw wrongToken(value, shape.type);
}

function readNumber(value: unknown, shape: Shape): number {
  const whole = shape.type === 'integer' || shape.type === 'long';
  if (typeof value === 'number' && (!whole || Number.isInteger(value))) return value;
  if (!whole && (value === 'NaN' || value === 'Infinity' || value === '-Infinity')) return Number(value);
  throw wrongToken(value, shape.type);
}

function readMap(value: unknown, shape: Shape, depth: number): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongToken(value, 'map');
  const into: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    if (item !== null) into[key] = readValue(item, shape.item!, depth + 1);
  }
  return into;
}

const javaNames: Readonly<Record<string, string>> = {
  string: 'String',
  integer: 'Integer',
  long: 'Long',
  float: 'Float',
  double: 'Double',
  boolean: 'Boolean',
  timestamp: 'Date',
  blob: 'ByteBuffer',
};

/** The texts that AWS's JSON front ends give; observed in many public issue threads, not documented. */
function wrongToken(value: unknown, expected: string): AwsError {
  const java = javaNames[expected];
  if (java === undefined) return serialization(`Unexpected token where a ${expected} was expected`);
  if (Array.isArray(value)) return serialization('Start of list found where not expected');
  if (typeof value === 'object') return serialization('Start of structure or map found where not expected.');
  const token = typeof value === 'boolean' ? `${value}`.toUpperCase() : (typeof value).toUpperCase();
  return serialization(`${token}_VALUE cannot be converted to ${java}`);
}

function serialization(message: string): AwsError {
  return new AwsError('SerializationException', message, { status: 400 });
}
