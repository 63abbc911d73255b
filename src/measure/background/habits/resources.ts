// A table of resources and the calls that make, read, change and remove them.
import type { JsonObject } from '../../../model/json.ts';
import { type Asked, appPolicy, ingress } from './requests.ts';

/** What infrastructure code makes, reads, changes and removes, call by call. */
export interface Kind {
  readonly creates: Step;
  readonly reads: readonly string[];
  readonly updates: Step;
  readonly deletes: Step;
}

/** The calls for one resource, with what each asks and answers; `id` is 17 hex digits of its own. */
export type Step = (id: string, account: string) => readonly Asked[];

const short = (id: string) => id.slice(0, 8);

const trust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }],
  });

const onlyTls = (bucket: string, account: string): JsonObject => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'tls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      Sid: 'app',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:role/app` },
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `arn:aws:s3:::${bucket}/*`,
    },
  ],
});

/** Load balancers of older regions write their logs from an account of AWS. */
const balancerLogs = (bucket: string): JsonObject => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::582318560864:root' },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/AWSLogs/*`,
    },
  ],
});

export const kinds = {
  bucket: {
    creates: (id, account) => {
      const bucketName = `app-${short(id)}`;
      return [
        ['s3:CreateBucket', { bucketName, CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' } }],
        ['s3:PutBucketTagging', { bucketName }],
        [
          's3:PutBucketPublicAccessBlock',
          {
            bucketName,
            publicAccessBlock: '',
            PublicAccessBlockConfiguration: {
              BlockPublicAcls: true,
              IgnorePublicAcls: true,
              BlockPublicPolicy: true,
              RestrictPublicBuckets: true,
            },
          },
        ],
        [
          's3:PutBucketEncryption',
          {
            bucketName,
            ServerSideEncryptionConfiguration: {
              Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true },
            },
          },
        ],
        ['s3:PutBucketVersioning', { bucketName, VersioningConfiguration: { Status: 'Enabled' } }],
        ['s3:PutBucketPolicy', { bucketName, bucketPolicy: onlyTls(bucketName, account) }],
        [
          's3:PutBucketLifecycle',
          {
            bucketName,
            LifecycleConfiguration: {
              Rule: { ID: 'old', Status: 'Enabled', Filter: '', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
            },
          },
        ],
      ];
    },
    reads:
      's3:GetBucketPolicy s3:GetBucketAcl s3:GetBucketVersioning s3:GetBucketEncryption s3:GetBucketPublicAccessBlock s3:GetBucketLifecycle s3:GetBucketLogging s3:GetBucketTagging'.split(
        ' ',
      ),
    updates: (id, account) => [
      ['s3:PutBucketPolicy', { bucketName: `app-${short(id)}`, bucketPolicy: onlyTls(`app-${short(id)}`, account) }],
    ],
    deletes: (id) => [
      ['s3:DeleteBucketPolicy', { bucketName: `app-${short(id)}` }],
      ['s3:DeleteBucketPublicAccessBlock', { bucketName: `app-${short(id)}`, publicAccessBlock: '' }],
      ['s3:DeleteBucket', { bucketName: `app-${short(id)}` }],
    ],
  },
  role: {
    creates: (id) => [
      ['iam:CreateRole', { roleName: `app-${short(id)}`, assumeRolePolicyDocument: trust('ecs-tasks'), path: '/' }],
      [
        'iam:PutRolePolicy',
        { roleName: `app-${short(id)}`, policyName: 'app', policyDocument: JSON.stringify(appPolicy(id)) },
      ],
      [
        'iam:AttachRolePolicy',
        { roleName: `app-${short(id)}`, policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
      ],
    ],
    reads: 'iam:GetRole iam:ListRolePolicies iam:GetRolePolicy iam:ListAttachedRolePolicies'.split(' '),
    updates: (id) => [
      [
        'iam:PutRolePolicy',
        { roleName: `app-${short(id)}`, policyName: 'app', policyDocument: JSON.stringify(appPolicy(id)) },
      ],
    ],
    deletes: (id) => [
      [
        'iam:DetachRolePolicy',
        { roleName: `app-${short(id)}`, policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
      ],
      ['iam:DeleteRolePolicy', { roleName: `app-${short(id)}`, policyName: 'app' }],
      ['iam:DeleteRole', { roleName: `app-${short(id)}` }],
    ],
  },
  policy: {
    creates: (id) => [
      ['iam:CreatePolicy', { policyName: `app-${short(id)}`, policyDocument: JSON.stringify(appPolicy(id)) }],
    ],
    reads: ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListPolicyVersions'],
    updates: (id, account) => [
      [
        'iam:CreatePolicyVersion',
        {
          policyArn: `arn:aws:iam::${account}:policy/app-${short(id)}`,
          policyDocument: JSON.stringify(appPolicy(id)),
          setAsDefault: true,
        },
      ],
      ['iam:DeletePolicyVersion', { policyArn: `arn:aws:iam::${account}:policy/app-${short(id)}`, versionId: 'v3' }],
    ],
    deletes: (id, account) => [['iam:DeletePolicy', { policyArn: `arn:aws:iam::${account}:policy/app-${short(id)}` }]],
  },
  function: {
    creates: (id, account) => [
      [
        'lambda:CreateFunction20150331',
        {
          functionName: `app-${short(id)}`,
          runtime: 'nodejs22.x',
          role: `arn:aws:iam::${account}:role/app-${short(id)}`,
          handler: 'index.handler',
          timeout: 30,
          memorySize: 512,
          publish: false,
        },
      ],
      [
        'lambda:AddPermission20150331v2',
        {
          functionName: `app-${short(id)}`,
          statementId: 'events',
          action: 'lambda:InvokeFunction',
          principal: 'events.amazonaws.com',
          sourceArn: `arn:aws:events:ap-northeast-1:${account}:rule/app`,
        },
      ],
      [
        'lambda:CreateEventSourceMapping20150331',
        {
          functionName: `app-${short(id)}`,
          batchSize: 10,
          eventSourceArn: `arn:aws:sqs:ap-northeast-1:${account}:app-${short(id)}`,
        },
      ],
    ],
    reads: [
      'lambda:GetFunction20150331v2',
      'lambda:ListVersionsByFunction20150331',
      'lambda:GetPolicy20150331v2',
      'lambda:GetFunctionCodeSigningConfig20200415',
    ],
    updates: (id) => [
      ['lambda:UpdateFunctionCode20150331v2', { functionName: `app-${short(id)}`, publish: true, dryRun: false }],
      [
        'lambda:UpdateFunctionConfiguration20150331v2',
        {
          functionName: `app-${short(id)}`,
          environment: {},
          layers: ['arn:aws:lambda:ap-northeast-1:580247275435:layer:LambdaInsightsExtension:80'],
        },
      ],
    ],
    deletes: (id) => [['lambda:DeleteFunction20150331', { functionName: `app-${short(id)}` }]],
  },
  group: {
    creates: (id) => [
      [
        'ec2:CreateSecurityGroup',
        { groupName: `app-${short(id)}`, groupDescription: 'Managed by Terraform', vpcId: `vpc-${id}` },
        { groupId: `sg-${id}`, _return: true },
      ],
      [
        'ec2:RevokeSecurityGroupEgress',
        {
          groupId: `sg-${id}`,
          ipPermissions: { items: [{ ipProtocol: '-1', ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] },
        },
      ],
      ['ec2:AuthorizeSecurityGroupIngress', ingress(id, 443, '0.0.0.0/0')],
      [
        'ec2:AuthorizeSecurityGroupEgress',
        {
          groupId: `sg-${id}`,
          ipPermissions: { items: [{ ipProtocol: '-1', ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] },
        },
      ],
    ],
    reads: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
    updates: (id) => [
      ['ec2:AuthorizeSecurityGroupIngress', ingress(id, 8080, '10.0.0.0/8')],
      ['ec2:RevokeSecurityGroupIngress', ingress(id, 8081, '10.0.0.0/8')],
    ],
    deletes: (id) => [['ec2:DeleteSecurityGroup', { groupId: `sg-${id}` }]],
  },
  network: {
    creates: (id) => [
      ['ec2:CreateVpc', { cidrBlock: '10.60.0.0/16', instanceTenancy: 'default' }],
      ['ec2:ModifyVpcAttribute', { vpcId: `vpc-${id}`, enableDnsHostnames: { value: true } }],
      ['ec2:CreateSubnet', { vpcId: `vpc-${id}`, cidrBlock: '10.60.0.0/20' }],
      ['ec2:CreateSubnet', { vpcId: `vpc-${id}`, cidrBlock: '10.60.16.0/20' }],
      ['ec2:CreateInternetGateway', {}],
      ['ec2:AttachInternetGateway', { internetGatewayId: `igw-${id}`, vpcId: `vpc-${id}` }],
      ['ec2:AllocateAddress', { domain: 'vpc' }],
      [
        'ec2:CreateNatGateway',
        { CreateNatGatewayRequest: { SubnetId: `subnet-${id}`, AllocationId: `eipalloc-${id}` } },
      ],
      ['ec2:CreateRouteTable', { vpcId: `vpc-${id}` }],
      ['ec2:CreateRoute', { routeTableId: `rtb-${id}`, destinationCidrBlock: '0.0.0.0/0', gatewayId: `igw-${id}` }],
      ['ec2:AssociateRouteTable', { routeTableId: `rtb-${id}`, subnetId: `subnet-${id}` }],
      ['ec2:CreateNetworkAcl', { vpcId: `vpc-${id}` }],
      [
        'ec2:CreateNetworkAclEntry',
        {
          networkAclId: `acl-${id}`,
          ruleNumber: 100,
          egress: false,
          ruleAction: 'allow',
          aclProtocol: '6',
          cidrBlock: '0.0.0.0/0',
          portRange: { from: 443, to: 443 },
        },
      ],
      [
        'ec2:CreateFlowLogs',
        {
          CreateFlowLogsRequest: {
            ResourceId: { tag: 1, content: `vpc-${id}` },
            ResourceType: 'VPC',
            TrafficType: 'ALL',
            LogDestinationType: 's3',
          },
        },
        { CreateFlowLogsResponse: { flowLogIdSet: { item: `fl-${id}` }, unsuccessful: '' } },
      ],
    ],
    reads: [
      'ec2:DescribeVpcs',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeSubnets',
      'ec2:DescribeRouteTables',
      'ec2:DescribeInternetGateways',
      'ec2:DescribeNatGateways',
      'ec2:DescribeFlowLogs',
      'ec2:DescribeNetworkAcls',
    ],
    updates: (id) => [
      [
        'ec2:CreateTags',
        { resourcesSet: { items: [{ resourceId: `vpc-${id}` }] }, tagSet: { items: [{ key: 'team', value: 'web' }] } },
      ],
    ],
    deletes: (id) => [
      ['ec2:DeleteFlowLogs', { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: `fl-${id}` } } }],
      ['ec2:DeleteNatGateway', { DeleteNatGatewayRequest: { NatGatewayId: `nat-${id}` } }],
      ['ec2:ReleaseAddress', { allocationId: `eipalloc-${id}` }],
      ['ec2:DeleteNetworkAcl', { networkAclId: `acl-${id}` }],
      ['ec2:DeleteRouteTable', { routeTableId: `rtb-${id}` }],
      ['ec2:DetachInternetGateway', { internetGatewayId: `igw-${id}`, vpcId: `vpc-${id}` }],
      ['ec2:DeleteInternetGateway', { internetGatewayId: `igw-${id}` }],
      ['ec2:DeleteSubnet', { subnetId: `subnet-${id}` }],
      ['ec2:DeleteVpc', { vpcId: `vpc-${id}` }],
    ],
  },
  key: {
    creates: (id, account) => [
      [
        'kms:CreateKey',
        {
          keySpec: 'SYMMETRIC_DEFAULT',
          keyUsage: 'ENCRYPT_DECRYPT',
          policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
            ],
          }),
        },
        { keyMetadata: { keyId: id, arn: `arn:aws:kms:ap-northeast-1:${account}:key/${id}`, keyState: 'Enabled' } },
      ],
      ['kms:CreateAlias', { aliasName: `alias/app-${short(id)}`, targetKeyId: id }],
      ['kms:EnableKeyRotation', { keyId: id }],
    ],
    reads: [
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListResourceTags',
      'kms:ListAliases',
    ],
    updates: (id, account) => [
      [
        'kms:PutKeyPolicy',
        {
          keyId: id,
          policyName: 'default',
          policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
            ],
          }),
        },
      ],
    ],
    deletes: (id) => [
      ['kms:DeleteAlias', { aliasName: `alias/app-${short(id)}` }],
      ['kms:ScheduleKeyDeletion', { keyId: id, pendingWindowInDays: 7 }],
    ],
  },
  logGroup: {
    creates: (id) => [
      ['logs:CreateLogGroup', { logGroupName: `/app/${short(id)}` }],
      ['logs:PutRetentionPolicy', { logGroupName: `/app/${short(id)}`, retentionInDays: 30 }],
    ],
    reads: ['logs:DescribeLogGroups', 'logs:ListTagsForResource'],
    updates: (id) => [['logs:PutRetentionPolicy', { logGroupName: `/app/${short(id)}`, retentionInDays: 14 }]],
    deletes: (id) => [['logs:DeleteLogGroup', { logGroupName: `/app/${short(id)}` }]],
  },
  alarm: {
    creates: (id) => [['monitoring:PutMetricAlarm', { alarmName: `app-${short(id)}`, threshold: 1 }]],
    reads: ['monitoring:DescribeAlarms', 'monitoring:ListTagsForResource'],
    updates: (id) => [['monitoring:PutMetricAlarm', { alarmName: `app-${short(id)}`, threshold: 2 }]],
    deletes: (id) => [['monitoring:DeleteAlarms', { alarmNames: [`app-${short(id)}`] }]],
  },
  database: {
    creates: (id) => [
      ['rds:CreateDBSubnetGroup', { dBSubnetGroupName: `app-${short(id)}` }],
      [
        'rds:CreateDBInstance',
        {
          dBInstanceIdentifier: `app-${short(id)}`,
          engine: 'postgres',
          dBInstanceClass: 'db.t4g.medium',
          masterUsername: 'app',
          masterUserPassword: '****',
          publiclyAccessible: false,
          storageEncrypted: true,
          deletionProtection: false,
        },
      ],
    ],
    reads: ['rds:DescribeDBInstances', 'rds:ListTagsForResource', 'rds:DescribeDBSubnetGroups'],
    updates: (id) => [
      [
        'rds:ModifyDBInstance',
        {
          dBInstanceIdentifier: `app-${short(id)}`,
          backupRetentionPeriod: 7,
          applyImmediately: true,
          allowMajorVersionUpgrade: false,
        },
      ],
    ],
    deletes: (id) => [
      [
        'rds:DeleteDBInstance',
        { dBInstanceIdentifier: `app-${short(id)}`, skipFinalSnapshot: true, deleteAutomatedBackups: true },
      ],
      ['rds:DeleteDBSubnetGroup', { dBSubnetGroupName: `app-${short(id)}` }],
    ],
  },
  queue: {
    creates: (id) => [
      ['sqs:CreateQueue', { queueName: `app-${short(id)}` }],
      ['sns:CreateTopic', { name: `app-${short(id)}` }],
      ['sns:Subscribe', { protocol: 'sqs', topicArn: `app-${short(id)}` }],
    ],
    reads: ['sqs:GetQueueAttributes', 'sns:GetTopicAttributes', 'sns:GetSubscriptionAttributes'],
    updates: (id) => [
      ['sqs:SetQueueAttributes', { queueUrl: `app-${short(id)}`, attributes: { VisibilityTimeout: '60' } }],
    ],
    deletes: (id) => [
      ['sns:Unsubscribe', { subscriptionArn: `app-${short(id)}` }],
      ['sns:DeleteTopic', { topicArn: `app-${short(id)}` }],
      ['sqs:DeleteQueue', { queueUrl: `app-${short(id)}` }],
    ],
  },
  secret: {
    creates: (id) => [
      ['secretsmanager:CreateSecret', { name: `app/${short(id)}`, clientRequestToken: id }],
      ['secretsmanager:PutSecretValue', { secretId: `app/${short(id)}` }],
    ],
    reads: ['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy', 'secretsmanager:GetSecretValue'],
    updates: (id) => [['secretsmanager:PutSecretValue', { secretId: `app/${short(id)}` }]],
    deletes: (id) => [
      ['secretsmanager:DeleteSecret', { secretId: `app/${short(id)}`, forceDeleteWithoutRecovery: true }],
    ],
  },
  rule: {
    creates: (id) => [
      ['events:PutRule', { name: `app-${short(id)}`, scheduleExpression: 'rate(1 hour)', state: 'ENABLED' }],
      ['events:PutTargets', { rule: `app-${short(id)}` }],
    ],
    reads: ['events:DescribeRule', 'events:ListTargetsByRule', 'events:ListTagsForResource'],
    updates: (id) => [['events:PutRule', { name: `app-${short(id)}`, scheduleExpression: 'rate(2 hours)' }]],
    deletes: (id) => [
      ['events:RemoveTargets', { rule: `app-${short(id)}` }],
      ['events:DeleteRule', { name: `app-${short(id)}` }],
    ],
  },
  service: {
    creates: (id) => [
      ['ecs:RegisterTaskDefinition', { family: `app-${short(id)}` }],
      ['ecs:CreateService', { service: `app-${short(id)}`, desiredCount: 2 }],
    ],
    reads: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeClusters'],
    updates: (id) => [
      ['ecs:RegisterTaskDefinition', { family: `app-${short(id)}` }],
      ['ecs:UpdateService', { service: `app-${short(id)}` }],
      ['ecs:DeregisterTaskDefinition', { taskDefinition: `app-${short(id)}:3` }],
    ],
    deletes: (id) => [
      ['ecs:UpdateService', { service: `app-${short(id)}`, desiredCount: 0 }],
      ['ecs:DeleteService', { service: `app-${short(id)}`, force: true }],
    ],
  },
  balancer: {
    creates: (id) => [
      [
        'elasticloadbalancing:CreateLoadBalancer',
        { name: `app-${short(id)}`, scheme: 'internet-facing', type: 'application' },
      ],
      ['elasticloadbalancing:CreateTargetGroup', { name: `app-${short(id)}` }],
      ['elasticloadbalancing:CreateListener', { port: 443, protocol: 'HTTPS' }],
      ['route53:ChangeResourceRecordSets', { hostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
      ['wafv2:AssociateWebACL', { resourceArn: `app-${short(id)}` }],
    ],
    reads: [
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeTags',
      'route53:ListResourceRecordSets',
    ],
    updates: (id) => [['elasticloadbalancing:ModifyListener', { listenerArn: id }]],
    deletes: (id) => [
      ['wafv2:DisassociateWebACL', { resourceArn: `app-${short(id)}` }],
      ['elasticloadbalancing:DeleteListener', { listenerArn: id }],
      ['elasticloadbalancing:DeleteTargetGroup', { targetGroupArn: id }],
      ['elasticloadbalancing:DeleteLoadBalancer', { loadBalancerArn: id }],
      ['route53:ChangeResourceRecordSets', { hostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
    ],
  },
  machine: {
    creates: (id) => [
      ['iam:CreateInstanceProfile', { instanceProfileName: `app-${short(id)}` }],
      ['iam:AddRoleToInstanceProfile', { instanceProfileName: `app-${short(id)}`, roleName: `app-${short(id)}` }],
      [
        'ec2:RunInstances',
        {
          instancesSet: { items: [{ imageId: `ami-${id}`, minCount: 1, maxCount: 1 }] },
          instanceType: 't3.large',
          userData: '<sensitiveDataRemoved>',
          iamInstanceProfile: { name: `app-${short(id)}` },
        },
        { instancesSet: { items: [{ instanceId: `i-${id}` }] } },
      ],
    ],
    reads: [
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceAttribute',
      'ec2:DescribeVolumes',
      'iam:GetInstanceProfile',
      'ec2:DescribeImages',
    ],
    updates: (id) => [
      ['ec2:StopInstances', { instancesSet: { items: [{ instanceId: `i-${id}` }] } }],
      ['ec2:ModifyInstanceAttribute', { instanceId: `i-${id}`, userData: '<sensitiveDataRemoved>' }],
      ['ec2:StartInstances', { instancesSet: { items: [{ instanceId: `i-${id}` }] } }],
    ],
    deletes: (id) => [
      ['ec2:TerminateInstances', { instancesSet: { items: [{ instanceId: `i-${id}` }] } }],
      ['iam:RemoveRoleFromInstanceProfile', { instanceProfileName: `app-${short(id)}`, roleName: `app-${short(id)}` }],
      ['iam:DeleteInstanceProfile', { instanceProfileName: `app-${short(id)}` }],
    ],
  },
  table: {
    creates: (id) => [
      ['dynamodb:CreateTable', { tableName: `app-${short(id)}` }],
      ['dynamodb:UpdateContinuousBackups', { tableName: `app-${short(id)}` }],
    ],
    reads: [
      'dynamodb:DescribeTable',
      'dynamodb:DescribeContinuousBackups',
      'dynamodb:DescribeTimeToLive',
      'dynamodb:ListTagsOfResource',
    ],
    updates: (id) => [['dynamodb:UpdateTable', { tableName: `app-${short(id)}` }]],
    deletes: (id) => [['dynamodb:DeleteTable', { tableName: `app-${short(id)}` }]],
  },
  parameter: {
    creates: (id) => [['ssm:PutParameter', { name: `/app/${short(id)}`, type: 'SecureString' }]],
    reads: ['ssm:GetParameter', 'ssm:DescribeParameters', 'ssm:ListTagsForResource'],
    updates: (id) => [['ssm:PutParameter', { name: `/app/${short(id)}`, type: 'SecureString', overwrite: true }]],
    deletes: (id) => [['ssm:DeleteParameter', { name: `/app/${short(id)}` }]],
  },
  provider: {
    creates: (id) => [
      [
        'iam:CreateOpenIDConnectProvider',
        {
          url: `https://oidc.eks.ap-northeast-1.amazonaws.com/id/${id.toUpperCase()}`,
          clientIDList: ['sts.amazonaws.com'],
        },
      ],
    ],
    reads: ['iam:GetOpenIDConnectProvider', 'eks:DescribeCluster'],
    updates: (id) => [['iam:TagOpenIDConnectProvider', { openIDConnectProviderArn: id }]],
    deletes: (id) => [['iam:DeleteOpenIDConnectProvider', { openIDConnectProviderArn: id }]],
  },
  mailUser: {
    creates: (id) => [
      ['iam:CreateUser', { userName: `smtp-${short(id)}` }],
      [
        'iam:PutUserPolicy',
        {
          userName: `smtp-${short(id)}`,
          policyName: 'send',
          policyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'ses:SendRawEmail', Resource: '*' }],
          }),
        },
      ],
      ['iam:CreateAccessKey', { userName: `smtp-${short(id)}` }, { accessKey: { userName: `smtp-${short(id)}` } }],
    ],
    reads: ['iam:GetUser', 'iam:ListAccessKeys', 'iam:GetUserPolicy'],
    updates: (id) => [['iam:TagUser', { userName: `smtp-${short(id)}` }]],
    deletes: (id) => [
      ['iam:DeleteAccessKey', { userName: `smtp-${short(id)}` }],
      ['iam:DeleteUserPolicy', { userName: `smtp-${short(id)}`, policyName: 'send' }],
      ['iam:DeleteUser', { userName: `smtp-${short(id)}` }],
    ],
  },
  vendorRole: {
    creates: (id) => [
      [
        'iam:CreateRole',
        {
          roleName: `vendor-${short(id)}`,
          assumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: 'arn:aws:iam::664201873055:root' },
                Action: 'sts:AssumeRole',
                Condition: { StringEquals: { 'sts:ExternalId': id } },
              },
            ],
          }),
        },
      ],
      ['iam:AttachRolePolicy', { roleName: `vendor-${short(id)}`, policyArn: 'arn:aws:iam::aws:policy/SecurityAudit' }],
    ],
    reads: ['iam:GetRole', 'iam:ListAttachedRolePolicies'],
    updates: (id) => [['iam:TagRole', { roleName: `vendor-${short(id)}` }]],
    deletes: (id) => [
      ['iam:DetachRolePolicy', { roleName: `vendor-${short(id)}`, policyArn: 'arn:aws:iam::aws:policy/SecurityAudit' }],
      ['iam:DeleteRole', { roleName: `vendor-${short(id)}` }],
    ],
  },
  logBucket: {
    creates: (id) => [
      ['s3:CreateBucket', { bucketName: `lb-logs-${short(id)}` }],
      [
        's3:PutBucketPolicy',
        { bucketName: `lb-logs-${short(id)}`, bucketPolicy: balancerLogs(`lb-logs-${short(id)}`) },
      ],
      [
        's3:PutBucketLifecycle',
        {
          bucketName: `lb-logs-${short(id)}`,
          LifecycleConfiguration: { Rule: { ID: 'old', Status: 'Enabled', Filter: '', Expiration: { Days: 90 } } },
        },
      ],
    ],
    reads: ['s3:GetBucketPolicy', 's3:GetBucketLifecycle'],
    updates: (id) => [
      [
        's3:PutBucketPolicy',
        { bucketName: `lb-logs-${short(id)}`, bucketPolicy: balancerLogs(`lb-logs-${short(id)}`) },
      ],
    ],
    deletes: (id) => [
      ['s3:DeleteBucketPolicy', { bucketName: `lb-logs-${short(id)}` }],
      ['s3:DeleteBucket', { bucketName: `lb-logs-${short(id)}` }],
    ],
  },
} satisfies Readonly<Record<string, Kind>>;

export const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];
