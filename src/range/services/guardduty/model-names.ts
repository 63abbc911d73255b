import type { Json, JsonObject } from '../../../model/json.ts';

/** A finding's JSON under the names of the API's model, as handlers answer: capitals first, times as dates. */
export function toModel(finding: JsonObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(finding).map(([name, value]) => [upperFirst(name), memberOf(name, value)]));
}

function memberOf(name: string, value: Json): unknown {
  // A map: its keys are resource types.
  if (name === 'affectedResources') return value;
  // Only buckets have it as epoch seconds; the finding's own is a text.
  if (name === 'createdAt' && typeof value === 'number') return new Date(value * 1000);
  if (Array.isArray(value)) return value.map((item: Json) => memberOf('', item));
  return typeof value === 'object' && value !== null ? toModel(value as JsonObject) : value;
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
