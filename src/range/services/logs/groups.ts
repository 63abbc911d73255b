import { AwsError } from '../../../aws/error.ts';
import { operation } from '../../operation.ts';
import { listPageMax, retentionDays, tagsMax } from './limits.ts';
import {
  groupArn,
  groupOf,
  invalid,
  type LogGroup,
  logGroups,
  logLines,
  logStreams,
  nameIn,
  notBuilt,
} from './tables.ts';

interface Named {
  readonly logGroupName: string;
}

export const CreateLogGroup = operation<
  Named & {
    kmsKeyId?: string;
    tags?: Record<string, string>;
    logGroupClass?: string;
    deletionProtectionEnabled?: boolean;
  }
>({
  handle(input, call) {
    if (input.kmsKeyId !== undefined) throw notBuilt('a log group with a KMS key');
    if (input.deletionProtectionEnabled === true) throw notBuilt('deletion protection of log groups');
    if (input.logGroupClass !== undefined && input.logGroupClass !== 'STANDARD') {
      throw notBuilt(`the log group class ${input.logGroupClass}`);
    }
    if (logGroups.get(call, input.logGroupName) !== undefined) throw exists('group');
    logGroups.put(call, input.logGroupName, {
      name: input.logGroupName,
      createdAt: call.time,
      tags: checkedTags(input.tags ?? {}),
    });
    return {};
  },
});

export const DeleteLogGroup = operation<Named>({
  handle(input, call) {
    const { name } = groupOf(call, input.logGroupName);
    const prefix = `${name}:`;
    for (const [id] of [...logLines.list(call, { prefix })]) logLines.remove(call, id);
    for (const [id] of [...logStreams.list(call, { prefix })]) logStreams.remove(call, id);
    logGroups.remove(call, name);
    return {};
  },
});

interface DescribeLogGroupsInput {
  readonly logGroupNamePrefix?: string;
  readonly logGroupNamePattern?: string;
  readonly logGroupClass?: string;
  readonly logGroupIdentifiers?: readonly string[];
  readonly accountIdentifiers?: readonly string[];
  readonly includeLinkedAccounts?: boolean;
  readonly limit?: number;
  readonly nextToken?: string;
}

export const DescribeLogGroups = operation<DescribeLogGroupsInput>({
  handle(input, call) {
    const { logGroupNamePrefix: prefix = '', logGroupNamePattern: pattern, limit = listPageMax } = input;
    if (input.includeLinkedAccounts === true) throw notBuilt('DescribeLogGroups over linked accounts');
    if (pattern !== undefined && prefix !== '') {
      throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
    }
    const wanted = input.logGroupIdentifiers?.map(nameIn);
    const after = input.nextToken === undefined ? {} : { after: input.nextToken };
    const found: LogGroup[] = [];
    for (const [name, group] of logGroups.list(call, { prefix, ...after })) {
      // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html: a pattern is a part of the name, in any case.
      if (pattern !== undefined && !name.toLowerCase().includes(pattern.toLowerCase())) continue;
      if (wanted !== undefined && !wanted.includes(name)) continue;
      if (input.logGroupClass !== undefined && input.logGroupClass !== 'STANDARD') continue;
      found.push(group);
      if (found.length > limit) break;
    }
    const page = found.slice(0, limit);
    return {
      logGroups: page.map((group) => described(group, call)),
      ...(found.length > limit ? { nextToken: page.at(-1)?.name } : {}),
    };
  },
});

export const PutRetentionPolicy = operation<Named & { retentionInDays: number }>({
  handle(input, call) {
    const group = groupOf(call, input.logGroupName);
    if (!retentionDays.includes(input.retentionInDays)) {
      throw invalid(
        `1 validation error detected: Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: ` +
          `Member must satisfy enum value set: [${retentionDays.join(', ')}]`,
      );
    }
    logGroups.put(call, group.name, { ...group, retentionInDays: input.retentionInDays });
    return {};
  },
});

export const DeleteRetentionPolicy = operation<Named>({
  handle(input, call) {
    const { retentionInDays: _, ...group } = groupOf(call, input.logGroupName);
    logGroups.put(call, group.name, group);
    return {};
  },
});

function described(group: LogGroup, call: Parameters<typeof groupArn>[0]) {
  const arn = groupArn(call, group.name);
  let storedBytes = 0;
  for (const [, stream] of logStreams.list(call, { prefix: `${group.name}:` })) storedBytes += stream.bytes;
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    ...(group.retentionInDays === undefined ? {} : { retentionInDays: group.retentionInDays }),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes,
    logGroupClass: 'STANDARD',
    logGroupArn: arn,
  };
}

export function checkedTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(tags).length <= tagsMax) return tags;
  throw new AwsError('TooManyTagsException', `A resource can have no more than ${tagsMax} tags.`, { status: 400 });
}

export function exists(what: 'group' | 'stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`, { status: 400 });
}
