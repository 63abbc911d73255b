import { isIpv6 } from '../../aws/network/cidr.ts';
import type { NetworkInterface, World } from './world.ts';

/** What one interface saw of one flow, in one direction and with one outcome, during one capture. Times are epoch milliseconds. */
export interface FlowRecord {
  readonly at: NetworkInterface;
  readonly src: string;
  readonly dst: string;
  readonly sport: number;
  readonly dport: number;
  readonly protocol: number;
  readonly action: 'ACCEPT' | 'REJECT';
  readonly direction: 'ingress' | 'egress';
  readonly path: number | undefined;
  packets: number;
  bytes: number;
  first: number;
  last: number;
  flags: number;
}

/**
 * Every field that a flow log may name and this range knows, by its AWS name and the version that brought it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
const fields: Readonly<Record<string, { version: number; value(record: FlowRecord, world: World): string | number }>> =
  {
    version: { version: 2, value: () => 2 },
    'account-id': { version: 2, value: ({ at }) => at.account },
    'interface-id': { version: 2, value: ({ at }) => at.id },
    srcaddr: { version: 2, value: ({ src }) => src },
    dstaddr: { version: 2, value: ({ dst }) => dst },
    srcport: { version: 2, value: ({ sport }) => sport },
    dstport: { version: 2, value: ({ dport }) => dport },
    protocol: { version: 2, value: ({ protocol }) => protocol },
    packets: { version: 2, value: ({ packets }) => packets },
    bytes: { version: 2, value: ({ bytes }) => bytes },
    start: { version: 2, value: ({ first }) => Math.floor(first / 1000) },
    end: { version: 2, value: ({ last }) => Math.floor(last / 1000) },
    action: { version: 2, value: ({ action }) => action },
    'log-status': { version: 2, value: () => 'OK' },
    'vpc-id': { version: 3, value: ({ at }) => at.vpc },
    'subnet-id': { version: 3, value: ({ at }) => at.subnet },
    'instance-id': { version: 3, value: ({ at }) => at.instance ?? '-' },
    'tcp-flags': { version: 3, value: ({ flags }) => flags },
    type: { version: 3, value: ({ src }) => (isIpv6(src) ? 'IPv6' : 'IPv4') },
    'pkt-srcaddr': { version: 3, value: ({ src }) => src },
    'pkt-dstaddr': { version: 3, value: ({ dst }) => dst },
    region: { version: 4, value: ({ at }) => at.region },
    'az-id': { version: 4, value: ({ at }, world) => world.subnet(at.subnet)?.zone ?? '-' },
    'sublocation-type': { version: 4, value: () => '-' },
    'sublocation-id': { version: 4, value: () => '-' },
    'pkt-src-aws-service': { version: 5, value: () => '-' },
    'pkt-dst-aws-service': { version: 5, value: () => '-' },
    'flow-direction': { version: 5, value: ({ direction }) => direction },
    'traffic-path': { version: 5, value: ({ path }) => path ?? '-' },
  };

const names = Object.keys(fields);

export const defaultFields: readonly string[] = names.filter((name) => fields[name]?.version === 2);

/** The names in a `LogFormat` such as `${version} ${srcaddr}`; the bad part instead, where it is none. */
export function parseFormat(format: string): { fields: readonly string[] } | { unknown: string } {
  const parts = format.trim().split(/\s+/);
  const parsed = parts.map((part) => /^\$\{([a-z0-9-]+)\}$/.exec(part)?.[1] ?? '');
  const bad = parsed.findIndex((name) => fields[name] === undefined);
  return bad < 0 ? { fields: parsed } : { unknown: parts[bad] ?? '' };
}

/** The record as a flow log writes it. Its version is the highest among its fields. */
export function formatRecord(record: FlowRecord, wanted: readonly string[], world: World): string {
  const version = wanted.reduce((highest, name) => Math.max(highest, fields[name]?.version ?? 2), 2);
  return wanted.map((name) => (name === 'version' ? version : (fields[name]?.value(record, world) ?? '-'))).join(' ');
}

/** The record with all its fields, which is what the defence gets, whatever the account's flow logs hold. */
export function wholeRecord(record: FlowRecord, world: World): Record<string, string | number> {
  const whole: Record<string, string | number> = {};
  for (const name of names) whole[name] = fields[name]?.value(record, world) ?? '-';
  whole['version'] = 5;
  return whole;
}
