import type { JsonObject } from '../model/json.ts';
import type { Place, Problem } from '../model/problem.ts';
import type { Row } from './batch.ts';
import { callActivity } from './cloudtrail/record.ts';
import { otherActivity } from './json-records.ts';
import { flowActivity } from './vpc-flow/record.ts';

/** One record that somebody already holds as JSON: an example, or what the range feeds. */
export function activityOf(record: JsonObject, place: Place = nowhere): Row | Problem {
  if ('interface-id' in record) return flowActivity(record, place);
  const other = otherActivity(record, place);
  return other === undefined || 'passed' in other ? callActivity(record, place) : other;
}

export function isProblem<T extends Row>(row: T | Problem): row is Problem {
  return 'reason' in row;
}

const nowhere: Place = { file: -1, offset: 0 };
