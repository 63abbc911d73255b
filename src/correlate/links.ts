import { isPublic } from '../aws/address.ts';
import type { Evidence } from '../model/activity.ts';
import type { Action, Sighting } from '../model/finding.ts';

/**
 * What ties a sighting to an actor: the principal that its credentials go back to, those it acted as, the key, the
 * instance that holds or lost them. Services of AWS are nobody's accomplices. An address ties only where the sighting is
 * about it (it is listed, or the other side): a whole office sits behind one.
 */
export function linksOf(sighting: Sighting): ReadonlySet<string> {
  const { evidence, resource, action } = sighting;
  const links = new Set<string>();
  const add = (kind: string, value: string | undefined) => {
    if (value !== undefined && value !== '') links.add(`${kind} ${value}`);
  };
  for (const each of evidence) {
    add('who', principalOf(each.principal));
    add('who', principalOf(each.origin?.principal ?? ''));
    add('instance', each.origin?.instance);
    if (ofCaller(each) && isPublic(each.address) && isAbout(sighting, each.address)) add('from', each.address);
  }
  add('key', resource.accessKey?.accessKeyId);
  const session = resource.accessKey?.principalId ?? '';
  if (session.includes(':')) add('session', session);
  add('instance', resource.instance?.instanceId);
  const remote = remoteOf(action);
  if (remote !== undefined && isPublic(remote) && isAbout(sighting, remote)) add('from', remote);
  return links;
}

/** A role of the portal is had by many people: they are told apart by their sessions. */
function principalOf(text: string): string | undefined {
  return text.startsWith('arn:') && !text.includes(':role/aws-reserved/sso.amazonaws.com/') ? text : undefined;
}

function isAbout({ counterpart, additional, action }: Sighting, address: string): boolean {
  // What is blocked or probed comes from a stranger; who calls may sit among colleagues.
  const isOfNetwork = action?.actionType === 'NETWORK_CONNECTION';
  return isOfNetwork || counterpart === address || additional?.['threatListName'] !== undefined;
}

/** The address of a flow is that of its source, which may be the instance's own. */
function ofCaller({ kind }: Evidence): boolean {
  return kind === 'api-call' || kind === 'login' || kind === 'http-request' || kind === 'foreign-finding';
}

function remoteOf(action: Action | undefined): string | undefined {
  if (action?.actionType === 'AWS_API_CALL') return action.remoteIp?.ipAddressV4;
  return action?.actionType === 'NETWORK_CONNECTION' ? action.remoteIp.ipAddressV4 : undefined;
}
