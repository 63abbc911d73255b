import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start, type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let logs: CloudWatchLogsClient;
const day = 24 * 3_600_000;

beforeAll(async () => {
  range = await testRange();
  logs = new CloudWatchLogsClient(range.as());
});
afterAll(() => range.close());

async function stream(group: string, ...names: string[]): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName: group, tags: { team: 'blue' } }));
  for (const logStreamName of names) {
    await logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName }));
  }
}

function put(logGroupName: string, logStreamName: string, lines: readonly (readonly [time: number, text: string])[]) {
  const logEvents = lines.map(([time, message]) => ({ timestamp: start + time, message }));
  return logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
}

test('a stream is read forwards and backwards, page by page, by its tokens', async () => {
  await stream('/pages', 's');
  await put('/pages', 's', [
    [0, 'a'],
    [0, 'b'],
    [1, 'c'],
    [2, 'd'],
    [3, 'e'],
  ]);
  const page = async (more: object) => {
    const input = { logGroupName: '/pages', logStreamName: 's', limit: 2, ...more };
    const { events, nextForwardToken, nextBackwardToken } = await logs.send(new GetLogEventsCommand(input));
    return { text: events?.map(({ message }) => message).join(''), nextForwardToken, nextBackwardToken };
  };
  const tail = await page({});
  expect(tail.text).toBe('de');
  const before = await page({ nextToken: tail.nextBackwardToken });
  expect(before.text).toBe('bc');
  expect((await page({ nextToken: before.nextForwardToken })).text).toBe('de');
  const end = await page({ nextToken: tail.nextForwardToken });
  expect([end.text, end.nextForwardToken]).toEqual(['', tail.nextForwardToken]);
  expect((await page({ startFromHead: true })).text).toBe('ab');
  expect((await page({ startFromHead: true, startTime: start + 1, endTime: start + 3 })).text).toBe('cd');
  expect((await page({ endTime: start + 1 })).text).toBe('ab');
});

test('a group is searched over its streams in the order of time, by pattern and page', async () => {
  await stream('/search', 'one', 'two', 'three');
  await put('/search', 'one', [
    [0, 'ERROR first'],
    [20, 'ERROR third'],
  ]);
  await put('/search', 'two', [
    [10, 'ERROR second'],
    [15, 'fine'],
  ]);
  await put('/search', 'three', [[30, '{"level":"ERROR"}']]);
  const search = async (more: object) => {
    const found: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const input = { logGroupName: '/search', limit: 2, nextToken, ...more };
      const answer = await logs.send(new FilterLogEventsCommand(input));
      found.push(...(answer.events ?? []).map(({ message }) => message));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return found;
  };
  expect(await search({ filterPattern: 'ERROR' })).toEqual([
    'ERROR first',
    'ERROR second',
    'ERROR third',
    '{"level":"ERROR"}',
  ]);
  expect(await search({ filterPattern: '{ $.level = "ERROR" }' })).toEqual(['{"level":"ERROR"}']);
  expect(await search({ startTime: start + 10, endTime: start + 20 })).toEqual(['ERROR second', 'fine', 'ERROR third']);
  expect(await search({ logStreamNamePrefix: 't', filterPattern: 'ERROR -third' })).toEqual([
    'ERROR second',
    '{"level":"ERROR"}',
  ]);
});

test('what is too old or too new is left out, and the answer says from where', async () => {
  await stream('/times', 's');
  const { rejectedLogEventsInfo: old } = await put('/times', 's', [
    [-14 * day - 1, 'old'],
    [-14 * day, 'kept'],
  ]);
  expect(old).toEqual({ tooOldLogEventEndIndex: 1 });
  const { rejectedLogEventsInfo: future } = await put('/times', 's', [
    [2 * 3_600_000, 'kept'],
    [2 * 3_600_000 + 1, 'new'],
  ]);
  expect(future).toEqual({ tooNewLogEventStartIndex: 1 });
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/times', retentionInDays: 1 }));
  const { rejectedLogEventsInfo: expired } = await put('/times', 's', [
    [-day - 1, 'expired'],
    [-1, 'now'],
  ]);
  expect(expired).toEqual({ expiredLogEventEndIndex: 1 });
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/times' }));
  expect(events?.map(({ message }) => message)).toEqual(['now', 'kept']);
});

const group = { logGroupName: '/refusals' };
test.each([
  [new CreateLogGroupCommand(group), 'ResourceAlreadyExistsException', 'The specified log group already exists'],
  [
    new CreateLogStreamCommand({ ...group, logStreamName: 's' }),
    'ResourceAlreadyExistsException',
    'The specified log stream already exists',
  ],
  [
    new DeleteLogGroupCommand({ logGroupName: '/none' }),
    'ResourceNotFoundException',
    'The specified log group does not exist.',
  ],
  [
    new GetLogEventsCommand({ ...group, logStreamName: 'none' }),
    'ResourceNotFoundException',
    'The specified log stream does not exist.',
  ],
  [
    new PutLogEventsCommand({
      ...group,
      logStreamName: 's',
      logEvents: [
        { timestamp: start + 1, message: 'b' },
        { timestamp: start, message: 'a' },
      ],
    }),
    'InvalidParameterException',
    'Log events in a single PutLogEvents request must be in chronological order.',
  ],
  [
    new PutLogEventsCommand({
      ...group,
      logStreamName: 's',
      logEvents: [
        { timestamp: start - day - 1, message: 'a' },
        { timestamp: start, message: 'b' },
      ],
    }),
    'InvalidParameterException',
    'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
  ],
  [
    new PutLogEventsCommand({
      ...group,
      logStreamName: 's',
      logEvents: [{ timestamp: start, message: 'x'.repeat(1_048_576) }],
    }),
    'InvalidParameterException',
    'Upload too large: 1048602 bytes exceeds limit of 1048576',
  ],
  [
    new DescribeLogGroupsCommand({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }),
    'InvalidParameterException',
    'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
  ],
  [
    new DescribeLogStreamsCommand({ ...group, orderBy: 'LastEventTime', logStreamNamePrefix: 's' }),
    'InvalidParameterException',
    'Cannot order by LastEventTime with a logStreamNamePrefix.',
  ],
])('refusal %#', async (command, name, message) => {
  await stream('/refusals', 's').catch(() => undefined);
  await expect(logs.send(command as CreateLogGroupCommand)).rejects.toMatchObject({ name, message });
});

test('groups and streams are described, tagged and deleted with what they hold', async () => {
  await stream('/kept', 'a', 'b');
  await put('/kept', 'a', [[5, 'x']]);
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/kept' }));
  const arn = `arn:aws:logs:us-west-2:${range.account}:log-group:/kept`;
  expect(logGroups).toMatchObject([{ logGroupName: '/kept', arn: `${arn}:*`, logGroupArn: arn, storedBytes: 27 }]);
  const { logStreams } = await logs.send(
    new DescribeLogStreamsCommand({ logGroupName: '/kept', orderBy: 'LastEventTime', descending: true, limit: 1 }),
  );
  expect(logStreams).toMatchObject([{ logStreamName: 'a', firstEventTimestamp: start + 5 }]);
  await logs.send(new TagResourceCommand({ resourceArn: arn, tags: { tier: '1' } }));
  const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  expect(tags).toEqual({ team: 'blue', tier: '1' });
  await logs.send(new DeleteLogGroupCommand({ logGroupName: '/kept' }));
  await stream('/kept', 'a');
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/kept' }));
  expect(events).toEqual([]);
});

test('a pattern is tried on messages without a group', async () => {
  const { matches } = await logs.send(
    new TestMetricFilterCommand({ filterPattern: '[ip, ..., status=4*]', logEventMessages: ['a b 200', 'c d 404'] }),
  );
  expect(matches).toMatchObject([{ eventNumber: 2, eventMessage: 'c d 404' }]);
});

test('who has no permission is refused, in AWS words', async () => {
  const iam = new IAMClient(range.as());
  await iam.send(new CreateUserCommand({ UserName: 'nobody' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' }));
  const keys = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  const theirs = new CloudWatchLogsClient(range.as(keys));
  await expect(theirs.send(new CreateLogGroupCommand({ logGroupName: '/theirs' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      `User: arn:aws:iam::${range.account}:user/nobody is not authorized to perform: logs:CreateLogGroup on resource: ` +
      `arn:aws:logs:us-west-2:${range.account}:log-group:/theirs:log-stream: because no identity-based policy allows the logs:CreateLogGroup action`,
  });
});

test('EventBridge writes to a group once a resource policy of the region lets it', async () => {
  await stream('/events/all');
  const arn = `arn:aws:logs:us-west-2:${range.account}:log-group:/events/all`;
  const events = new EventBridgeClient(range.as());
  await events.send(new PutRuleCommand({ Name: 'all', EventPattern: '{"source":["shop"]}' }));
  await events.send(new PutTargetsCommand({ Rule: 'all', Targets: [{ Id: 't', Arn: arn, InputPath: '$.detail' }] }));
  const order = async (id: number) => {
    const Entries = [{ Source: 'shop', DetailType: 'Order', Detail: JSON.stringify({ id }) }];
    await events.send(new PutEventsCommand({ Entries }));
    await range.pass(1000);
  };
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${arn}:*`,
    },
  ];
  await order(1);
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await logs.send(new PutResourcePolicyCommand({ policyName: 'events', policyDocument }));
  await order(2);
  const { events: found } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/events/all' }));
  expect(found?.map(({ message }) => message)).toEqual(['{"id":2}']);
});
