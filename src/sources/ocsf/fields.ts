import type { Json, JsonObject } from '../../model/json.ts';
import { valueAt } from '../json-activity.ts';

/** What stands under the first of these paths that has something: tables fill with nothing, and write `''` or `-`. */
export function given(record: JsonObject, ...paths: readonly string[]): Json | undefined {
  return paths.map((path) => valueAt(record, path)).find((value) => !isNothing(value));
}

export function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || value === '-' || value === "''";
}

/** Epoch milliseconds: a number, or a time with its zone; undefined where neither is there, or no calendar reaches it. */
export function timeGiven(record: JsonObject, ...paths: readonly string[]): number | undefined {
  const value = given(record, ...paths);
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const isCount = typeof value === 'number' || /^\d+$/.test(value);
  const time = new Date(isCount ? Number(value) : value).getTime();
  return Number.isNaN(time) ? undefined : time;
}

/** As logs write it: without a fraction where it is none. */
export function isoOf(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
