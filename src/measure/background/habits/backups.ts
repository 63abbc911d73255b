import { actingCaller, serviceCaller } from '../caller.ts';
import type { Estate, Place } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { type Habit, minute, second } from '../timeline.ts';
import { assumed } from './services.ts';

/** AWS Backup, at night. */
export function* backups(estate: Estate, luck: Luck, place: Place): Habit {
  const role = estate.role(place.account, 'AWSBackupDefaultServiceRole', '/service-role/');
  const service = 'backup.amazonaws.com';
  const session = 'AWSBackup-backup';
  for (;;) {
    yield estate.untilClock(18) + luck.about(30 * minute);
    const key = assumed(estate, luck, place, service, role, session);
    const caller = actingCaller(place, service, { role, name: session, key, created: estate.now });
    for (let i = luck.whole(8, 20); i > 0; i--) {
      const name = luck.pick([
        'ec2:CreateSnapshot',
        'ec2:CreateSnapshot',
        'ec2:CreateTags',
        'rds:CreateDBSnapshot',
        'ec2:CreateImage',
        'ec2:CopySnapshot',
        'ec2:DescribeSnapshots',
        'dynamodb:CreateBackup',
        'ec2:DeleteSnapshot',
        'rds:DeleteDBSnapshot',
      ]);
      estate.write(caller, name, { request: { volumeId: `vol-${luck.hex(17)}`, snapshotId: `snap-${luck.hex(17)}` } });
      yield luck.about(40 * second);
    }
    const own = serviceCaller(place, service);
    estate.write(own, 'backup:BackupJobCompleted', {
      more: { eventType: 'AwsServiceEvent', serviceEventDetails: { state: 'COMPLETED' } },
      reads: false,
    });
    estate.write(own, 'backup:RecoveryPointDeleted', { more: { eventType: 'AwsServiceEvent' }, reads: false });
  }
}

/** Snapshots that Data Lifecycle Manager makes and lets go. */
export function* lifecycle(estate: Estate, luck: Luck, place: Place): Habit {
  const role = estate.role(place.account, 'AWSDataLifecycleManagerDefaultRole', '/service-role/');
  const service = 'dlm.amazonaws.com';
  for (;;) {
    yield estate.untilClock(3) + luck.about(20 * minute);
    const session = `dlm_${luck.hex(12)}`;
    const key = assumed(estate, luck, place, service, role, session);
    const caller = actingCaller(place, service, { role, name: session, key, created: estate.now });
    for (let i = luck.whole(3, 10); i > 0; i--) {
      estate.write(caller, 'ec2:CreateSnapshot', { request: { volumeId: `vol-${luck.hex(17)}` } });
      estate.write(caller, 'ec2:DeleteSnapshot', { request: { snapshotId: `snap-${luck.hex(17)}` } });
      yield luck.about(5 * second);
    }
  }
}
