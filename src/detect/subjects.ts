import type { Path } from '../model/activity.ts';
import type { AccessKeyDetails, BucketDetails, Resource } from '../model/finding.ts';
import type { Reading } from './detector.ts';
import { endsOf } from './flows.ts';
import type { World } from './world.ts';

/** The credentials that called. */
export function accessKey(seen: Reading<never>): Resource {
  return { type: 'AccessKey', accessKey: accessKeyOf(seen) };
}

/** The credentials that called, and the bucket that the path names. GuardDuty's S3 findings are about both. */
export function accessKeyAndBucket<P extends Path>(path: P): (seen: Reading<P>, world: World) => Resource {
  return (seen, world) => {
    const name = seen.text(path);
    const buckets = name === undefined ? [] : [bucketOf(seen.account, name, world)];
    return { type: 'AccessKey', accessKey: accessKeyOf(seen), buckets };
  };
}

/** The instance behind the interface of a flow record; a version 2 record alone names only the interface. */
export function instance(seen: Reading<never>, world: World): Resource {
  const interfaceId = seen.text('interface-id') ?? '';
  const known = world.facts.interface(seen.account, seen.region, interfaceId);
  if (known !== undefined) return { type: 'Instance', instance: known };
  const subnetId = seen.text('subnet-id');
  const vpcId = seen.text('vpc-id');
  const itself = {
    networkInterfaceId: interfaceId,
    privateIpAddress: endsOf(seen, world).local.address,
    ...(subnetId === undefined ? {} : { subnetId }),
    ...(vpcId === undefined ? {} : { vpcId }),
  };
  const instanceId = seen.text('instance-id') ?? '';
  return { type: 'Instance', instance: { instanceId, networkInterfaces: [itself], tags: [] } };
}

/** The instance that asked for a name. */
export function asker(seen: Reading<never>, world: World): Resource {
  const instanceId = seen.text('srcids.instance') ?? '';
  const known = world.facts.instance(seen.account, seen.region, instanceId);
  if (known !== undefined) return { type: 'Instance', instance: known };
  const itself = { networkInterfaceId: '', privateIpAddress: seen.text('srcaddr') ?? '' };
  return { type: 'Instance', instance: { instanceId, networkInterfaces: [itself], tags: [] } };
}

/** Whatever else the call is about, by an ARN or id that the path names. */
export function named<P extends Path>(type: string, path: P): (seen: Reading<P>) => Resource {
  return (seen) => ({ type, arn: seen.text(path) ?? '', accessKey: accessKeyOf(seen) });
}

function accessKeyOf(seen: Reading<never>): AccessKeyDetails {
  const issuer = seen.text('userIdentity.sessionContext.sessionIssuer.userName');
  return {
    accessKeyId: seen.text('userIdentity.accessKeyId') ?? '',
    principalId: seen.text('userIdentity.principalId') ?? '',
    userName: seen.text('userIdentity.userName') ?? issuer ?? lastPart(seen.principal),
    userType: seen.text('userIdentity.type') ?? '',
  };
}

function lastPart(principal: string): string {
  return principal.slice(principal.lastIndexOf('/') + 1);
}

function bucketOf(account: string, name: string, world: World): BucketDetails {
  return world.facts.bucket(account, name) ?? { name, arn: `arn:aws:s3:::${name}`, type: 'Destination' };
}
