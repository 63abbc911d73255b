import { derivedId } from '../aws/id.ts';
import type { Resource, Sighting } from '../model/finding.ts';

/** What stays the same however often it is seen: account, region, type and signal, resource, other side. */
export function identityOf(sighting: Sighting): string {
  const { account, region, type, signal, resource, role = '', counterpart } = sighting;
  const said = signal === undefined ? type : `${type}#${signal}`;
  return derivedId([account, region, said, resourceKey(resource), role, counterpart]);
}

export function findingId(identity: string, episode: number): string {
  return derivedId([identity, episode]);
}

/** Sessions of one role are one resource: their keys are endless, and what answers one answers all. */
function resourceKey({ type, accessKey, instance, buckets, lambda, arn }: Resource): string {
  const parts = [type, ...(buckets ?? []).map((bucket) => bucket.arn), lambda?.functionArn ?? '', arn ?? ''];
  if (accessKey !== undefined) parts.push(accessKey.principalId.split(':')[0] || accessKey.userName);
  if (instance !== undefined) {
    parts.push(instance.instanceId || (instance.networkInterfaces[0]?.networkInterfaceId ?? ''));
  }
  return parts.join('\n');
}
