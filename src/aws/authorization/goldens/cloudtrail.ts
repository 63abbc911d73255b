// A table: what calls of cloudtrail need, compared by hand with the service's page of the Service Authorization Reference.
import type { Golden } from './golden.ts';

export const cloudtrail: readonly Golden[] = [
  [
    'CreateTrail',
    {
      Name: 't',
      S3BucketName: 'b',
      CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/r',
      TagsList: [{ Key: 'team', Value: 'red' }],
    },
    'cloudtrail:CreateTrail arn:aws:cloudtrail:us-west-2:$:trail/t aws:RequestTag/team=red aws:TagKeys=team',
    'iam:PassRole arn:aws:iam::$:role/r iam:PassedToService=cloudtrail.amazonaws.com',
  ],
  ['CreateTrail', { Name: 't', S3BucketName: 'b' }, 'cloudtrail:CreateTrail arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['UpdateTrail', { Name: 't' }, 'cloudtrail:UpdateTrail arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['DeleteTrail', { Name: 't' }, 'cloudtrail:DeleteTrail arn:aws:cloudtrail:us-west-2:$:trail/t'],
  [
    'DeleteTrail',
    { Name: 'arn:aws:cloudtrail:us-west-2:111122223333:trail/t' },
    'cloudtrail:DeleteTrail arn:aws:cloudtrail:us-west-2:$:trail/t',
  ],
  ['StartLogging', { Name: 't' }, 'cloudtrail:StartLogging arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['StopLogging', { Name: 't' }, 'cloudtrail:StopLogging arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['GetTrail', { Name: 't' }, 'cloudtrail:GetTrail arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['GetTrailStatus', { Name: 't' }, 'cloudtrail:GetTrailStatus arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['DescribeTrails', {}, 'cloudtrail:DescribeTrails *'],
  ['DescribeTrails', { trailNameList: ['t'] }, 'cloudtrail:DescribeTrails *'],
  ['ListTrails', {}, 'cloudtrail:ListTrails *'],
  ['LookupEvents', {}, 'cloudtrail:LookupEvents *'],
  ['PutEventSelectors', { TrailName: 't' }, 'cloudtrail:PutEventSelectors arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['GetEventSelectors', { TrailName: 't' }, 'cloudtrail:GetEventSelectors arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['PutInsightSelectors', { TrailName: 't' }, 'cloudtrail:PutInsightSelectors arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['GetInsightSelectors', { TrailName: 't' }, 'cloudtrail:GetInsightSelectors arn:aws:cloudtrail:us-west-2:$:trail/t'],
  ['ListPublicKeys', {}, 'cloudtrail:ListPublicKeys *'],
  [
    'AddTags',
    { ResourceId: 'arn:aws:cloudtrail:us-west-2:111122223333:trail/t', TagsList: [{ Key: 'team', Value: 'red' }] },
    'cloudtrail:AddTags arn:aws:cloudtrail:us-west-2:$:trail/t aws:RequestTag/team=red aws:TagKeys=team',
  ],
  [
    'RemoveTags',
    { ResourceId: 'arn:aws:cloudtrail:us-west-2:111122223333:trail/t', TagsList: [{ Key: 'team', Value: 'red' }] },
    'cloudtrail:RemoveTags arn:aws:cloudtrail:us-west-2:$:trail/t aws:TagKeys=team',
  ],
  [
    'ListTags',
    { ResourceIdList: ['arn:aws:cloudtrail:us-west-2:111122223333:trail/t'] },
    'cloudtrail:ListTags arn:aws:cloudtrail:us-west-2:$:trail/t',
  ],
];
