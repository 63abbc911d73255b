import { isForeign } from './callers.ts';
import type { Seen } from './detector.ts';
import { objectsUnder } from './policies.ts';
import type { World } from './world.ts';

// Images, snapshots and backups are given to accounts by naming them.

const ec2Paths = ['requestParameters.createVolumePermission.add', 'requestParameters.launchPermission.add'] as const;
const rdsPath = 'requestParameters.valuesToAdd';

/** Where these calls say to whom. */
export const sharePaths = [...ec2Paths, rdsPath] as const;

const sharing: ReadonlySet<string> = new Set(
  `ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute rds:ModifyDBSnapshotAttribute
  rds:ModifyDBClusterSnapshotAttribute`.split(/\s+/),
);

/** Whether this call, such as `ec2:ModifyImageAttribute`, gives only to accounts that the logs are of too, or takes back. */
export function staysWithin(call: string, seen: Seen<(typeof sharePaths)[number]>, world: World): boolean {
  if (!sharing.has(call)) return false;
  const isOutside = (to: unknown) => typeof to === 'string' && isForeign(to, seen, world);
  const withOthers = ec2Paths
    .flatMap((path) => objectsUnder(seen.json(path), 'items'))
    .some(({ userId, group, organizationArn, organizationalUnitArn }) => {
      const isUnknown = (organizationArn ?? organizationalUnitArn) !== undefined;
      return group === 'all' || isUnknown || isOutside(userId);
    });
  return !withOthers && !seen.list(rdsPath).some((to) => to === 'all' || isOutside(to));
}
