import { arnOf, type Caller, sessionIdentity, sessionKey } from '../caller.ts';
import { type Estate, regions } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { vendorAddresses } from '../places.ts';
import { denial } from '../record.ts';
import { type Habit, minute, second } from '../timeline.ts';
import { given } from './services.ts';

/** Vendors come from accounts of their own, with an external id, and read all day from public addresses. */
export function beginVendors(estate: Estate): void {
  for (const account of Object.values(estate.accounts)) {
    for (const vendor of vendors)
      estate.begin(reads(estate, estate.luck.fork(`${vendor.name} ${account}`), account, vendor));
  }
}

interface Vendor {
  readonly name: string;
  readonly account: string;
  readonly everyM: number;
  readonly count: number;
  readonly agent: string;
  readonly calls: readonly string[];
}

const list = (text: string) => text.trim().split(/\s+/);

const vendors: readonly Vendor[] = [
  {
    name: 'metrics',
    account: '664201873055',
    everyM: 50,
    count: 6,
    agent: 'Boto3/1.39.4 md/Botocore#1.39.4 ua/2.1 os/linux#5.15.0-1084-aws md/arch#x86_64 lang/python#3.11.13',
    calls:
      list(`monitoring:GetMetricData monitoring:ListMetrics ec2:DescribeInstances ec2:DescribeVolumes rds:DescribeDBInstances
      elasticloadbalancing:DescribeLoadBalancers lambda:ListFunctions20150331 ecs:ListClusters ecs:DescribeServices tag:GetResources
      sqs:ListQueues dynamodb:ListTables s3:ListBuckets cloudtrail:DescribeTrails health:DescribeEvents autoscaling:DescribeAutoScalingGroups`),
  },
  {
    name: 'costs',
    account: '771530942186',
    everyM: 720,
    count: 12,
    agent: 'aws-sdk-go-v2/1.36.0 ua/2.1 os/linux lang/go#1.23.8',
    calls: list(
      'ce:GetCostAndUsage organizations:ListAccounts ec2:DescribeReservedInstances ec2:DescribeInstances rds:DescribeReservedDBInstances savingsplans:DescribeSavingsPlans support:DescribeTrustedAdvisorChecks',
    ),
  },
  {
    name: 'posture',
    account: '283904117760',
    everyM: 720,
    count: 90,
    agent: 'Boto3/1.38.30 md/Botocore#1.38.30 ua/2.1 os/linux#6.1.0 md/arch#x86_64 lang/python#3.12.10',
    calls:
      list(`iam:ListUsers iam:ListRoles iam:ListPolicies iam:GetAccountSummary iam:GetAccountPasswordPolicy iam:GetCredentialReport iam:ListMFADevices
      iam:GetPolicyVersion iam:ListAccessKeys iam:GetLoginProfile s3:ListBuckets s3:GetBucketAcl s3:GetBucketPolicy s3:GetBucketPublicAccessBlock s3:GetBucketEncryption
      ec2:DescribeInstances ec2:DescribeInstanceAttribute ec2:DescribeSecurityGroups ec2:DescribeSnapshots ec2:DescribeSnapshotAttribute ec2:DescribeImages ec2:DescribeVpcs
      ec2:DescribeNetworkAcls ec2:DescribeFlowLogs ec2:GetEbsEncryptionByDefault rds:DescribeDBInstances rds:DescribeDBSnapshots rds:DescribeDBSnapshotAttributes
      lambda:ListFunctions20150331 lambda:GetPolicy20150331v2 kms:ListKeys kms:GetKeyPolicy kms:GetKeyRotationStatus cloudtrail:DescribeTrails cloudtrail:GetTrailStatus
      cloudtrail:GetEventSelectors guardduty:ListDetectors config:DescribeConfigurationRecorders secretsmanager:ListSecrets ssm:DescribeParameters sns:GetTopicAttributes
      sqs:GetQueueAttributes ecr:DescribeRepositories ecr:DescribeImages eks:ListClusters eks:DescribeCluster redshift:DescribeClusters es:DescribeDomains organizations:DescribeOrganization`),
  },
];

function* reads(estate: Estate, luck: Luck, account: string, vendor: Vendor): Habit {
  const role = estate.role(account, `${vendor.name}-integration`);
  yield luck.about(vendor.everyM * minute);
  for (;;) {
    const from = luck.pick(vendorAddresses[vendor.name] ?? []);
    const place = { account, region: 'us-east-1', from, agent: vendor.agent };
    const key = sessionKey(luck);
    const session = `${vendor.name}-${luck.hex(8)}`;
    const principalId = `AROA${estate.luck.fork(`vendor ${vendor.name}`).capitals(17)}:worker-${luck.whole(1, 9)}`;
    estate.write(
      { ...place, identity: { type: 'AWSAccount', principalId, accountId: vendor.account } },
      'sts:AssumeRole',
      {
        request: { roleArn: arnOf(role), roleSessionName: session, externalId: luck.fork('external').uuid() },
        response: given(estate, luck, role, session, key),
        resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN: arnOf(role) }],
        more: { sharedEventID: luck.uuid() },
      },
    );
    const identity = sessionIdentity({ role, name: session, key, created: estate.now });
    for (let i = 0; i < vendor.count; i++) {
      yield luck.about(0.4 * second);
      const caller: Caller = { ...place, identity, region: luck.pick(regions) };
      const call = vendor.calls[(i * 7 + luck.whole(0, 1)) % vendor.calls.length]!;
      estate.write(
        caller,
        call,
        luck.chance(0.02)
          ? { error: 'ThrottlingException: Rate exceeded' }
          : luck.chance(0.01)
            ? { error: denial(caller, call) }
            : {},
      );
    }
    yield vendor.everyM * minute + luck.about(vendor.everyM * 6 * second);
  }
}
