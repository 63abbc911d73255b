import type { JsonObject } from '../../../model/json.ts';
import {
  arnOf,
  type Caller,
  linkedCaller,
  type Role,
  serviceCaller,
  sessionIdentity,
  sessionKey,
  stamp,
} from '../caller.ts';
import { type Estate, type Place, regions } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';

/** What AWS does by itself in every account: it takes roles all day, sweeps what there is, uses keys for others. */
export function beginServices(estate: Estate): void {
  for (const [name, account] of Object.entries(estate.accounts)) {
    const isBusy = busy.has(name);
    for (const region of regions) {
      const place = { account, region };
      const luck = estate.luck.fork(`services ${account} ${region}`);
      for (const { service, roleName, session, meanS, busyOnly } of takers) {
        if (busyOnly && !isBusy) continue;
        estate.begin(
          takesRole(estate, luck, place, service, estate.role(account, roleName), session, meanS * 2 * second),
        );
      }
      estate.begin(configSweep(estate, luck, place));
      estate.begin(trailDelivers(estate, luck, place));
      if (isBusy) estate.begin(usesKeys(estate, luck, place));
    }
    const home = { account, region: 'us-east-1' };
    const luck = estate.luck.fork(`advisors ${account}`);
    estate.begin(advisor(estate, luck, home));
    estate.begin(analyzer(estate, luck, home));
    estate.begin(rotatesKeys(estate, luck, home));
  }
}

const busy = new Set(['shared', 'production', 'payments', 'staging', 'development', 'data']);

const takers: readonly {
  service: string;
  roleName: string;
  session: string;
  meanS: number;
  busyOnly?: boolean;
}[] = [
  { service: 'config.amazonaws.com', roleName: 'config-recorder', session: 'AWSConfig-Describe', meanS: 2_000 },
  {
    service: 'cloudtrail.amazonaws.com',
    roleName: 'trail-to-logs',
    session: 'CLOUDWATCH_LOGS_DELIVERY_SESSION',
    meanS: 3_600,
  },
  { service: 'vpc-flow-logs.amazonaws.com', roleName: 'flow-logs', session: 'vpc-flow-logs', meanS: 3_600 },
  { service: 'states.amazonaws.com', roleName: 'order-workflow', session: 'states', meanS: 500, busyOnly: true },
  { service: 'events.amazonaws.com', roleName: 'event-targets', session: 'events', meanS: 700, busyOnly: true },
  { service: 'firehose.amazonaws.com', roleName: 'event-delivery', session: 'firehose', meanS: 900, busyOnly: true },
  { service: 's3.amazonaws.com', roleName: 's3-replication', session: 's3-replication', meanS: 1_100, busyOnly: true },
  {
    service: 'monitoring.rds.amazonaws.com',
    roleName: 'rds-monitoring-role',
    session: 'RDSEnhancedMonitoring',
    meanS: 1_800,
    busyOnly: true,
  },
  {
    service: 'apigateway.amazonaws.com',
    roleName: 'api-authorizer',
    session: 'BackplaneAssumeRoleSession',
    meanS: 1_500,
    busyOnly: true,
  },
  { service: 'scheduler.amazonaws.com', roleName: 'schedules', session: 'scheduler', meanS: 1_200, busyOnly: true },
];

function* takesRole(
  estate: Estate,
  luck: Luck,
  place: Place,
  service: string,
  role: Role,
  session: string,
  mean: number,
): Habit {
  for (;;) {
    yield luck.about(mean / estate.load(place.region));
    assumed(estate, luck, place, service, role, session);
  }
}

/** The record of a service that takes a role: it has no address and no key. */
export function assumed(
  estate: Estate,
  luck: Luck,
  place: Place,
  service: string,
  role: Role,
  session: string,
): string {
  const key = sessionKey(luck);
  estate.write(serviceCaller(place, service), 'sts:AssumeRole', {
    request: { roleArn: arnOf(role), roleSessionName: session },
    response: given(estate, luck, role, session, key),
    resources: [{ accountId: role.account, type: 'AWS::IAM::Role', ARN: arnOf(role) }],
    more: { sharedEventID: luck.uuid() },
  });
  return key;
}

/** What STS answers to whoever takes a role: credentials for an hour, and whose they are. */
export function given(estate: Estate, luck: Luck, role: Role, session: string, key: string): JsonObject {
  return {
    credentials: { accessKeyId: key, sessionToken: luck.capitals(40), expiration: stamp(estate.now + hour) },
    assumedRoleUser: {
      assumedRoleId: `${role.id}:${session}`,
      arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${session}`,
    },
  };
}

/** The credentials that an instance's role gives it, as its own calls carry them. */
export function instanceSession(estate: Estate, luck: Luck, place: Place, role: Role, id: string): JsonObject {
  const key = assumed(estate, luck, place, 'ec2.amazonaws.com', role, id);
  return sessionIdentity({
    role,
    name: id,
    key,
    created: estate.now,
    delivery: '2.0',
    issuer: 'AWS::EC2::Instance',
    issuedTo: `arn:aws:ec2:${place.region}:${place.account}:instance/${id}`,
  });
}

const looks = `ec2:DescribeInstances ec2:DescribeVolumes ec2:DescribeSecurityGroups ec2:DescribeNetworkInterfaces
  ec2:DescribeSubnets ec2:DescribeVpcs ec2:DescribeRouteTables ec2:DescribeSnapshots ec2:DescribeAddresses
  elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeTags autoscaling:DescribeAutoScalingGroups
  rds:DescribeDBInstances rds:DescribeDBSnapshots lambda:ListFunctions20150331 lambda:GetFunction20150331v2 lambda:GetPolicy20150331v2
  s3:GetBucketPolicy s3:GetBucketAcl s3:GetBucketLogging s3:GetBucketVersioning s3:GetBucketPublicAccessBlock
  kms:ListKeys kms:DescribeKey kms:GetKeyPolicy kms:GetKeyRotationStatus iam:GetAccountAuthorizationDetails
  cloudtrail:DescribeTrails cloudtrail:GetTrailStatus cloudtrail:GetEventSelectors monitoring:DescribeAlarms
  sns:GetTopicAttributes sqs:GetQueueAttributes dynamodb:DescribeTable secretsmanager:ListSecrets ecs:DescribeClusters
  ssm:DescribeParameters guardduty:ListDetectors logs:DescribeLogGroups`.split(/\s+/);

function* configSweep(estate: Estate, luck: Luck, place: Place): Habit {
  const role = estate.linkedRole(place.account, 'config.amazonaws.com', 'AWSServiceRoleForConfig');
  yield luck.whole(0, 6 * hour);
  for (;;) {
    const caller = linkedCaller(luck, place, role, 'config.amazonaws.com');
    for (const look of luck.some(looks, 22)) {
      estate.write(caller, look);
      yield luck.about(2 * second);
    }
    yield 6 * hour + luck.about(hour);
  }
}

function* trailDelivers(estate: Estate, luck: Luck, place: Place): Habit {
  const caller = serviceCaller(place, 'cloudtrail.amazonaws.com');
  const key = `arn:aws:kms:${place.region}:${estate.accounts['log-archive']}:key/${luck.uuid()}`;
  for (;;) {
    yield luck.about(30 * minute);
    estate.write(caller, luck.chance(0.5) ? 'kms:GenerateDataKey' : 'kms:Decrypt', {
      request: {
        keySpec: 'AES_256',
        encryptionContext: { 'aws:cloudtrail:arn': `arn:aws:cloudtrail:us-east-1:${place.account}:trail/organization` },
      },
      resources: [{ accountId: estate.accounts['log-archive'], type: 'AWS::KMS::Key', ARN: key }],
    });
  }
}

/** Encrypted storage: a service opens data keys for whoever reads or writes. */
function* usesKeys(estate: Estate, luck: Luck, place: Place): Habit {
  const keys = Array.from({ length: 6 }, () => `arn:aws:kms:${place.region}:${place.account}:key/${luck.uuid()}`);
  const users = ['secretsmanager', 'lambda', 'dynamodb', 'sns', 'sqs', 'rds', 'ebs', 'logs', 'elasticache'];
  for (;;) {
    yield luck.about((300 * second) / estate.load(place.region));
    const service = `${luck.pick(users)}.amazonaws.com`;
    const caller: Caller = serviceCaller(place, service);
    estate.write(caller, luck.chance(0.8) ? 'kms:Decrypt' : 'kms:GenerateDataKey', {
      request: {
        encryptionContext: { 'aws:SecretARN': `arn:aws:secretsmanager:${place.region}:${place.account}:secret:x` },
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      },
      resources: [{ accountId: place.account, type: 'AWS::KMS::Key', ARN: luck.pick(keys) }],
    });
  }
}

function* advisor(estate: Estate, luck: Luck, place: Place): Habit {
  const role = estate.linkedRole(place.account, 'trustedadvisor.amazonaws.com', 'AWSServiceRoleForTrustedAdvisor');
  for (;;) {
    yield day + luck.about(2 * hour);
    const caller = linkedCaller(luck, place, role, 'trustedadvisor.amazonaws.com');
    for (const look of luck.some(looks, 14)) {
      for (const region of regions) estate.write({ ...caller, region }, look);
      yield luck.about(second);
    }
    estate.write(caller, 'iam:GenerateCredentialReport', { reads: false });
    estate.write(caller, 'iam:GetCredentialReport');
    estate.write(caller, 'iam:GetAccountPasswordPolicy', {
      error: 'NoSuchEntityException: The Password Policy with domain name cannot be found.',
    });
  }
}

function* analyzer(estate: Estate, luck: Luck, place: Place): Habit {
  const role = estate.linkedRole(place.account, 'access-analyzer.amazonaws.com', 'AWSServiceRoleForAccessAnalyzer');
  const names = [
    'iam:ListRoles',
    'iam:GetRole',
    's3:GetBucketPolicyStatus',
    's3:GetBucketAcl',
    'kms:ListGrants',
    'kms:GetKeyPolicy',
    'sqs:GetQueueAttributes',
    'lambda:GetPolicy20150331v2',
    'secretsmanager:GetResourcePolicy',
    'ec2:DescribeSnapshotAttribute',
  ];
  for (;;) {
    yield luck.about(7 * hour);
    const caller = linkedCaller(luck, place, role, 'access-analyzer.amazonaws.com');
    for (let i = luck.whole(10, 30); i > 0; i--) {
      estate.write({ ...caller, region: luck.pick(regions) }, luck.pick(names));
      yield luck.about(3 * second);
    }
  }
}

/** Things that AWS tells of itself: keys rotate, secrets rotate, certificates renew. */
function* rotatesKeys(estate: Estate, luck: Luck, place: Place): Habit {
  for (;;) {
    yield luck.about(4 * day);
    const region = luck.pick(regions);
    const caller = {
      ...serviceCaller({ ...place, region }, 'AWS Internal'),
      from: 'AWS Internal',
      agent: 'AWS Internal',
    };
    const more = { eventType: 'AwsServiceEvent', serviceEventDetails: { keyId: luck.uuid() } };
    estate.write(
      caller,
      luck.pick([
        'kms:RotateKey',
        'secretsmanager:RotationStarted',
        'secretsmanager:RotationSucceeded',
        'acm:RenewCertificate',
      ]),
      { more, reads: false },
    );
  }
}
