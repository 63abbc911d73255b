import { type Kinds, short } from './kind.ts';

/** What runs. */
export const compute = {
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
} satisfies Kinds;
