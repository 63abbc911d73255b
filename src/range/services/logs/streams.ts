import { operation } from '../../operation.ts';
import { exists } from './groups.ts';
import { listPageMax } from './limits.ts';
import { groupArn, groupNamed, groupOf, invalid, type LogStream, logLines, logStreams, streamOf } from './tables.ts';

interface Named {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export const CreateLogStream = operation<Named>({
  handle({ logGroupName: group, logStreamName: name }, call) {
    groupOf(call, group);
    const id = `${group}:${name}`;
    if (logStreams.get(call, id) !== undefined) throw exists('stream');
    const number = BigInt(`0x${call.ids.hex(16)}`)
      .toString()
      .padStart(20, '0');
    logStreams.put(call, id, { name, createdAt: call.time, number, put: 0, bytes: 0 });
    return {};
  },
});

export const DeleteLogStream = operation<Named>({
  handle({ logGroupName: group, logStreamName: name }, call) {
    groupOf(call, group);
    streamOf(call, group, name);
    for (const [id] of [...logLines.list(call, { prefix: `${group}:${name}:` })]) logLines.remove(call, id);
    logStreams.remove(call, `${group}:${name}`);
    return {};
  },
});

interface DescribeLogStreamsInput {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamNamePrefix?: string;
  readonly orderBy?: 'LogStreamName' | 'LastEventTime';
  readonly descending?: boolean;
  readonly nextToken?: string;
  readonly limit?: number;
}

export const DescribeLogStreams = operation<DescribeLogStreamsInput>({
  handle(input, call) {
    const group = groupNamed(call, input);
    const { logStreamNamePrefix: prefix, orderBy = 'LogStreamName', limit = listPageMax } = input;
    if (prefix !== undefined && orderBy === 'LastEventTime') {
      throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    const streams = [...logStreams.list(call, { prefix: `${group.name}:${prefix ?? ''}` })].map(([, stream]) => stream);
    if (orderBy === 'LastEventTime') streams.sort((a, b) => (a.lastEventAt ?? 0) - (b.lastEventAt ?? 0));
    if (input.descending === true) streams.reverse();
    const at = input.nextToken === undefined ? 0 : streams.findIndex(({ name }) => name === input.nextToken) + 1;
    if (input.nextToken !== undefined && at === 0) throw invalid('The specified nextToken is invalid.');
    const page = streams.slice(at, at + limit);
    const arn = groupArn(call, group.name);
    return {
      logStreams: page.map((stream) => described(stream, arn)),
      ...(streams.length > at + limit ? { nextToken: page.at(-1)?.name } : {}),
    };
  },
});

function described(stream: LogStream, arn: string) {
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    ...(stream.firstEventAt === undefined ? {} : { firstEventTimestamp: stream.firstEventAt }),
    ...(stream.lastEventAt === undefined ? {} : { lastEventTimestamp: stream.lastEventAt }),
    ...(stream.lastIngestedAt === undefined ? {} : { lastIngestionTime: stream.lastIngestedAt }),
    uploadSequenceToken: uploadToken(stream),
    arn: `${arn}:log-stream:${stream.name}`,
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogStream.html: always 0 for streams since 2019.
    storedBytes: 0,
  };
}

/** Answered as before 2023; what is sent back is ignored, as on AWS. */
export function uploadToken(stream: LogStream): string {
  return `49${stream.number}${String(stream.put).padStart(34, '0')}`;
}
