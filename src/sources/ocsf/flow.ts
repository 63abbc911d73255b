import type { Json, JsonObject } from '../../model/json.ts';
import { textOf } from '../json-activity.ts';
import { given, isNothing, timeGiven } from './fields.ts';

/** The flow record behind a Network Activity, by the names of a flow log. */
export function flowOf(record: JsonObject): JsonObject {
  const fields: Record<string, Json> = {};
  for (const [name, ...from] of mapped) {
    const value = given(record, ...from);
    if (typeof value === 'string' || typeof value === 'number') fields[name] = value;
  }
  for (const [name, end] of [
    ['srcaddr', 'src_endpoint'],
    ['dstaddr', 'dst_endpoint'],
  ] as const) {
    const address = addressOf(record, end);
    if (address !== undefined) fields[name] = address;
  }
  for (const [name, ...from] of times) {
    const time = timeGiven(record, ...from);
    if (time !== undefined) fields[name] = Math.floor(time / 1_000);
  }
  const refused = given(record, 'action', 'disposition', 'activity_name');
  if (refused !== undefined) fields['action'] = refusals.has(String(refused)) ? 'REJECT' : 'ACCEPT';
  const direction = directions[String(given(record, 'connection_info.direction'))];
  if (direction !== undefined) fields['flow-direction'] = direction;
  return fields;
}

/** What the packet says stands as `ip`; where that is not the interface's own, its own is among the intermediate ones. */
function addressOf(record: JsonObject, end: string): string | undefined {
  const between = given(record, `${end}.intermediate_ips`);
  const [first] = Array.isArray(between) ? (between as readonly Json[]) : [];
  return textOf(isNothing(first) ? given(record, `${end}.ip`) : first);
}

const mapped: readonly (readonly [name: string, ...from: string[]])[] = [
  ['version', 'metadata.product.version'],
  ['account-id', 'cloud.account.uid', 'cloud.account_uid'],
  ['region', 'cloud.region'],
  ['az-id', 'cloud.zone'],
  ['interface-id', 'dst_endpoint.interface_uid', 'src_endpoint.interface_uid'],
  ['vpc-id', 'dst_endpoint.vpc_uid', 'src_endpoint.vpc_uid'],
  ['subnet-id', 'dst_endpoint.subnet_uid', 'src_endpoint.subnet_uid'],
  ['instance-id', 'dst_endpoint.instance_uid', 'src_endpoint.instance_uid'],
  ['pkt-srcaddr', 'src_endpoint.ip'],
  ['pkt-dstaddr', 'dst_endpoint.ip'],
  ['pkt-src-aws-service', 'src_endpoint.svc_name'],
  ['pkt-dst-aws-service', 'dst_endpoint.svc_name'],
  ['srcport', 'src_endpoint.port'],
  ['dstport', 'dst_endpoint.port'],
  ['protocol', 'connection_info.protocol_num'],
  ['tcp-flags', 'connection_info.tcp_flags'],
  ['packets', 'traffic.packets'],
  ['bytes', 'traffic.bytes'],
  ['log-status', 'status_code'],
];

const times: readonly (readonly [name: string, ...from: string[]])[] = [
  ['start', 'start_time', 'start_time_dt', 'time', 'time_dt'],
  ['end', 'end_time', 'end_time_dt'],
];

/** The words of both versions for REJECT. */
const refusals: ReadonlySet<string> = new Set(['Denied', 'Blocked', 'Refuse']);

const directions: Readonly<Record<string, string>> = { Inbound: 'ingress', Outbound: 'egress' };
