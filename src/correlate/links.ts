import { isPublic } from '../aws/address.ts';
import type { Evidence } from '../model/activity.ts';
import type { Action, Sighting } from '../model/finding.ts';

/**
 * What ties a sighting to an actor: the principal that its credentials go back to, those it acted as, the key, the
 * instance that holds or lost them, and the address on the internet. Services of AWS are nobody's accomplices.
 */
export function linksOf({ evidence, resource, action }: Sighting): ReadonlySet<string> {
  const links = new Set<string>();
  const add = (kind: string, value: string | undefined) => {
    if (value !== undefined && value !== '') links.add(`${kind} ${value}`);
  };
  for (const each of evidence) {
    add('who', principalOf(each.principal));
    add('who', principalOf(each.origin?.principal ?? ''));
    add('instance', each.origin?.instance);
    if (ofCaller(each) && isPublic(each.address)) add('from', each.address);
  }
  add('key', resource.accessKey?.accessKeyId);
  add('instance', resource.instance?.instanceId);
  const remote = remoteOf(action);
  if (remote !== undefined && isPublic(remote)) add('from', remote);
  return links;
}

function principalOf(text: string): string | undefined {
  return text.startsWith('arn:') ? text : undefined;
}

/** The address of a flow is that of its source, which may be the instance's own. */
function ofCaller({ kind }: Evidence): boolean {
  return kind === 'api-call' || kind === 'login' || kind === 'http-request' || kind === 'foreign-finding';
}

function remoteOf(action: Action | undefined): string | undefined {
  if (action?.actionType === 'AWS_API_CALL') return action.remoteIp?.ipAddressV4;
  return action?.actionType === 'NETWORK_CONNECTION' ? action.remoteIp.ipAddressV4 : undefined;
}
