import type { Json, JsonObject } from '../../model/json.ts';
import { isObject } from '../json-activity.ts';
import { given, isoOf, timeGiven } from './fields.ts';

/** The query of a DNS Activity, by the names of a Resolver query log. */
export function queryOf(record: JsonObject): JsonObject {
  const query: Record<string, Json> = {};
  for (const [name, ...from] of mapped) {
    const value = given(record, ...from);
    if (value !== undefined) query[name] = value;
  }
  const time = timeGiven(record, 'time', 'time_dt');
  if (time !== undefined) query['query_timestamp'] = isoOf(time);
  // `NoError` for NOERROR.
  const rcode = given(record, 'rcode');
  if (typeof rcode === 'string') query['rcode'] = rcode.toUpperCase();
  const port = given(record, 'src_endpoint.port');
  if (port !== undefined) query['srcport'] = String(port);
  const instance = given(record, 'src_endpoint.instance_uid');
  if (instance !== undefined) query['srcids'] = { instance };
  const answers = given(record, 'answers');
  if (Array.isArray(answers)) query['answers'] = (answers as readonly Json[]).filter(isObject).map(answerOf);
  return query;
}

const mapped: readonly (readonly [name: string, ...from: string[]])[] = [
  ['version', 'metadata.product.version'],
  ['account_id', 'cloud.account.uid', 'cloud.account_uid'],
  ['region', 'cloud.region'],
  ['vpc_id', 'src_endpoint.vpc_uid'],
  ['srcaddr', 'src_endpoint.ip'],
  ['query_name', 'query.hostname'],
  ['query_type', 'query.type'],
  ['query_class', 'query.class'],
  ['transport', 'connection_info.protocol_name'],
];

function answerOf(answer: JsonObject): Json {
  const { rdata = null, type = null, class: kind = null } = answer;
  return { Rdata: rdata, Type: type, Class: kind };
}
