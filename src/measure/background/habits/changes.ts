// A table of what people change by hand, team by team.
import type { JsonObject } from '../../../model/json.ts';
import type { Team } from '../people.ts';
import { type Asked, appPolicy, ingress } from './requests.ts';

/** The calls of one change; `id` is 17 hex digits of its own. */
type Makes = (id: string) => readonly Asked[];

const tags = (id: string): JsonObject => ({
  resourcesSet: { items: [{ resourceId: `i-${id}` }] },
  tagSet: { items: [{ key: 'owner', value: 'team' }] },
});
const instances = (id: string): JsonObject => ({ instancesSet: { items: [{ instanceId: `i-${id}` }] } });

/** With Instance Connect, from the console or a laptop. */
const pushesKey: Makes = (id) => [
  ['ec2-instance-connect:SendSSHPublicKey', { instanceId: `i-${id}`, instanceOSUser: 'ec2-user' }],
];

const inEngineering: readonly Makes[] = [
  pushesKey,
  (id) => [['lambda:Invoke', { functionName: `try-${id.slice(0, 4)}` }]],
  (id) => [
    ['kms:CreateKey', { description: 'mine', keyUsage: 'ENCRYPT_DECRYPT' }, { keyMetadata: { keyId: id } }],
    ...(id.startsWith('0') ? [['kms:ScheduleKeyDeletion', { keyId: id, pendingWindowInDays: 7 }] as const] : []),
  ],
  (id) => [['lambda:UpdateFunctionConfiguration20150331v2', { functionName: `try-${id.slice(0, 4)}`, timeout: 30 }]],
  (id) => [
    [
      'lambda:CreateFunction20150331',
      {
        functionName: `try-${id.slice(0, 4)}`,
        runtime: 'nodejs22.x',
        role: 'arn:aws:iam::111122223333:role/service-role/try',
      },
    ],
  ],
  (id) => [['lambda:UpdateFunctionCode20150331v2', { functionName: `try-${id.slice(0, 4)}` }]],
  (id) => [
    ['ssm:StartSession', { target: `i-${id}` }],
    ['ssm:TerminateSession', { sessionId: `me-${id}` }],
  ],
  (id) => [['secretsmanager:GetSecretValue', { secretId: `orders/${id.slice(0, 4)}` }]],
  (id) => [['ssm:GetParameter', { name: `/orders/${id.slice(0, 4)}`, withDecryption: true }]],
  (id) => [['ssm:PutParameter', { name: `/orders/${id.slice(0, 4)}`, type: 'SecureString', overwrite: true }]],
  (id) => [['ec2:RebootInstances', instances(id)]],
  (id) => [
    ['ec2:StopInstances', instances(id)],
    ['ec2:StartInstances', instances(id)],
  ],
  (id) => [['ec2:CreateTags', tags(id)]],
  () => [['ecs:UpdateService', { cluster: 'main', service: 'orders', forceNewDeployment: true }]],
  () => [
    [
      'ecs:ExecuteCommand',
      { cluster: 'main', task: 'orders', interactive: true, command: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    ],
  ],
  (id) => [['sqs:PurgeQueue', { queueUrl: `https://sqs.ap-northeast-1.amazonaws.com/111122223333/${id.slice(0, 6)}` }]],
  (id) => [
    ['monitoring:PutDashboard', { dashboardName: `d-${id.slice(0, 4)}` }],
    ['monitoring:PutMetricAlarm', { alarmName: `a-${id.slice(0, 4)}` }],
  ],
  (id) => [
    [
      'logs:StartQuery',
      { queryString: 'HIDDEN_DUE_TO_SECURITY_REASONS', logGroupNames: [`/aws/lambda/${id.slice(0, 4)}`] },
    ],
    ['logs:GetQueryResults', { queryId: id }],
  ],
  (id) => [['codebuild:StartBuild', { projectName: `build-${id.slice(0, 3)}` }]],
  (id) => [
    ['ec2:CreateKeyPair', { keyName: `me-${id.slice(0, 4)}`, keyType: 'ed25519' }],
    [
      'ec2:CreateSecurityGroup',
      { groupName: `me-${id.slice(0, 4)}`, groupDescription: 'mine', vpcId: 'vpc-0a1b2c3d4e5f60718' },
    ],
    ['ec2:AuthorizeSecurityGroupIngress', ingress(id, 22, '203.141.87.10/32')],
    [
      'ec2:RunInstances',
      {
        instancesSet: { items: [{ imageId: `ami-${id}`, minCount: 1, maxCount: 1, keyName: `me-${id.slice(0, 4)}` }] },
        instanceType: 't3.medium',
      },
    ],
    ['ec2:TerminateInstances', instances(id)],
    ['ec2:DeleteSecurityGroup', { groupId: `sg-${id}` }],
    ['ec2:DeleteKeyPair', { keyName: `me-${id.slice(0, 4)}` }],
  ],
];

/** Things that are done now and then: the makers are asked again and again. */
const seldom =
  (makes: Makes): Makes =>
  (id) =>
    id.startsWith('0') ? makes(id) : [];

const inOperations: readonly Makes[] = [
  (id) => [
    [
      'ssm:SendCommand',
      {
        documentName: 'AWS-RunShellScript',
        targets: [{ key: 'tag:service', values: [id.slice(0, 3)] }],
        parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      },
    ],
  ],
  pushesKey,
  seldom((id) => [['ec2:GetPasswordData', { instanceId: `i-${id}` }]]),
  seldom((id) => [['rds:DeleteDBSnapshot', { dBSnapshotIdentifier: `before-${id.slice(0, 6)}` }]]),
  seldom((id) => [
    ['rds:ModifyDBInstance', { dBInstanceIdentifier: `old-${id.slice(0, 4)}`, deletionProtection: false }],
    ['rds:DeleteDBInstance', { dBInstanceIdentifier: `old-${id.slice(0, 4)}`, skipFinalSnapshot: false }],
  ]),
  seldom((id) => [['iam:UpdateLoginProfile', { userName: `legacy-admin-${Number.parseInt(id[1]!, 16) % 7}` }]]),
  (id) => [
    ['ec2:CreateSnapshot', { volumeId: `vol-${id}`, description: 'before maintenance' }],
    ['ec2:ModifyVolume', { ModifyVolumeRequest: { VolumeId: `vol-${id}`, Size: 200 } }],
  ],
  (id) => [
    ['rds:CreateDBSnapshot', { dBInstanceIdentifier: 'orders', dBSnapshotIdentifier: `before-${id.slice(0, 6)}` }],
    ['rds:ModifyDBInstance', { dBInstanceIdentifier: 'orders', applyImmediately: true, allocatedStorage: 200 }],
  ],
  (id) => [
    [
      'ssm:SendCommand',
      { documentName: 'AWS-RunShellScript', instanceIds: [`i-${id}`], parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    ],
    ['ssm:GetCommandInvocation', { commandId: id, instanceId: `i-${id}` }],
  ],
  (id) => [['ec2:ModifyInstanceAttribute', { instanceId: `i-${id}`, instanceType: { value: 'm7i.large' } }]],
  (id) => [['ec2:AuthorizeSecurityGroupIngress', ingress(id, 5432, '10.20.0.0/16')]],
  (id) => [['ec2:RevokeSecurityGroupIngress', ingress(id, 5432, '10.30.0.0/16')]],
  (id) => [
    [
      'route53:ChangeResourceRecordSets',
      {
        hostedZoneId: 'Z0123456789ABCDEFGHIJ',
        changeBatch: {
          changes: [{ action: 'UPSERT', resourceRecordSet: { name: `${id.slice(0, 4)}.example.com.`, type: 'CNAME' } }],
        },
      },
    ],
  ],
  () => [['autoscaling:UpdateAutoScalingGroup', { autoScalingGroupName: 'web', desiredCapacity: 6 }]],
  () => [['autoscaling:StartInstanceRefresh', { autoScalingGroupName: 'web' }]],
  (id) => [['logs:PutRetentionPolicy', { logGroupName: `/ecs/${id.slice(0, 4)}`, retentionInDays: 30 }]],
  (id) => [
    [
      'iam:AttachRolePolicy',
      { roleName: `orders-task-${id.slice(0, 3)}`, policyArn: 'arn:aws:iam::aws:policy/AmazonSQSFullAccess' },
    ],
  ],
  (id) => [
    [
      'iam:CreatePolicyVersion',
      {
        policyArn: `arn:aws:iam::111122223333:policy/app-${id.slice(0, 3)}`,
        setAsDefault: true,
        policyDocument: JSON.stringify(appPolicy(id)),
      },
    ],
  ],
  (id) => [
    [
      'cloudfront:CreateInvalidation2020_05_31',
      {
        distributionId: `E${id.slice(0, 13).toUpperCase()}`,
        invalidationBatch: { paths: { quantity: 1, items: ['/*'] } },
      },
    ],
  ],
  (id) => [['elasticloadbalancing:ModifyTargetGroupAttributes', { targetGroupArn: id }]],
  () => [['rds:RebootDBInstance', { dBInstanceIdentifier: 'orders' }]],
  (id) => [
    ['ec2:DeleteSnapshot', { snapshotId: `snap-${id}` }],
    ['ec2:DeleteVolume', { volumeId: `vol-${id}` }],
  ],
  ...inEngineering.slice(3, 9),
];

/** What each team changes by hand. */
export const changesOf: Readonly<Record<Team, readonly Makes[]>> = {
  engineering: inEngineering,
  operations: inOperations,
  security: [
    (id) => [['securityhub:BatchUpdateFindings', { findingIdentifiers: [{ id }], workflow: { status: 'SUPPRESSED' } }]],
    (id) => [['guardduty:ArchiveFindings', { detectorId: id, findingIds: [id] }]],
    (id) => [['access-analyzer:UpdateFindings', { status: 'ARCHIVED', ids: [id] }]],
    (id) => [
      ['athena:StartQueryExecution', { queryString: 'HIDDEN_DUE_TO_SECURITY_REASONS', workGroup: 'security' }],
      ['athena:GetQueryResults', { queryExecutionId: id }],
    ],
    () => [['cloudtrail:LookupEvents', { maxResults: 50 }]],
    seldom((id) => [
      [
        'guardduty:CreateFilter',
        {
          detectorId: 'd',
          name: `known-${id.slice(0, 4)}`,
          action: 'ARCHIVE',
          findingCriteria: {
            criterion: {
              type: { equals: ['Recon:EC2/Portscan'] },
              'resource.instanceDetails.instanceId': { equals: [`i-${id}`] },
            },
          },
        },
      ],
    ]),
  ],
  data: [
    (id) => [
      ['athena:StartQueryExecution', { queryString: 'HIDDEN_DUE_TO_SECURITY_REASONS' }],
      ['athena:GetQueryResults', { queryExecutionId: id }],
    ],
    (id) => [['glue:StartJobRun', { jobName: `job-${id.slice(0, 3)}` }]],
    (id) => [['glue:CreateTable', { databaseName: 'lake', tableInput: { name: `t_${id.slice(0, 4)}` } }]],
    (id) => [['sagemaker:CreatePresignedNotebookInstanceUrl', { notebookInstanceName: `nb-${id.slice(0, 3)}` }]],
    (id) => [
      ['redshift-data:ExecuteStatement', { clusterIdentifier: 'dwh', database: 'main', sql: '***OMITTED***', id }],
      ['redshift:GetClusterCredentials', { clusterIdentifier: 'dwh', dbUser: 'analyst' }],
    ],
    (id) => [['quicksight:UpdateDashboard', { dashboardId: id }]],
    seldom((id) => [
      [
        'ec2:RunInstances',
        { instanceType: 'g5.2xlarge', instancesSet: { items: [{ imageId: `ami-${id}`, minCount: 1, maxCount: 1 }] } },
      ],
    ]),
    seldom((id) => [
      [
        'sagemaker:CreateNotebookInstance',
        { notebookInstanceName: `nb-${id.slice(0, 3)}`, instanceType: 'ml.t3.medium' },
      ],
    ]),
    (id) => [['bedrock:InvokeModel', { modelId: `anthropic.claude-${id.slice(0, 1)}` }]],
  ],
  support: [
    (id) => [['support:AddCommunicationToCase', { caseId: id }]],
    (id) => [['logs:StartQuery', { logGroupNames: [id] }]],
    (id) => [['rds:ModifyDBInstance', { dBInstanceIdentifier: id }]],
  ],
  finance: [
    (id) => [['budgets:ModifyBudget', { budgetName: id.slice(0, 4) }]],
    (id) => [['ce:CreateAnomalySubscription', { name: id.slice(0, 4) }]],
  ],
};
