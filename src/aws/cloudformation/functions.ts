import type { Json, JsonObject } from '../../model/json.ts';
import { cidrBlocks } from './cidr.ts';
import { subParts } from './sub.ts';
import { invalid, isObject, notBuilt } from './template.ts';

/** What the intrinsic functions ask. `undefined` from `ref` is AWS::NoValue. */
export interface Surroundings {
  ref(name: string): Json | undefined;
  attribute(logicalId: string, name: string): Json;
  condition(name: string): boolean;
  mapping(map: string): JsonObject | undefined;
  imported(name: string): Json;
  zones(region: string): readonly string[];
  readonly region: string;
}

/** A value with its functions evaluated. Undefined: the property is not there (AWS::NoValue). */
export function evaluate(value: Json, around: Surroundings): Json | undefined {
  if (Array.isArray(value)) return value.flatMap((each) => nothingOr(evaluate(each, around)));
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const only = keys.length === 1 ? keys[0] : undefined;
  if (only !== undefined && (only === 'Ref' || only.startsWith('Fn::'))) {
    const apply = functions[only];
    if (apply === undefined) throw unknown(only);
    return apply(value[only] as Json, around);
  }
  const entries = Object.entries(value).flatMap(([key, each]) => {
    const inner = evaluate(each, around);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  return Object.fromEntries(entries);
}

/** A condition: Fn::And, Fn::Or, Fn::Not, Fn::Equals, or another by name. */
export function holds(condition: Json, around: Surroundings): boolean {
  const [name, argument] = isObject(condition) ? (Object.entries(condition)[0] ?? []) : [];
  const parts = Array.isArray(argument) ? (argument as readonly Json[]) : [];
  if (name === 'Condition' && typeof argument === 'string') return around.condition(argument);
  if (name === 'Fn::Equals' && parts.length === 2) {
    const [left, right] = parts.map((part) => evaluate(part, around));
    return text(left) === text(right);
  }
  if (name === 'Fn::Not' && parts.length === 1) return !holds(parts[0] as Json, around);
  if (name === 'Fn::And' || name === 'Fn::Or') {
    if (parts.length < 2 || parts.length > 10) {
      throw invalid(
        `Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
      );
    }
    return name === 'Fn::And' ? parts.every((part) => holds(part, around)) : parts.some((part) => holds(part, around));
  }
  throw invalid('Template format error: Conditions can only be boolean operations on parameters and other conditions');
}

type Apply = (argument: Json, around: Surroundings) => Json | undefined;

const functions: Readonly<Record<string, Apply>> = {
  Ref: (name, around) => around.ref(string(name, 'Ref')),
  'Fn::GetAtt'(argument, around) {
    const [resource, ...attribute] = getAttParts(argument);
    const name = attribute.map((part) => text(evaluate(part as Json, around))).join('.');
    return around.attribute(resource, name);
  },
  'Fn::Sub'(argument, around) {
    const [template, own] = subArguments(argument);
    const variables = own === undefined ? {} : (evaluate(own, around) as JsonObject);
    const parts = subParts(template).map((part) => {
      if ('text' in part) return part.text;
      const value = variables[part.name] ?? named(part.name, around);
      return text(value);
    });
    return parts.join('');
  },
  'Fn::Join'(argument, around) {
    const [delimiter, list] = pair(argument, 'Fn::Join', 'a list of two elements: a delimiter and a list of strings');
    const values = evaluate(list, around);
    if (typeof delimiter !== 'string' || !Array.isArray(values)) {
      throw invalid(
        'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
      );
    }
    return values.map(text).join(delimiter);
  },
  'Fn::Split'(argument, around) {
    const [delimiter, value] = pair(argument, 'Fn::Split', 'two parameters, (1) a string delimiter and (2) a string');
    const whole = evaluate(value, around);
    if (typeof delimiter !== 'string' || typeof whole !== 'string') {
      throw invalid(
        'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
      );
    }
    return whole.split(delimiter);
  },
  'Fn::Select'(argument, around) {
    const [at, list] = pair(argument, 'Fn::Select', 'two parameters, (1) an index and (2) a list');
    const index = Number(text(evaluate(at, around)));
    const values = evaluate(list, around);
    if (!Array.isArray(values))
      throw invalid(
        'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
      );
    const value = Number.isInteger(index) ? values[index] : undefined;
    if (value === undefined)
      throw invalid(
        `Template error: Fn::Select cannot select nonexistent value at index ${text(evaluate(at, around))}`,
      );
    return value as Json;
  },
  'Fn::FindInMap'(argument, around) {
    const parts = Array.isArray(argument) ? (argument as readonly Json[]) : [];
    if (parts.length !== 3)
      throw invalid(
        'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
      );
    const [map, top, second] = parts.map((part) => text(evaluate(part, around))) as [string, string, string];
    const row = around.mapping(map);
    if (row === undefined)
      throw invalid(`Template error: Mapping named '${map}' is not present in the 'Mappings' section of template.`);
    const found = isObject(row[top]) ? row[top][second] : undefined;
    if (found === undefined) throw invalid(`Template error: Unable to get mapping for ${map}::${top}::${second}`);
    return found;
  },
  'Fn::If'(argument, around) {
    const parts = Array.isArray(argument) ? (argument as readonly Json[]) : [];
    if (parts.length !== 3 || typeof parts[0] !== 'string')
      throw invalid('Template error: Fn::If requires a list argument with three elements');
    return evaluate((around.condition(parts[0]) ? parts[1] : parts[2]) as Json, around);
  },
  'Fn::Base64': (argument, around) => Buffer.from(text(evaluate(argument, around))).toString('base64'),
  'Fn::GetAZs'(argument, around) {
    const region = text(evaluate(argument, around));
    return [...around.zones(region === '' ? around.region : region)];
  },
  'Fn::ImportValue': (argument, around) => around.imported(text(evaluate(argument, around))),
  'Fn::Cidr'(argument, around) {
    const parts = (Array.isArray(argument) ? (argument as readonly Json[]) : []).map((part) =>
      text(evaluate(part, around)),
    );
    return cidrBlocks(parts[0] ?? '', Number(parts[1]), Number(parts[2] ?? 8));
  },
};

/** The two arguments of Fn::Sub: a string alone, or with variables of its own. */
export function subArguments(argument: Json): readonly [template: string, variables?: JsonObject] {
  if (typeof argument === 'string') return [argument];
  const [template, variables] = Array.isArray(argument) ? (argument as readonly Json[]) : [];
  if (typeof template === 'string' && isObject(variables)) return [template, variables];
  throw invalid(
    'Template error: One or more Fn::Sub intrinsic functions don’t specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string'.replace(
      '’',
      "'",
    ),
  );
}

export function getAttParts(argument: Json): readonly [resource: string, ...attribute: Json[]] {
  const parts = typeof argument === 'string' ? argument.split(/\.(.*)/s).slice(0, 2) : argument;
  if (Array.isArray(parts) && parts.length === 2 && typeof parts[0] === 'string') {
    return parts as unknown as [string, Json];
  }
  throw invalid(
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  );
}

function named(name: string, around: Surroundings): Json | undefined {
  const dot = name.indexOf('.');
  return dot < 0 ? around.ref(name) : around.attribute(name.slice(0, dot), name.slice(dot + 1));
}

function pair(argument: Json, name: string, what: string): readonly [Json, Json] {
  if (Array.isArray(argument) && argument.length === 2) return argument as unknown as [Json, Json];
  throw invalid(`Template error: every ${name} object requires ${what}`);
}

function string(value: Json, name: string): string {
  if (typeof value === 'string') return value;
  throw invalid(`Template format error: Every ${name} object must have a single String value.`);
}

function unknown(name: string): Error {
  const later = ['Fn::Transform', 'Fn::ToJsonString', 'Fn::Length'].includes(name) || name.startsWith('Fn::ForEach');
  if (later) return notBuilt(`The intrinsic function ${name}`);
  return invalid(`Template error: ${name} is not a supported intrinsic function`);
}

function nothingOr(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : [value];
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
