import { addressOf } from '../../aws/address.ts';
import { derivedId } from '../../aws/id.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Place, Problem } from '../../model/problem.ts';
import { JsonActivity, numberOf } from '../json-activity.ts';
import { flowIdentity } from './flow-line.ts';

/** One flow record by field name, as a line or a Parquet row gave it. `-` is absent. */
export function flowActivity(record: JsonObject, place: Place): JsonActivity | Problem {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(record)) {
    if (value !== '-' && (typeof value === 'string' || typeof value === 'number')) fields[name] = String(value);
  }
  const identity = flowIdentity.map((name) => fields[name] ?? '');
  const start = numberOf(fields['start']);
  const action = fields['action'];
  if (start === undefined || action === undefined) return incomplete(record, place);
  return new JsonActivity(
    {
      kind: 'network-flow',
      id: derivedId(identity),
      time: start * 1000,
      account: fields['account-id'] ?? '',
      region: fields['region'] ?? '',
      source: 'vpc-flow',
      name: action,
      principal: '',
      address: addressOf(fields['srcaddr'] ?? ''),
      error: '',
      place,
    },
    fields,
    identity.map((field) => ` ${field}`).join(''),
  );
}

function incomplete(record: JsonObject, place: Place): Problem {
  const wrong = typeof record['action'] === 'string' && record['action'] !== '-' ? 'start' : 'action';
  const value = JSON.stringify(record[wrong]) ?? 'absent';
  return { place, code: 'flow-incomplete', reason: `${wrong} is ${value}; expected a flow record with data` };
}
