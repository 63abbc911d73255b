// A table: what calls of logs need, compared by hand with the service's page of the Service Authorization Reference.
import type { Golden } from './golden.ts';

export const logs: readonly Golden[] = [
  [
    'CreateLogGroup',
    { logGroupName: '/app', tags: { team: 'red' } },
    'logs:CreateLogGroup arn:aws:logs:us-west-2:$:log-group:/app:log-stream: aws:RequestTag/team=red aws:TagKeys=team',
  ],
  [
    'DeleteLogGroup',
    { logGroupName: '/app' },
    'logs:DeleteLogGroup arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  ['DescribeLogGroups', {}, 'logs:DescribeLogGroups arn:aws:logs:us-west-2:$:log-group::log-stream:'],
  [
    'CreateLogStream',
    { logGroupName: '/app', logStreamName: 's' },
    'logs:CreateLogStream arn:aws:logs:us-west-2:$:log-group:/app:log-stream:s',
  ],
  [
    'DeleteLogStream',
    { logGroupName: '/app', logStreamName: 's' },
    'logs:DeleteLogStream arn:aws:logs:us-west-2:$:log-group:/app:log-stream:s',
  ],
  [
    'DescribeLogStreams',
    { logGroupName: '/app' },
    'logs:DescribeLogStreams arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  [
    'PutLogEvents',
    { logGroupName: '/app', logStreamName: 's' },
    'logs:PutLogEvents arn:aws:logs:us-west-2:$:log-group:/app:log-stream:s',
  ],
  [
    'GetLogEvents',
    { logGroupName: '/app', logStreamName: 's' },
    'logs:GetLogEvents arn:aws:logs:us-west-2:$:log-group:/app:log-stream:s',
  ],
  [
    'FilterLogEvents',
    { logGroupName: '/app' },
    'logs:FilterLogEvents arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  [
    'PutRetentionPolicy',
    { logGroupName: '/app' },
    'logs:PutRetentionPolicy arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  [
    'DeleteRetentionPolicy',
    { logGroupName: '/app' },
    'logs:DeleteRetentionPolicy arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  [
    'PutMetricFilter',
    { logGroupName: '/app' },
    'logs:PutMetricFilter arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  [
    'DescribeMetricFilters',
    { logGroupName: '/app' },
    'logs:DescribeMetricFilters arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  [
    'DeleteMetricFilter',
    { logGroupName: '/app' },
    'logs:DeleteMetricFilter arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  [
    'PutSubscriptionFilter',
    {
      logGroupName: '/app',
      roleArn: 'arn:aws:iam::111122223333:role/r',
      destinationArn: 'arn:aws:kinesis:us-west-2:111122223333:stream/k',
    },
    'logs:PutSubscriptionFilter arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
    'iam:PassRole arn:aws:iam::$:role/r iam:PassedToService=logs.amazonaws.com',
  ],
  [
    'DescribeSubscriptionFilters',
    { logGroupName: '/app' },
    'logs:DescribeSubscriptionFilters arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  [
    'DeleteSubscriptionFilter',
    { logGroupName: '/app' },
    'logs:DeleteSubscriptionFilter arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
  ['PutResourcePolicy', { policyName: 'p' }, 'logs:PutResourcePolicy *'],
  ['DescribeResourcePolicies', {}, 'logs:DescribeResourcePolicies *'],
  ['DeleteResourcePolicy', { policyName: 'p' }, 'logs:DeleteResourcePolicy *'],
  ['StartQuery', { logGroupName: '/app' }, 'logs:StartQuery arn:aws:logs:us-west-2:$:log-group:/app:log-stream:'],
  [
    'StartQuery',
    { logGroupNames: ['/a', '/b'] },
    'logs:StartQuery arn:aws:logs:us-west-2:$:log-group:/a:log-stream:,arn:aws:logs:us-west-2:$:log-group:/b:log-stream:',
  ],
  ['GetQueryResults', { queryId: 'q' }, 'logs:GetQueryResults arn:aws:logs:us-west-2:$:query-log-groups/q'],
  [
    'TagResource',
    { resourceArn: 'arn:aws:logs:us-west-2:111122223333:log-group:/app', tags: { team: 'red' } },
    'logs:TagResource arn:aws:logs:us-west-2:$:log-group:/app aws:RequestTag/team=red aws:TagKeys=team',
  ],
  [
    'UntagResource',
    { resourceArn: 'arn:aws:logs:us-west-2:111122223333:log-group:/app', tagKeys: ['team'] },
    'logs:UntagResource arn:aws:logs:us-west-2:$:log-group:/app aws:TagKeys=team',
  ],
  [
    'ListTagsForResource',
    { resourceArn: 'arn:aws:logs:us-west-2:111122223333:log-group:/app' },
    'logs:ListTagsForResource arn:aws:logs:us-west-2:$:log-group:/app',
  ],
  [
    'AssociateKmsKey',
    { logGroupName: '/app' },
    'logs:AssociateKmsKey arn:aws:logs:us-west-2:$:log-group:/app:log-stream:',
  ],
];
