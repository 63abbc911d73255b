import type { Json, JsonObject } from '../../model/json.ts';
import { isObject, itemsOf } from './indicators.ts';

/**
 * Indicators of a MISP export: one event, a response of events, or of attributes. What is not meant for detection
 * (`to_ids` false) does not count.
 * https://www.misp-standard.org/rfc/misp-standard-core.html
 */
export function* mispIndicators(json: Json): Generator<string> {
  for (const part of itemsOf(isObject(json) && json['response'] !== undefined ? json['response'] : json)) {
    if (!isObject(part)) continue;
    yield* attributesOf(part);
    for (const event of itemsOf(part['Event'])) if (isObject(event)) yield* attributesOf(event);
  }
}

function* attributesOf(holder: JsonObject): Generator<string> {
  for (const attribute of itemsOf(holder['Attribute'])) {
    if (!isObject(attribute) || attribute['to_ids'] === false || attribute['deleted'] === true) continue;
    const { type, value } = attribute;
    if (typeof type === 'string' && typeof value === 'string') yield* valuesOf(type, value);
  }
  for (const object of itemsOf(holder['Object'])) if (isObject(object)) yield* attributesOf(object);
}

/** `domain|ip` holds two, `ip-dst|port` and `filename|sha256` one that counts. */
function valuesOf(type: string, value: string): readonly string[] {
  const kinds = type.split('|');
  const values = kinds.length === 1 ? [value] : value.split('|');
  return values.filter((_, index) => wanted.has(kinds[index] ?? ''));
}

const wanted: ReadonlySet<string> = new Set([
  ...['ip', 'ip-src', 'ip-dst', 'domain', 'hostname', 'url', 'uri', 'md5', 'sha1', 'sha256'],
]);
