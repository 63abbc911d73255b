import type { Sighting } from '../model/finding.ts';

/** The addresses on the other side of what was seen. */
export function remotesOf({ action }: Sighting): readonly string[] {
  if (action === undefined || action.actionType === 'DNS_REQUEST') return [];
  if (action.actionType === 'PORT_PROBE') return action.ports.map((port) => port.remoteIp.ipAddressV4);
  return action.remoteIp === undefined ? [] : [action.remoteIp.ipAddressV4];
}
