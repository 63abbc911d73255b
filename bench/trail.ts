import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type CallExample, call, example } from '../src/detect/examples.ts';
import type { JsonObject } from '../src/model/json.ts';

/**
 * An hour of a company's trail, made up: programs in sessions that are renewed, a few people, services that call for
 * themselves; some forty agents, hundreds of addresses, sixty calls, one in twenty-five refused. Records have 1,500 bytes
 * on average, as real ones do.
 */
export function trailFile(file: number, count: number): Buffer {
  const Records = Array.from({ length: count }, (_, index) => recordOf(file * count + index));
  return gzipSync(JSON.stringify({ Records }));
}

const accounts = [example.account, example.account, example.account, example.otherAccount, '777788889999'];
const regions = ['us-west-2', 'us-west-2', 'us-west-2', 'eu-west-1', 'us-east-1', 'ap-northeast-1'];
const errors = ['AccessDenied', 'NoSuchKey', 'ThrottlingException', 'ResourceNotFoundException', 'AccessDenied'];
const agents = [
  ...[11, 12, 13].map(
    (minor) =>
      `Boto3/1.34.${minor} md/Botocore#1.34.${minor} ua/2.0 os/linux md/arch#x86_64 lang/python#3.${minor} md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.${minor}`,
  ),
  ...[7, 8, 17, 21].map(
    (major) =>
      `aws-sdk-java/2.20.${major} Linux/5.10.210-201.852.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/${major}.0.10+7-LTS Java/${major}.0.10 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/standard`,
  ),
  ...[2, 5, 9, 12].map(
    (patch) =>
      `APN/1.0 HashiCorp/1.0 Terraform/1.7.${patch} (+https://www.terraform.io) terraform-provider-aws/5.3${patch}.0 aws-sdk-go-v2/1.25.${patch} os/linux lang/go#1.21.${patch} md/GOOS#linux md/GOARCH#amd64`,
  ),
  ...[1, 2, 3, 4].map(
    (patch) =>
      `aws-sdk-js/3.5${patch}0.0 ua/2.1 os/linux#5.10.210 lang/js md/nodejs#20.11.${patch} api/client#3.5${patch}0.0`,
  ),
  ...[13, 14, 15].map(
    (minor) =>
      `aws-cli/2.${minor}.0 Python/3.11.6 Linux/6.5.0-1018-aws exe/x86_64.ubuntu.22 prompt/off command/ec2.describe-instances`,
  ),
  ...[121, 122].map(
    (major) =>
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`,
  ),
  'amazon-ssm-agent/3.2.2172.0',
  'kubelet/v1.29.0-eks-5e0fdde',
];
const services = ['autoscaling', 'config', 'lambda', 'ec2', 'cloudtrail', 'backup'].map(
  (name) => `${name}.amazonaws.com`,
);

/** What a program of one kind does over and over. */
const tasks: readonly (readonly string[])[] = [
  ['s3:GetObject', 's3:PutObject', 's3:ListObjects', 'kms:Decrypt', 's3:HeadObject', 's3:GetBucketLocation'],
  [
    'ec2:DescribeInstances',
    'ec2:DescribeVolumes',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeTags',
    'ec2:DescribeSubnets',
  ],
  [
    'sts:AssumeRole',
    'sts:GetCallerIdentity',
    'kms:GenerateDataKey',
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter',
  ],
  ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:CreateLogGroup', 'kms:Decrypt', 'sts:AssumeRole'],
  ['ssm:UpdateInstanceInformation', 'ssm:ListInstanceAssociations', 'ssmmessages:OpenDataChannel', 'ssm:PutInventory'],
  [
    'eks:DescribeCluster',
    'ecr:GetAuthorizationToken',
    'ecr:BatchGetImage',
    'autoscaling:DescribeAutoScalingGroups',
    'elasticloadbalancing:DescribeTargetHealth',
  ],
  [
    'dynamodb:DescribeTable',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
    'sns:Publish',
  ],
  [
    'iam:ListUsers',
    'iam:GetRole',
    'iam:ListAttachedRolePolicies',
    'iam:GetPolicyVersion',
    'cloudformation:DescribeStacks',
    'cloudformation:ListStackResources',
  ],
  [
    'config:PutEvaluations',
    'config:DescribeConfigRules',
    'tagging:GetResources',
    'cloudwatch:PutMetricAlarm',
    'monitoring:DescribeAlarms',
  ],
  [
    'lambda:GetFunction20150331v2',
    'lambda:ListFunctions20150331',
    'lambda:ListTags20170331',
    'rds:DescribeDBInstances',
    'rds:CreateDBSnapshot',
  ],
];

function recordOf(number: number): JsonObject {
  const id = createHash('md5').update(String(number)).digest('hex');
  const luck = Number.parseInt(id.slice(0, 7), 16);
  const program = luck % 400;
  const names = tasks[program % tasks.length]!;
  const name = names[(luck >> 9) % names.length]!;
  const error = (luck >> 3) % 25 === 0 ? { error: errors[program % errors.length]! } : {};
  const request = requestOf(name, program, id);
  const isData = /^(s3:(Get|Put|Head)Object|s3:ListObjects|dynamodb:(Get|Put)Item)$/.test(name);
  return call(name, {
    ...callerOf(program, number),
    ...error,
    at: Math.floor(number / 12),
    account: accounts[program % accounts.length]!,
    region: regions[program % regions.length]!,
    request,
    ...(/^(sts:Assume|kms:|ec2:Desc)/.test(name) ? { response: responseOf(id) } : {}),
    more: {
      ...(program % 3 === 0 ? { additionalEventData: additionalOf(id) } : {}),
      requestID: uuid(id.split('').reverse().join('')),
      eventID: uuid(id),
      readOnly: !/:(Put|Create|Update|Assume|Publish|Open)/.test(name),
      ...(isData || program % 4 === 0 ? { resources: resourcesOf(program) } : {}),
      managementEvent: !isData,
      eventCategory: isData ? 'Data' : 'Management',
      ...(program % 5 === 4 ? {} : { tlsDetails: tlsOf(name) }),
    },
  });
}

/** Three in twenty are services, one in ten is a user, the rest are roles; a session lasts for some hundred calls. */
function callerOf(program: number, number: number): Pick<CallExample, 'by' | 'from' | 'agent'> {
  if (program % 20 < 3) return { by: services[program % services.length]! };
  const from = [
    `10.${program % 7}.3.${program % 250}`,
    `52.95.${program % 200}.${program % 250}`,
    `198.18.0.${program % 250}`,
  ][program % 3]!;
  const agent = agents[program % agents.length]!;
  if (program % 20 < 5) return { by: `user-${program}`, from, agent };
  const session = Math.floor((number + program * 97) / 20_000);
  // Instances call from within the network.
  const name =
    program % 3 === 0
      ? `i-0${(program * 65_537 + session).toString(16).padStart(16, '0')}`
      : `task-${program}-${session}`;
  return { by: `role:service-${program % 130}-runtime/${name}`, from, agent };
}

function requestOf(name: string, program: number, id: string): JsonObject {
  if (name.startsWith('s3:'))
    return {
      bucketName: `letters-of-department-${program % 40}`,
      key: `year=2026/month=01/${id}/${id}.parquet`,
      Host: `letters-of-department-${program % 40}.s3.us-west-2.amazonaws.com`,
    };
  if (name.startsWith('kms:'))
    return {
      keyId: `arn:aws:kms:us-west-2:${example.account}:key/${uuid(id)}`,
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::letters-of-department-${program % 40}` },
    };
  if (name.startsWith('ec2:'))
    return {
      filterSet: { items: [{ name: 'vpc-id', valueSet: { items: [{ value: `vpc-0${id.slice(0, 16)}` }] } }] },
      maxResults: 1_000,
    };
  if (name.startsWith('sts:'))
    return {
      roleArn: `arn:aws:iam::${example.account}:role/service-${program % 130}-runtime`,
      roleSessionName: `task-${id.slice(0, 12)}`,
      durationSeconds: 3_600,
    };
  return {
    name: `/services/${program}/${id}`,
    nextToken: `${id}${id}`,
    maxResults: 50,
    tags: [{ key: 'team', value: `team-${program % 12}` }],
  };
}

function responseOf(id: string): JsonObject {
  return {
    credentials: {
      accessKeyId: `ASIA${id.slice(0, 16).toUpperCase()}`,
      expiration: 'Jan 5, 2026, 1:00:00 AM',
      sessionToken: `${id}${id}${id}`.replaceAll(/[0-4]/g, '/'),
    },
  };
}

function additionalOf(id: string): JsonObject {
  return {
    SignatureVersion: 'SigV4',
    CipherSuite: 'TLS_AES_128_GCM_SHA256',
    bytesTransferredIn: 0,
    AuthenticationMethod: 'AuthHeader',
    'x-amz-id-2': `${id}+${id}=`,
    bytesTransferredOut: 1_024,
  };
}

function resourcesOf(program: number): readonly JsonObject[] {
  const bucket = `arn:aws:s3:::letters-of-department-${program % 40}`;
  return [
    { type: 'AWS::S3::Object', ARNPrefix: `${bucket}/` },
    { accountId: example.account, type: 'AWS::S3::Bucket', ARN: bucket },
  ];
}

function tlsOf(name: string): JsonObject {
  const service = name.slice(0, name.indexOf(':'));
  return {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: `${service}.us-west-2.amazonaws.com`,
  };
}

function uuid(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
}
