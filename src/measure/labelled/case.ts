import type { Json, JsonObject } from '../../model/json.ts';

/** What somebody says must be found in a few records: anything, nothing, or exactly these. */
export type Expect = 'any' | 'none' | readonly string[];

/** One line of a labelled set. */
export interface Case {
  readonly name: string;
  /** What the figures are grouped by: the rule that says so, or ''. */
  readonly group: string;
  readonly expect: Expect;
  /** Records as a log has them: objects, or lines of text. */
  readonly records: readonly (JsonObject | string)[];
}

/**
 * A line in one of two forms: `{name, expect, records}`, or `{rule, name, expect, log}` as collections of single records
 * have it. `expect` is a list of finding types (a detector's id where one type has several signals), `"none"`, true for
 * anything, false for nothing. Says what is wrong with any other line.
 */
export function caseOf(line: string): Case | { readonly problem: string } {
  const value = parsed(line);
  if (!isObject(value)) return { problem: 'is no JSON object' };
  const { name, rule, expect: said } = value;
  const expect = expectOf(said);
  if (typeof name !== 'string') return { problem: 'has no "name", a text' };
  if (expect === undefined) {
    return { problem: `has "expect" ${JSON.stringify(said)}; expected a list of types, "none", true or false` };
  }
  const records = recordsOf(value['records'] ?? (value['log'] === undefined ? undefined : [value['log']]));
  if (records === undefined) return { problem: 'has no "records", a list of records, nor "log", one of them' };
  return { name, group: typeof rule === 'string' ? rule : '', expect, records };
}

function expectOf(value: Json | undefined): Expect | undefined {
  if (value === true) return 'any';
  if (value === false || value === 'none') return 'none';
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')) return value;
  return undefined;
}

function recordsOf(value: Json | undefined): readonly (JsonObject | string)[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const records = value.filter((each): each is JsonObject | string => isObject(each) || typeof each === 'string');
  return records.length === value.length && records.length > 0 ? records : undefined;
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
