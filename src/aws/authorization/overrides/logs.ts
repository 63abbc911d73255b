import type { Overrides } from '../table.ts';
import { textAt } from './members.ts';

const groups = [['log-group', { LogGroupName: 'logGroupName|logGroupNames[]|logGroupIdentifiers[]' }]] as const;

export const logs: Overrides = {
  operations: {
    StartQuery: {
      why: 'One or several log groups, by name or ARN. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html',
      change: { r: groups },
    },
    PutSubscriptionFilter: {
      why: 'Only a destination of CloudWatch Logs is a resource of it; a stream or a function is not. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html',
      change: {
        r: [
          ['log-group!', { LogGroupName: 'logGroupName' }],
          ['', 'Destination'],
        ],
      },
      with: (input) => ({
        Destination: /:destination:/.test(textAt(input, 'destinationArn') ?? '') ? input['destinationArn'] : undefined,
      }),
    },
    StartLiveTail: {
      why: 'Log groups by ARN. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html',
      change: { r: [['!', 'logGroupIdentifiers[]']], u: [] },
    },
    GetQueryResults: {
      why: 'The query remembers its log groups. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html',
      change: { r: [['log-group!', '@logs:query-log-groups:queryId']], u: [] },
    },
    GetLogRecord: {
      why: 'The pointer names the log group. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogRecord.html',
      change: { r: [['log-group!', '@logs:record-log-group:logRecordPointer']], u: [] },
    },
    DescribeLogGroups: {
      why: 'A list over all groups is asked on the group without a name. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html (the ARN: observed, not documented)',
      change: { r: [['=arn:${Partition}:logs:${Region}:${Account}:log-group::log-stream:!', {}]] },
    },
  },
  keys: {},
};
