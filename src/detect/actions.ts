import type { Action, RemoteIp } from '../model/finding.ts';
import type { Reading } from './detector.ts';
import { endsOf, openedBy } from './flows.ts';
import type { World } from './world.ts';

/** What was done, in the form that GuardDuty gives it for this kind of activity. */
export function actionOf(seen: Reading<never>, world: World): Action | undefined {
  if (seen.kind === 'api-call') return apiCall(seen, world);
  if (seen.kind === 'network-flow') return connection(seen, world);
  if (seen.kind === 'dns-query') return query(seen);
  return undefined;
}

function apiCall(seen: Reading<never>, world: World): Action {
  const { address, error } = seen;
  const caller =
    address?.kind === 'ip'
      ? { callerType: 'Remote IP', remoteIp: world.remoteIp(address.text) }
      : { callerType: 'Domain', ...(address === undefined ? {} : { domain: address.text }) };
  const outcome = error === '' ? {} : { errorCode: error };
  return { actionType: 'AWS_API_CALL', api: seen.name, serviceName: seen.source, ...outcome, ...caller };
}

function connection(seen: Reading<never>, world: World): Action {
  const ends = endsOf(seen, world);
  const opener = openedBy(ends);
  return {
    actionType: 'NETWORK_CONNECTION',
    direction: opener === undefined ? 'UNKNOWN' : opener === 'remote' ? 'INBOUND' : 'OUTBOUND',
    protocol: protocols[seen.text('protocol') ?? ''] ?? seen.text('protocol') ?? '',
    localPort: ends.local.port,
    localIp: ends.local.address,
    remotePort: ends.remote.port,
    remoteIp: remoteOf(ends.remote.address, world),
    blocked: seen.name === 'REJECT',
  };
}

function remoteOf(address: string, world: World): RemoteIp {
  return world.remoteIp(address);
}

function query(seen: Reading<never>): Action {
  return { actionType: 'DNS_REQUEST', domain: seen.text('query_name') ?? seen.name, protocol: 'UDP', blocked: false };
}

const protocols: Readonly<Record<string, string>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6' };
