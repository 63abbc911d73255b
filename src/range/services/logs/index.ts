import type { Service } from '../../operation.ts';
import { FilterLogEvents } from './filter-log-events.ts';
import { GetLogEvents } from './get-log-events.ts';
import {
  CreateLogGroup,
  DeleteLogGroup,
  DeleteRetentionPolicy,
  DescribeLogGroups,
  PutRetentionPolicy,
} from './groups.ts';
import { PutLogEvents } from './put-log-events.ts';
import * as policyOperations from './resource-policies.ts';
import { CreateLogStream, DeleteLogStream, DescribeLogStreams } from './streams.ts';
import { logGroups, nameIn, resourcePolicies } from './tables.ts';
import * as tagOperations from './tags.ts';
import { TestMetricFilter } from './test-metric-filter.ts';

export const logs: Service = {
  name: 'logs',
  operations: {
    CreateLogGroup,
    CreateLogStream,
    DeleteLogGroup,
    DeleteLogStream,
    DeleteRetentionPolicy,
    DescribeLogGroups,
    DescribeLogStreams,
    FilterLogEvents,
    GetLogEvents,
    PutLogEvents,
    PutRetentionPolicy,
    TestMetricFilter,
    ...policyOperations,
    ...tagOperations,
  },
  home(input) {
    const arn = input['logGroupIdentifier'] ?? input['resourceArn'];
    const [, , , region, account] = typeof arn === 'string' && arn.startsWith('arn:') ? arn.split(':') : [];
    return account === undefined || region === undefined ? undefined : { account, region };
  },
  /** A policy of the region names its log groups in its statements. */
  policies(arn, scope) {
    if (!arn.includes(':log-group:')) return [];
    return [...resourcePolicies.list(scope)].map(([name, { document }]) => ({
      kind: `resource policy ${name}`,
      document,
    }));
  },
  tags: (arn, scope) => (arn.includes(':log-group:') ? logGroups.get(scope, nameIn(arn))?.tags : undefined),
};
