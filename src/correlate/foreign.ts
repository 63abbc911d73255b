import type { Activity } from '../model/activity.ts';
import type { BucketDetails, InstanceDetails, Resource, Sighting } from '../model/finding.ts';

/** A finding that somebody else made, as a sighting: it goes into stories as ours do. */
export function foreignSighting(activity: Activity): Sighting {
  const text = (path: string) => activity.text(path) ?? '';
  const title = text('title') || activity.name;
  const address = activity.address?.kind === 'ip' ? activity.address.text : undefined;
  return {
    detector: activity.source,
    account: activity.account,
    region: activity.region,
    type: activity.name,
    title: { en: title, ja: title },
    description: { en: `Found by ${activity.source}: ${title}`, ja: `${activity.source} の検出: ${title}` },
    severity: activity.number('severity') ?? 0,
    technique: '',
    resource: resourceOf(activity),
    counterpart: address ?? '',
    time: activity.time,
    evidence: [activity.keep()],
    additional: { foreignId: text('foreignId') },
  };
}

function resourceOf(activity: Activity): Resource {
  const text = (path: string) => activity.text(path) ?? '';
  const [userName, principalId, accessKeyId] = [text('userName'), text('principalId'), text('accessKeyId')];
  const instanceId = text('instanceId');
  const bucketArn = text('bucketArn');
  const instance: InstanceDetails = { instanceId, networkInterfaces: [], tags: [] };
  const bucket: BucketDetails = { arn: bucketArn, name: bucketArn.slice(bucketArn.lastIndexOf(':') + 1) };
  const isKey = userName !== '' || principalId !== '' || accessKeyId !== '';
  return {
    type: isKey ? 'AccessKey' : instanceId !== '' ? 'Instance' : bucketArn !== '' ? 'S3Bucket' : 'Other',
    ...(isKey ? { accessKey: { accessKeyId, principalId, userName, userType: '' } } : {}),
    ...(instanceId === '' ? {} : { instance }),
    ...(bucketArn === '' ? {} : { buckets: [bucket] }),
  };
}
