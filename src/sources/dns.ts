import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity, textOf } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import { timeOf } from './time.ts';

/**
 * Resolver query logs.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-format.html
 */
export function dnsActivity(record: JsonObject, place: Place): Taken {
  const text = (name: string) => textOf(record[name]) ?? '';
  const time = timeOf(text('query_timestamp'));
  if (Number.isNaN(time)) {
    const reason = `query_timestamp is ${JSON.stringify(record['query_timestamp']) ?? 'absent'}; expected an ISO 8601 time`;
    return { place, code: 'dns-incomplete', reason };
  }
  const tells = ['query_timestamp', 'vpc_id', 'srcaddr', 'srcport', 'query_name', 'query_type'].map((name) =>
    String(record[name]),
  );
  const rcode = text('rcode');
  return new JsonActivity(
    {
      kind: 'dns-query',
      id: derivedId(['dns', ...tells]),
      time,
      account: text('account_id'),
      region: text('region'),
      source: 'dns',
      name: text('query_name').replace(/\.$/, '').toLowerCase(),
      principal: '',
      address: addressOf(text('srcaddr')),
      error: rcode === 'NOERROR' ? '' : rcode,
      place,
    },
    record,
  );
}

export function isDns(record: JsonObject): boolean {
  return 'query_name' in record && 'query_timestamp' in record;
}
