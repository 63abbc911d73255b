import type { Json, JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { callActivity } from './cloudtrail/record.ts';
import { isObject, parsed } from './json-activity.ts';
import { otherActivity } from './json-records.ts';
import { limits } from './limits.ts';
import type { Taken } from './listed-batch.ts';
import { recordName, structuralNames } from './parquet-names.ts';

/** What a row of a table says, by the names of its columns; undefined when they are of nothing known. */
export function rowActivity(row: JsonObject, place: Place): Taken {
  const record = named(row);
  return 'eventSource' in record ? callActivity(record, place) : otherActivity(record, place);
}

/** Athena and Glue write names in small letters, and what nests freely as JSON in a string. */
function named(row: JsonObject): JsonObject {
  const record: Record<string, Json> = {};
  for (const [column, value] of Object.entries(row)) {
    const name = recordName(column);
    if (value === null) continue;
    record[name] = structuralNames.has(name) ? renamed(nested(value)) : nested(value);
  }
  return record;
}

function renamed(value: Json, depth = 0): Json {
  if (!isObject(value) || depth > limits.depth) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([name, inner]) => [recordName(name), renamed(inner, depth + 1)]));
}

function nested(value: Json): Json {
  return typeof value === 'string' && /^\s*[{[]/.test(value) ? (parsed(value) ?? value) : value;
}
