// A table: what calls of sns need, compared by hand with the service's page of the Service Authorization Reference.
import type { Golden } from './golden.ts';

export const sns: readonly Golden[] = [
  [
    'CreateTopic',
    { Name: 't', Tags: [{ Key: 'team', Value: 'red' }] },
    'sns:CreateTopic arn:aws:sns:us-west-2:$:t aws:RequestTag/team=red aws:TagKeys=team',
  ],
  ['DeleteTopic', { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t' }, 'sns:DeleteTopic arn:aws:sns:us-west-2:$:t'],
  [
    'GetTopicAttributes',
    { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t' },
    'sns:GetTopicAttributes arn:aws:sns:us-west-2:$:t',
  ],
  [
    'SetTopicAttributes',
    { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t', AttributeName: 'Policy' },
    'sns:SetTopicAttributes arn:aws:sns:us-west-2:$:t',
  ],
  ['ListTopics', {}, 'sns:ListTopics arn:aws:sns:us-west-2:$:*'],
  [
    'Subscribe',
    { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t', Protocol: 'email', Endpoint: 'a@example.com' },
    'sns:Subscribe arn:aws:sns:us-west-2:$:t sns:Endpoint=a@example.com sns:Protocol=email',
  ],
  [
    'ConfirmSubscription',
    { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t', Token: 'x' },
    'sns:ConfirmSubscription arn:aws:sns:us-west-2:$:t',
  ],
  [
    'Unsubscribe',
    { SubscriptionArn: 'arn:aws:sns:us-west-2:111122223333:t:1-2' },
    'sns:Unsubscribe arn:aws:sns:us-west-2:$:t',
  ],
  [
    'GetSubscriptionAttributes',
    { SubscriptionArn: 'arn:aws:sns:us-west-2:111122223333:t:1-2' },
    'sns:GetSubscriptionAttributes arn:aws:sns:us-west-2:$:t',
  ],
  [
    'SetSubscriptionAttributes',
    { SubscriptionArn: 'arn:aws:sns:us-west-2:111122223333:t:1-2' },
    'sns:SetSubscriptionAttributes arn:aws:sns:us-west-2:$:t',
  ],
  ['ListSubscriptions', {}, 'sns:ListSubscriptions arn:aws:sns:us-west-2:$:*'],
  [
    'ListSubscriptionsByTopic',
    { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t' },
    'sns:ListSubscriptionsByTopic arn:aws:sns:us-west-2:$:t',
  ],
  [
    'Publish',
    { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t', Message: 'm' },
    'sns:Publish arn:aws:sns:us-west-2:$:t',
  ],
  [
    'Publish',
    { TargetArn: 'arn:aws:sns:us-west-2:111122223333:t', Message: 'm' },
    'sns:Publish arn:aws:sns:us-west-2:$:t',
  ],
  ['Publish', { PhoneNumber: '+1555', Message: 'm' }, 'sns:Publish *'],
  ['PublishBatch', { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t' }, 'sns:Publish arn:aws:sns:us-west-2:$:t'],
  [
    'AddPermission',
    { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t' },
    'sns:AddPermission arn:aws:sns:us-west-2:$:t',
  ],
  [
    'RemovePermission',
    { TopicArn: 'arn:aws:sns:us-west-2:111122223333:t' },
    'sns:RemovePermission arn:aws:sns:us-west-2:$:t',
  ],
  [
    'TagResource',
    { ResourceArn: 'arn:aws:sns:us-west-2:111122223333:t', Tags: [{ Key: 'team', Value: 'red' }] },
    'sns:TagResource arn:aws:sns:us-west-2:$:t aws:RequestTag/team=red aws:TagKeys=team',
  ],
  [
    'UntagResource',
    { ResourceArn: 'arn:aws:sns:us-west-2:111122223333:t', TagKeys: ['team'] },
    'sns:UntagResource arn:aws:sns:us-west-2:$:t aws:TagKeys=team',
  ],
  [
    'ListTagsForResource',
    { ResourceArn: 'arn:aws:sns:us-west-2:111122223333:t' },
    'sns:ListTagsForResource arn:aws:sns:us-west-2:$:t',
  ],
];
