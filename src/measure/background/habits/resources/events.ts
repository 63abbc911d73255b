import { type Kinds, short } from './kind.ts';

/** What carries events, and what watches. */
export const events = {
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
} satisfies Kinds;
