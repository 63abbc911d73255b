import type { Attack } from './attack.ts';
import { readConfigFile } from './collection/read-config-file.ts';
import { deleteLogBucket } from './defense-evasion/delete-log-bucket.ts';
import { deletePasswordPolicy } from './defense-evasion/delete-password-policy.ts';
import { describeTrails } from './discovery/describe-trails.ts';
import { listBuckets } from './discovery/list-buckets.ts';
import { openBucket } from './exfiltration/open-bucket.ts';

/** The pack: what a drill's `technique:` may name. */
export const attacks: readonly Attack[] = [
  listBuckets,
  describeTrails,
  readConfigFile,
  deleteLogBucket,
  deletePasswordPolicy,
  openBucket,
];
