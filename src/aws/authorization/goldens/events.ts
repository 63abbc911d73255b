// A table: what calls of events need, compared by hand with the service's page of the Service Authorization Reference.
import type { Golden } from './golden.ts';

export const events: readonly Golden[] = [
  [
    'PutRule',
    {
      Name: 'r',
      EventPattern: '{"source":["aws.guardduty"],"detail-type":["GuardDuty Finding"]}',
      Tags: [{ Key: 'team', Value: 'red' }],
    },
    'events:PutRule arn:aws:events:us-west-2:$:rule/r events:source=aws.guardduty events:detail-type=GuardDuty Finding aws:RequestTag/team=red aws:TagKeys=team',
  ],
  [
    'PutRule',
    { Name: 'r', EventBusName: 'bus', ScheduleExpression: 'rate(1 hour)', RoleArn: 'arn:aws:iam::111122223333:role/r' },
    'events:PutRule arn:aws:events:us-west-2:$:rule/bus/r',
    'iam:PassRole arn:aws:iam::$:role/r iam:PassedToService=events.amazonaws.com',
  ],
  [
    'PutRule',
    { Name: 'r', EventBusName: 'arn:aws:events:us-west-2:111122223333:event-bus/bus' },
    'events:PutRule arn:aws:events:us-west-2:$:rule/bus/r',
  ],
  ['DescribeRule', { Name: 'r' }, 'events:DescribeRule arn:aws:events:us-west-2:$:rule/r'],
  ['EnableRule', { Name: 'r' }, 'events:EnableRule arn:aws:events:us-west-2:$:rule/r'],
  ['DisableRule', { Name: 'r' }, 'events:DisableRule arn:aws:events:us-west-2:$:rule/r'],
  ['DeleteRule', { Name: 'r', EventBusName: 'default' }, 'events:DeleteRule arn:aws:events:us-west-2:$:rule/r'],
  ['ListRules', {}, 'events:ListRules arn:aws:events:us-west-2:$:rule/*'],
  [
    'PutTargets',
    {
      Rule: 'r',
      Targets: [{ Id: '1', Arn: 'arn:aws:sns:us-west-2:111122223333:t', RoleArn: 'arn:aws:iam::111122223333:role/r' }],
    },
    'events:PutTargets arn:aws:events:us-west-2:$:rule/r events:TargetArn=arn:aws:sns:us-west-2:$:t',
    'iam:PassRole arn:aws:iam::$:role/r iam:PassedToService=events.amazonaws.com',
  ],
  ['RemoveTargets', { Rule: 'r', Ids: ['1'] }, 'events:RemoveTargets arn:aws:events:us-west-2:$:rule/r'],
  ['ListTargetsByRule', { Rule: 'r' }, 'events:ListTargetsByRule arn:aws:events:us-west-2:$:rule/r'],
  ['ListRuleNamesByTarget', { TargetArn: 'x' }, 'events:ListRuleNamesByTarget *'],
  [
    'PutEvents',
    {
      Entries: [
        { Source: 'app', DetailType: 'd' },
        { Source: 'app', DetailType: 'd', EventBusName: 'bus' },
      ],
    },
    'events:PutEvents arn:aws:events:us-west-2:$:event-bus/default,arn:aws:events:us-west-2:$:event-bus/bus events:detail-type=d events:source=app',
  ],
  ['TestEventPattern', {}, 'events:TestEventPattern *'],
  [
    'CreateEventBus',
    { Name: 'bus', Tags: [{ Key: 'team', Value: 'red' }] },
    'events:CreateEventBus arn:aws:events:us-west-2:$:event-bus/bus aws:RequestTag/team=red aws:TagKeys=team',
  ],
  ['DeleteEventBus', { Name: 'bus' }, 'events:DeleteEventBus arn:aws:events:us-west-2:$:event-bus/bus'],
  ['DescribeEventBus', {}, 'events:DescribeEventBus arn:aws:events:us-west-2:$:event-bus/default'],
  ['ListEventBuses', {}, 'events:ListEventBuses arn:aws:events:us-west-2:$:event-bus/*'],
  ['PutPermission', {}, 'events:PutPermission *'],
  ['RemovePermission', {}, 'events:RemovePermission *'],
  [
    'TagResource',
    { ResourceARN: 'arn:aws:events:us-west-2:111122223333:rule/r', Tags: [{ Key: 'team', Value: 'red' }] },
    'events:TagResource arn:aws:events:us-west-2:$:rule/r aws:RequestTag/team=red aws:TagKeys=team',
  ],
  [
    'UntagResource',
    { ResourceARN: 'arn:aws:events:us-west-2:111122223333:rule/r', TagKeys: ['team'] },
    'events:UntagResource arn:aws:events:us-west-2:$:rule/r aws:TagKeys=team',
  ],
  [
    'ListTagsForResource',
    { ResourceARN: 'arn:aws:events:us-west-2:111122223333:rule/r' },
    'events:ListTagsForResource arn:aws:events:us-west-2:$:rule/r',
  ],
  [
    'CreateArchive',
    { ArchiveName: 'a', EventSourceArn: 'arn:aws:events:us-west-2:111122223333:event-bus/default' },
    'events:CreateArchive arn:aws:events:us-west-2:$:archive/a,arn:aws:events:us-west-2:$:event-bus/default',
  ],
];
