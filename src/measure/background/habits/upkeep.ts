import { actingCaller, type Caller, serviceCaller, sessionIdentity } from '../caller.ts';
import type { Estate, Place } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { natAddress } from '../places.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import { assumed } from './services.ts';

/** A maintenance window runs one command on all machines at night. */
export function* patches(estate: Estate, luck: Luck, place: Place): Habit {
  const role = estate.role(place.account, 'maintenance-window');
  const service = 'ssm.amazonaws.com';
  const session = 'MaintenanceWindow';
  for (;;) {
    yield 6 * day + luck.about(day);
    const key = assumed(estate, luck, place, service, role, session);
    const caller = actingCaller(place, service, { role, name: session, key, created: estate.now });
    for (let i = luck.whole(6, 15); i > 0; i--) {
      estate.write(caller, 'ssm:SendCommand', {
        request: {
          documentName: 'AWS-RunPatchBaseline',
          instanceIds: [`i-${luck.hex(17)}`],
          parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        },
      });
      yield luck.about(20 * second);
    }
  }
}

/** S3 lists what is in a bucket. */
export function* inventory(estate: Estate, luck: Luck, place: Place): Habit {
  const caller = serviceCaller(place, 's3.amazonaws.com');
  for (;;) {
    yield estate.untilClock(1) + luck.about(3 * hour);
    for (let i = luck.whole(2, 8); i > 0; i--) {
      estate.write(caller, 's3:PutObject', {
        data: true,
        request: { bucketName: `inventory-${place.account.slice(-4)}`, key: `inventory/${luck.hex(8)}.parquet` },
      });
      yield luck.about(second);
    }
  }
}

/** A function of the platform team in every account: retention, tags, things nobody uses. */
export function* tidies(estate: Estate, luck: Luck, account: string): Habit {
  const place = { account, region: 'ap-northeast-1' };
  const role = estate.role(account, 'platform-tidier');
  for (;;) {
    yield estate.untilClock(20) + luck.about(20 * minute);
    const key = assumed(estate, luck, place, 'lambda.amazonaws.com', role, 'platform-tidier');
    const identity = sessionIdentity({
      role,
      name: 'platform-tidier',
      key,
      created: estate.now,
      issuer: 'AWS::Lambda::Function',
      issuedTo: `arn:aws:lambda:ap-northeast-1:${account}:function:platform-tidier`,
    });
    const caller: Caller = {
      ...place,
      identity,
      from: natAddress(luck, place.region),
      agent: 'Boto3/1.40.1 md/Botocore#1.40.1 ua/2.1 os/linux lang/python#3.13.5 exec-env/AWS_Lambda_python3.13',
    };
    estate.write(caller, 'logs:DescribeLogGroups');
    estate.write(caller, 'ec2:DescribeVolumes');
    for (let i = luck.whole(0, 6); i > 0; i--) {
      const [name, request] = luck.pick([
        ['logs:PutRetentionPolicy', { logGroupName: `/aws/lambda/${luck.hex(5)}`, retentionInDays: 90 }],
        ['ec2:CreateTags', { resourcesSet: { items: [{ resourceId: `i-${luck.hex(17)}` }] } }],
        ['ec2:DeleteVolume', { volumeId: `vol-${luck.hex(17)}` }],
        ['ec2:DeleteSnapshot', { snapshotId: `snap-${luck.hex(17)}` }],
        ['ec2:DeregisterImage', { imageId: `ami-${luck.hex(17)}` }],
        ['ec2:StopInstances', { instancesSet: { items: [{ instanceId: `i-${luck.hex(17)}` }] } }],
        ['logs:DeleteLogGroup', { logGroupName: `/aws/lambda/${luck.hex(5)}` }],
        ['ecr:BatchDeleteImage', { repositoryName: luck.hex(5) }],
      ] as const);
      estate.write(caller, name, { request });
      yield luck.about(2 * second);
    }
  }
}
