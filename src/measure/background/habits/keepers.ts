import { type Caller, linkedCaller, serviceCaller, sessionIdentity, sessionKey } from '../caller.ts';
import { type AccountName, type Estate, type Place, regions } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { countries, natAddress, offices } from '../places.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import { pages } from './pages.ts';
import { comesIn } from './pipelines.ts';
import { assumed } from './services.ts';

/** Nightly and weekly keepers: backups, patches, images, tidying, sweeps for auditors, guardrails of the organisation. */
export function beginKeepers(estate: Estate): void {
  const { accounts } = estate;
  for (const name of ['production', 'payments', 'staging', 'data'] satisfies AccountName[]) {
    for (const region of regions.slice(0, 2)) {
      const place = { account: accounts[name], region };
      const luck = estate.luck.fork(`keepers ${name} ${region}`);
      estate.begin(backups(estate, luck.fork('backups'), place));
      estate.begin(lifecycle(estate, luck.fork('lifecycle'), place));
      estate.begin(patches(estate, luck.fork('patches'), place));
      estate.begin(inventory(estate, luck.fork('inventory'), place));
    }
  }
  for (const account of Object.values(accounts))
    estate.begin(tidies(estate, estate.luck.fork(`tidies ${account}`), account));
  estate.begin(images(estate, estate.luck.fork('images')));
  estate.begin(audits(estate, estate.luck.fork('audits')));
  estate.begin(guardrails(estate, estate.luck.fork('guardrails')));
  estate.begin(newRegion(estate, estate.luck.fork('new region')));
}

function* backups(estate: Estate, luck: Luck, place: Place): Habit {
  const role = estate.role(place.account, 'AWSBackupDefaultServiceRole', '/service-role/');
  for (;;) {
    yield untilClock(estate, 18) + luck.about(30 * minute);
    const key = assumed(estate, luck, place, 'backup.amazonaws.com', role, 'AWSBackup-backup');
    const identity = sessionIdentity({
      role,
      name: 'AWSBackup-backup',
      key,
      created: estate.now,
      invokedBy: 'backup.amazonaws.com',
    });
    const caller: Caller = { ...place, identity, from: 'backup.amazonaws.com', agent: 'backup.amazonaws.com' };
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
    const own = { ...serviceCaller(place, 'backup.amazonaws.com'), from: 'backup.amazonaws.com' };
    estate.write(own, 'backup:BackupJobCompleted', {
      more: { eventType: 'AwsServiceEvent', serviceEventDetails: { state: 'COMPLETED' } },
      reads: false,
    });
    estate.write(own, 'backup:RecoveryPointDeleted', { more: { eventType: 'AwsServiceEvent' }, reads: false });
  }
}

function* lifecycle(estate: Estate, luck: Luck, place: Place): Habit {
  const role = estate.role(place.account, 'AWSDataLifecycleManagerDefaultRole', '/service-role/');
  for (;;) {
    yield untilClock(estate, 3) + luck.about(20 * minute);
    const key = assumed(estate, luck, place, 'dlm.amazonaws.com', role, `dlm_${luck.hex(12)}`);
    const caller: Caller = {
      ...place,
      identity: sessionIdentity({
        role,
        name: `dlm_${luck.hex(12)}`,
        key,
        created: estate.now,
        invokedBy: 'dlm.amazonaws.com',
      }),
      from: 'dlm.amazonaws.com',
      agent: 'dlm.amazonaws.com',
    };
    for (let i = luck.whole(3, 10); i > 0; i--) {
      estate.write(caller, 'ec2:CreateSnapshot', { request: { volumeId: `vol-${luck.hex(17)}` } });
      estate.write(caller, 'ec2:DeleteSnapshot', { request: { snapshotId: `snap-${luck.hex(17)}` } });
      yield luck.about(5 * second);
    }
  }
}

/** A maintenance window runs one command on all machines at night. */
function* patches(estate: Estate, luck: Luck, place: Place): Habit {
  const role = estate.role(place.account, 'maintenance-window');
  for (;;) {
    yield 6 * day + luck.about(day);
    const key = assumed(estate, luck, place, 'ssm.amazonaws.com', role, 'MaintenanceWindow');
    const caller: Caller = {
      ...place,
      identity: sessionIdentity({
        role,
        name: 'MaintenanceWindow',
        key,
        created: estate.now,
        invokedBy: 'ssm.amazonaws.com',
      }),
      from: 'ssm.amazonaws.com',
      agent: 'ssm.amazonaws.com',
    };
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

function* inventory(estate: Estate, luck: Luck, place: Place): Habit {
  const caller = serviceCaller(place, 's3.amazonaws.com');
  for (;;) {
    yield untilClock(estate, 1) + luck.about(3 * hour);
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
function* tidies(estate: Estate, luck: Luck, account: string): Habit {
  const place = { account, region: 'ap-northeast-1' };
  const role = estate.role(account, 'platform-tidier');
  for (;;) {
    yield untilClock(estate, 20) + luck.about(20 * minute);
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

/** Golden images are built once a week and given to the company's other accounts. */
function* images(estate: Estate, luck: Luck): Habit {
  const others = [
    estate.accounts.production,
    estate.accounts.payments,
    estate.accounts.staging,
    estate.accounts.development,
  ];
  for (;;) {
    yield 4 * day + luck.about(2 * day);
    const caller = comesIn(
      estate,
      luck,
      'shared',
      'image-builder',
      'images',
      'APN/1.0 HashiCorp/1.0 packer/1.14.1 aws-sdk-go/1.55.7',
    );
    const imageId = `ami-${luck.hex(17)}`;
    const snapshotId = `snap-${luck.hex(17)}`;
    const add = { items: others.map((userId) => ({ userId })) };
    const steps = [
      ['ec2:CreateKeyPair', { keyName: `packer_${luck.hex(12)}` }],
      ['ec2:CreateSecurityGroup', { groupName: `packer_${luck.hex(12)}` }],
      [
        'ec2:RunInstances',
        { instancesSet: { items: [{ imageId, minCount: 1, maxCount: 1 }] }, instanceType: 'm7i.large' },
      ],
      ['ec2:CreateImage', { instanceId: `i-${luck.hex(17)}`, name: `golden-${luck.hex(4)}` }],
      ['ec2:ModifyImageAttribute', { imageId, attributeType: 'launchPermission', launchPermission: { add } }],
      [
        'ec2:ModifySnapshotAttribute',
        { snapshotId, attributeType: 'CREATE_VOLUME_PERMISSION', createVolumePermission: { add } },
      ],
      ['ec2:TerminateInstances', { instancesSet: { items: [{ instanceId: `i-${luck.hex(17)}` }] } }],
      ['ec2:DeleteSecurityGroup', { groupId: `sg-${luck.hex(17)}` }],
      ['ec2:DeleteKeyPair', { keyName: 'packer' }],
    ] as const;
    for (const [name, request] of steps) {
      estate.write(caller, name, { request });
      yield luck.about(2 * minute);
    }
  }
}

/** The security team's own scan of everything, once a week, from the office. */
function* audits(estate: Estate, luck: Luck): Habit {
  const all = Object.values(pages).flat();
  for (;;) {
    yield 5 * day + luck.about(2 * day);
    for (const account of Object.values(estate.accounts)) {
      const role = estate.role(account, 'security-audit');
      const key = sessionKey(luck);
      const identity = sessionIdentity({ role, name: 'weekly-audit', key, created: estate.now });
      const caller: Caller = {
        account,
        region: 'ap-northeast-1',
        identity,
        from: offices['jp']![0]!,
        agent: 'Boto3/1.40.2 md/Botocore#1.40.2 ua/2.1 os/linux lang/python#3.12.3',
      };
      for (const region of [...regions, 'us-west-2', 'eu-west-1', 'ap-southeast-1']) {
        for (const call of luck.some(all, 40)) {
          estate.write(
            { ...caller, region },
            call,
            luck.chance(0.04)
              ? { error: `AccessDenied: User: ${String(identity['arn'])} is not authorized to perform: ${call}` }
              : {},
          );
          yield luck.about(120);
        }
      }
    }
  }
}

/** Stack sets keep the organisation's guardrails in every account: a change of them is made everywhere. */
function* guardrails(estate: Estate, luck: Luck): Habit {
  for (;;) {
    yield 5 * day + luck.about(3 * day);
    for (const account of Object.values(estate.accounts)) {
      const role = estate.role(account, `stacksets-exec-${luck.fork('set').hex(32)}`);
      const name = 'AWSCloudFormation';
      const identity = sessionIdentity({
        role,
        name,
        key: sessionKey(luck),
        created: estate.now,
        invokedBy: 'cloudformation.amazonaws.com',
      });
      const caller: Caller = {
        account,
        region: luck.pick(regions),
        identity,
        from: 'cloudformation.amazonaws.com',
        agent: 'cloudformation.amazonaws.com',
      };
      for (const [call, request] of [
        ['cloudformation:UpdateStack', { stackName: 'StackSet-baseline' }],
        [
          'config:PutConfigurationRecorder',
          {
            configurationRecorder: {
              name: 'default',
              roleARN: `arn:aws:iam::${account}:role/config-recorder`,
              recordingGroup: { allSupported: true },
            },
          },
        ],
        ['config:StartConfigurationRecorder', { configurationRecorderName: 'default' }],
        ['config:PutConfigRule', { configRule: { configRuleName: 'encrypted-volumes' } }],
        [
          'iam:UpdateAccountPasswordPolicy',
          {
            minimumPasswordLength: 16,
            requireSymbols: true,
            requireNumbers: true,
            requireUppercaseCharacters: true,
            requireLowercaseCharacters: true,
            maxPasswordAge: 90,
            passwordReusePrevention: 24,
          },
        ],
        ['events:PutRule', { name: 'to-security', eventPattern: '{"source":["aws.guardduty"]}' }],
        [
          'iam:PutRolePolicy',
          {
            roleName: 'security-audit',
            policyName: 'more',
            policyDocument:
              '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["support:Describe*"],"Resource":"*"}]}',
          },
        ],
      ] as const) {
        estate.write(caller, call, { request });
        yield luck.about(3 * second);
      }
      const linked = estate.linkedRole(account, 'organizations.amazonaws.com', 'AWSServiceRoleForOrganizations');
      estate.write(
        linkedCaller(luck, { account, region: 'us-east-1' }, linked, 'organizations.amazonaws.com'),
        'organizations:DescribeOrganization',
      );
    }
  }
}

/** The company opens a region: the same code as everywhere, where nobody was before. */
function* newRegion(estate: Estate, luck: Luck): Habit {
  yield 12 * day + luck.about(day) + estate.untilWork(countries.jp);
  for (const [name, roleName] of [
    ['production', 'terraform-0-apply'],
    ['staging', 'terraform-3-apply'],
  ] as const) {
    for (let run = 0; run < 3; run++) {
      const caller = {
        ...comesIn(estate, luck, name, roleName, 'infrastructure-0', 'terraform'),
        region: 'ap-southeast-1',
      };
      for (const call of [
        'ec2:CreateVpc',
        'ec2:CreateSubnet',
        'ec2:CreateSubnet',
        'ec2:CreateSecurityGroup',
        'ec2:CreateFlowLogs',
        'logs:CreateLogGroup',
        'ecs:CreateCluster',
        'kms:CreateKey',
        'lambda:CreateFunction20150331',
      ]) {
        estate.write(caller, call, { request: {} });
        yield luck.about(5 * second);
      }
      yield luck.about(5 * hour);
    }
  }
}

/** Milliseconds until this hour of UTC. */
function untilClock(estate: Estate, clock: number): number {
  const passed = estate.now % day;
  const wait = clock * hour - passed;
  return wait > 0 ? wait : wait + day;
}
