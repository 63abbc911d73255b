import { isObject } from '../../../aws/cloudformation/template.ts';
import { AwsError } from '../../../aws/error.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import type { ResourceContext } from './resource-type.ts';

/** Templates write numbers and booleans as text as often as not. */
export function textOf(properties: JsonObject, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') return String(value);
  throw unfit(name, 'a string', value);
}

export function neededText(properties: JsonObject, name: string): string {
  const value = textOf(properties, name);
  if (value !== undefined) return value;
  throw new AwsError('InvalidRequest', `Properties validation failed: required key [${name}] not found`, {
    status: 400,
  });
}

export function numberOf(properties: JsonObject, name: string): number | undefined {
  const value = textOf(properties, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) throw unfit(name, 'a number', value);
  return number;
}

export function flagOf(properties: JsonObject, name: string): boolean | undefined {
  const value = textOf(properties, name);
  if (value === undefined) return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  throw unfit(name, 'a boolean', value);
}

export function listOf(properties: JsonObject, name: string): readonly Json[] {
  const value = properties[name];
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

export function textsOf(properties: JsonObject, name: string): readonly string[] {
  return listOf(properties, name).map((each) => {
    if (typeof each === 'object') throw unfit(name, 'a list of strings', each);
    return String(each);
  });
}

export function objectsOf(properties: JsonObject, name: string): readonly JsonObject[] {
  return listOf(properties, name).map((each) => {
    if (!isObject(each)) throw unfit(name, 'a list of objects', each);
    return each;
  });
}

export function objectOf(properties: JsonObject, name: string): JsonObject | undefined {
  const value = properties[name];
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return value;
  throw unfit(name, 'an object', value);
}

/** A document that may be given as an object or as its text. */
export function documentOf(properties: JsonObject, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Only what is there: undefined members are left out. */
export function given(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** The stack's tags under those of the resource, as most services take them. */
export function tagsOf(properties: JsonObject, context: ResourceContext): { Key: string; Value: string }[] {
  const own = objectsOf(properties, 'Tags').map((tag) => [neededText(tag, 'Key'), textOf(tag, 'Value') ?? ''] as const);
  return Object.entries({ ...context.tags, ...Object.fromEntries(own) }).map(([Key, Value]) => ({ Key, Value }));
}

/** The same, for services that take a map. */
export function tagMapOf(properties: JsonObject, context: ResourceContext): Record<string, string> {
  return Object.fromEntries(tagsOf(properties, context).map(({ Key, Value }) => [Key, Value]));
}

function unfit(name: string, wanted: string, value: Json): AwsError {
  return new AwsError(
    'InvalidRequest',
    `Properties validation failed: #/${name}: expected ${wanted}, found: ${JSON.stringify(value)}`,
    { status: 400 },
  );
}
