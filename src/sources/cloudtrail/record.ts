import { addressOf } from '../../aws/address.ts';
import { derivedId } from '../../aws/id.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Place, Problem } from '../../model/problem.ts';
import { JsonActivity, textOf, valueAt } from '../json-activity.ts';
import { principalOf } from '../principal.ts';
import { timeOf } from '../time.ts';

/** One CloudTrail record, parsed: the road of the range, of examples, and of records that the scanner finds odd. */
export function callActivity(record: JsonObject, place: Place): JsonActivity | Problem {
  const text = (path: string) => textOf(valueAt(record, path));
  const source = text('eventSource');
  const name = text('eventName');
  const time = timeOf(text('eventTime') ?? '');
  if (source === undefined || name === undefined || Number.isNaN(time)) return incomplete(record, place);
  return new JsonActivity(
    {
      kind: 'api-call',
      id: text('eventID') ?? derivedId([source, name, time, JSON.stringify(record)]),
      time,
      account: text('recipientAccountId') ?? text('userIdentity.accountId') ?? '',
      region: text('awsRegion') ?? '',
      source,
      name,
      principal: principalOf(text),
      address: addressOf(text('sourceIPAddress') ?? ''),
      error: text('errorCode') ?? '',
      place,
    },
    record,
  );
}

function incomplete(record: JsonObject, place: Place): Problem {
  const wrong = ['eventSource', 'eventName', 'eventTime'].find((name) => typeof record[name] !== 'string');
  const reason =
    wrong === undefined
      ? `eventTime is ${JSON.stringify(record['eventTime'])}; expected a time such as "2026-01-05T00:00:00Z"`
      : `${wrong} is ${JSON.stringify(record[wrong]) ?? 'absent'}; expected a string, as every CloudTrail record has`;
  return { place, code: 'record-incomplete', reason };
}
