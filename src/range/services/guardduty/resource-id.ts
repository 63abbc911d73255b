import type { Resource } from '../../../model/finding.ts';

/** The one id by which GuardDuty's console and statistics name what a finding is about. */
export function resourceIdOf({ accessKey, buckets, instance, lambda, arn }: Resource): string {
  return buckets?.[0]?.name ?? instance?.instanceId ?? lambda?.functionName ?? accessKey?.accessKeyId ?? arn ?? '';
}
