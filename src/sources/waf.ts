import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity, numberOf, textOf, valueAt } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import { timeOf } from './time.ts';

/**
 * Logs of web ACLs.
 * https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html
 */
export function wafActivity(record: JsonObject, place: Place): Taken {
  const text = (path: string) => textOf(valueAt(record, path)) ?? '';
  // Milliseconds as WAF writes them, or the text that a table over its logs makes of them.
  const time = numberOf(record['timestamp']) ?? timeOf(text('timestamp'));
  if (Number.isNaN(time)) {
    const expected = 'milliseconds since 1970 or an ISO 8601 time';
    const reason = `timestamp is ${JSON.stringify(record['timestamp']) ?? 'absent'}; expected ${expected}`;
    return { place, code: 'waf-incomplete', reason };
  }
  const [, , , region = '', account = ''] = text('webaclId').split(':');
  const action = text('action');
  return new JsonActivity(
    {
      kind: 'http-request',
      id: derivedId(['waf', text('httpRequest.requestId') || JSON.stringify(record)]),
      time,
      account,
      region,
      source: 'waf',
      name: text('httpRequest.httpMethod'),
      principal: '',
      address: addressOf(text('httpRequest.clientIp')),
      error: action === 'ALLOW' || action === 'COUNT' ? '' : action,
      place,
    },
    record,
  );
}

export function isWaf(record: JsonObject): boolean {
  return 'webaclId' in record && 'httpRequest' in record;
}
