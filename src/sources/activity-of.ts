import type { Kind } from '../model/activity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Place, Problem } from '../model/problem.ts';
import type { Row } from './batch.ts';
import { callActivity } from './cloudtrail/record.ts';
import { flowActivity } from './vpc-flow/record.ts';

/** One record that somebody already holds as JSON: an example, or what the range feeds. */
export function activityOf(record: JsonObject, place: Place = nowhere): Row | Problem {
  return (kindOf(record) === 'network-flow' ? flowActivity : callActivity)(record, place);
}

export function isProblem<T extends Row>(row: T | Problem): row is Problem {
  return 'reason' in row;
}

const nowhere: Place = { file: -1, offset: 0 };

function kindOf(record: JsonObject): Kind {
  return 'interface-id' in record ? 'network-flow' : 'api-call';
}
