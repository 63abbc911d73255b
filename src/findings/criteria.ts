import { wildcard } from '../aws/wildcard.ts';
import type { Finding } from '../model/finding.ts';
import type { Json, JsonObject } from '../model/json.ts';

/**
 * GuardDuty's finding criteria: a condition for each JSON path, all of which must hold. Names as on the wire
 * (`equals`) or as in the API's model (`Equals`), old spellings (`eq`) too.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_filter-findings.html
 */
export type Criteria = Readonly<Record<string, Condition>>;
export type Condition = Readonly<Record<string, unknown>>;

export interface SortBy {
  readonly attribute: string;
  readonly order: 'ASC' | 'DESC';
}

export function meets(finding: JsonObject, criteria: Criteria): boolean {
  return Object.entries(criteria).every(([path, condition]) => {
    const values = valuesAt(finding, path.split('.'));
    return Object.entries(condition).every(([operator, wanted]) => {
      if (wanted === undefined || wanted === null || (Array.isArray(wanted) && wanted.length === 0)) return true;
      const test = operators[operator.toLowerCase()];
      if (test === undefined) throw new Error(`"${operator}" is not an operator of a finding criterion`);
      return test(values, Array.isArray(wanted) ? wanted.map(String) : [String(wanted)]);
    });
  });
}

export function sorted<T extends { readonly finding: Finding; readonly json: JsonObject }>(
  rows: readonly T[],
  by: SortBy = { attribute: 'updatedAt', order: 'ASC' },
): readonly T[] {
  const path = by.attribute.split('.');
  const keyed = rows.map((row) => ({ row, value: valuesAt(row.json, path)[0] ?? '' }));
  const direction = by.order === 'DESC' ? -1 : 1;
  keyed.sort((a, b) => direction * compare(a.value, b.value) || (a.row.finding.id < b.row.finding.id ? -1 : 1));
  return keyed.map(({ row }) => row);
}

type Test = (values: readonly Scalar[], wanted: readonly string[]) => boolean;
type Scalar = string | number | boolean;

const isEqual: Test = (values, wanted) => values.some((value) => wanted.some((each) => compare(value, each) === 0));
const isMatched: Test = (values, wanted) =>
  values.some((value) => wanted.some((each) => wildcard(each)(String(value))));
const order =
  (holds: (difference: number) => boolean): Test =>
  (values, wanted) =>
    values.some((value) => holds(compare(value, wanted[0] ?? '')));

const operators: Readonly<Record<string, Test>> = {
  equals: isEqual,
  eq: isEqual,
  notequals: (values, wanted) => !isEqual(values, wanted),
  neq: (values, wanted) => !isEqual(values, wanted),
  greaterthan: order((difference) => difference > 0),
  gt: order((difference) => difference > 0),
  greaterthanorequal: order((difference) => difference >= 0),
  gte: order((difference) => difference >= 0),
  lessthan: order((difference) => difference < 0),
  lt: order((difference) => difference < 0),
  lessthanorequal: order((difference) => difference <= 0),
  lte: order((difference) => difference <= 0),
  matches: isMatched,
  notmatches: (values, wanted) => !isMatched(values, wanted),
};

/** Numbers as numbers; a time against epoch milliseconds as times; else as text. */
function compare(value: Scalar, wanted: Scalar): number {
  const [a, b] = [numberOf(value), numberOf(wanted)];
  if (a !== undefined && b !== undefined) return a - b;
  return String(value) < String(wanted) ? -1 : String(value) > String(wanted) ? 1 : 0;
}

function numberOf(value: Scalar): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return undefined;
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : undefined;
}

function valuesAt(value: Json | undefined, path: readonly string[]): readonly Scalar[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => valuesAt(item, path));
  const [name, ...below] = path;
  if (name === undefined) return typeof value === 'object' || value === undefined ? [] : [value as Scalar];
  if (typeof value !== 'object' || value === null) return [];
  return valuesAt((value as JsonObject)[name], below);
}
