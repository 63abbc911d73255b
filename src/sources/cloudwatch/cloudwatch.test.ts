import { describe, expect, test } from 'vitest';
import { readDamaged } from '../../../test/fakes/noise.ts';
import { activityIn, readText } from '../../../test/fakes/read-text.ts';
import type { JsonObject } from '../../model/json.ts';
import { Sources } from '../open.ts';
import { defaultFields } from '../vpc-flow/format.ts';

const call: JsonObject = {
  eventVersion: '1.11',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/u', accountId: '111122223333' },
  eventTime: '2026-01-05T00:00:38Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.10',
  eventID: 'e-1',
  requestParameters: { userName: 'a "quoted", {odd} name]' },
};
const query: JsonObject = {
  query_timestamp: '2026-01-05T00:00:38Z',
  query_name: 'bad.example.',
  srcaddr: '10.0.0.5',
  vpc_id: 'vpc-1',
};
const flowLine = '2 111122223333 eni-1 203.0.113.9 10.0.0.5 40000 22 6 12 2400 1767571238 1767571298 ACCEPT OK';
const noData = '2 111122223333 eni-1 - - - - - - - 1767571238 1767571298 - NODATA';
const guess = 'Jan  5 00:00:38 web sshd[4321]: Failed password for root from 203.0.113.9 port 50122 ssh2';
const messages = [JSON.stringify(call), JSON.stringify(query), flowLine, noData, guess, 'START RequestId: r-1'];
const found = ['api-call', 'dns-query', 'network-flow', 'login'];
const passed = [
  ['NODATA', 1],
  ['log-event-other', 1],
];

const at = Date.UTC(2026, 0, 5, 0, 0, 38);
const event = (message: string, index: number) => ({ id: `3${index}`, timestamp: at, message });
const envelope = (given: readonly string[], messageType = 'DATA_MESSAGE') => ({
  messageType,
  owner: '111122223333',
  logGroup: 'mixed',
  logStream: 's',
  subscriptionFilters: ['all'],
  logEvents: given.map(event),
});
const control = envelope(['CWL CONTROL MESSAGE: Checking health of destination Firehose.'], 'CONTROL_MESSAGE');
const one = (message: string) => JSON.stringify(envelope([message]));

const shapes: Readonly<Record<string, string>> = {
  'a subscription': JSON.stringify(envelope(messages)),
  'a subscription, a document each and nothing between': messages.map(one).join(''),
  'a subscription, a document a line': messages.map(one).join('\n'),
  'an answer of FilterLogEvents': JSON.stringify({
    events: messages.map((message) => ({
      logStreamName: 's',
      timestamp: at,
      message,
      ingestionTime: at,
      eventId: 'x',
    })),
    searchedLogStreams: [],
  }),
  'an answer of GetLogEvents as the command line prints it': JSON.stringify(
    {
      nextForwardToken: 'f/1',
      events: messages.map((message) => ({ timestamp: at, message, ingestionTime: at })),
      nextBackwardToken: 'b/1',
    },
    null,
    4,
  ),
  'an answer of GetQueryResults': JSON.stringify({
    queryLanguage: 'CWLI',
    results: messages.map((message) => [
      { field: '@timestamp', value: '2026-01-05 00:00:38.000' },
      { field: '@message', value: message },
      { field: '@ptr', value: 'p' },
    ]),
    status: 'Complete',
  }),
  'an export to S3': messages.map((message) => `2026-01-05T00:00:38.000Z ${message}\n`).join(''),
  'what aws logs tail prints': messages.map((message) => `2026-01-05T00:00:38.186000+00:00 s ${message}\n`).join(''),
  'results of Logs Insights as CSV': `@timestamp,@message\n${messages
    .map((message) => `2026-01-05 00:00:38.000,"${message.replaceAll('"', '""')}"\n`)
    .join('')}`,
};

describe('logs of all kinds in events of CloudWatch Logs are read as they are in files:', () => {
  test.each(Object.entries(shapes))('%s', (_name, text) => {
    const flow = Object.fromEntries(defaultFields.map((name, index) => [name, flowLine.split(' ')[index]!]));
    const ids = [call, query, flow].map((record) => activityIn(record).id);
    const [login] = readText(`${guess}\n`).rows;
    for (const cut of [0, 1, 40, 700, text.length - 40, text.length]) {
      const read = readText(text, cut);
      expect([cut, read.rows.map(({ kind }) => kind), read.problems]).toEqual([cut, found, []]);
      expect(read.rows.map(({ id }) => id)).toEqual([...ids, login?.id]);
      expect(read.rows.every(({ time }) => time === at)).toBe(true);
      expect(Object.fromEntries(read.passed)).toEqual(Object.fromEntries(passed));
    }
  });
});

describe('whatever is written over them, reading does not fail:', () => {
  test.each(Object.entries(shapes))('%s', (_name, text) => readDamaged(text, ''));
});

test('a place is where an event begins', () => {
  const text = `${JSON.stringify(control)}${JSON.stringify(envelope([messages[4]!, messages[0]!]))}`;
  const { rows, passed: counted } = readText(text, 100);
  expect(counted).toEqual([['control message', 1]]);
  expect(rows.map(({ kind, place }) => [kind, text.slice(place.offset, place.offset + 9)])).toEqual([
    ['api-call', '{"id":"31'],
    ['login', '{"id":"30'],
  ]);
  const lines = `2026-01-05T00:00:38.000Z at Main.java\n2026-01-05T00:00:38.000Z ${guess}\n`;
  expect(readText(lines).rows.map(({ place }) => place.offset)).toEqual([lines.indexOf('\n') + 1]);
});

test('calls of one piece are told apart: what each is, where it is, and which of them breaks', () => {
  const record = (id: string) => JSON.stringify({ ...call, eventID: id, userAgent: 'é'.repeat(600) });
  const broken = record('e-3').replace('"eventName":', '"eventName"');
  const digest = '{"eventVersion":"1.08","digestStartTime":"2026-01-05T00:00:00Z"}';
  const text = JSON.stringify(envelope([record('e-2'), guess, broken, digest, record('e-4')]));
  const where = (message: string) => {
    const at = text.lastIndexOf('{"id"', text.indexOf(JSON.stringify(message).slice(1, -1)));
    return Buffer.byteLength(text.slice(0, at));
  };
  const { evidence, problems, passed: counted } = readText(text);
  expect(evidence.slice(0, 2).map(({ id, place }) => [id, place.offset])).toEqual([
    ['e-2', where(record('e-2'))],
    ['e-4', where(record('e-4'))],
  ]);
  expect(problems).toMatchObject([{ code: 'record-malformed', place: { file: 0, offset: where(broken) } }]);
  expect([evidence[2]?.kind, evidence.length, counted]).toEqual(['login', 3, [['digest', 1]]]);
});

test('calls have their numbers where they are alone, and none where other rows are with them', () => {
  const numbered = [[messages[0]!], [messages[0]!, guess]].map((given) => {
    const batch = new Sources([]).open(0).read(Buffer.from(JSON.stringify(envelope(given))), true);
    return [batch.size, batch.numbered?.times[0]];
  });
  expect(numbered).toEqual([
    [1, at],
    [2, undefined],
  ]);
});

test('a year that a line leaves out is that of its event, whenever the file was written', () => {
  const old = JSON.stringify({
    ...envelope([]),
    logEvents: [{ ...event(guess, 0), timestamp: Date.UTC(2024, 0, 5, 1) }],
  });
  expect(readText(old).rows.map(({ time }) => new Date(time).getUTCFullYear())).toEqual([2024]);
});

describe('what is no event costs a problem, and no other event:', () => {
  const good = one(guess);
  const cases: Readonly<Record<string, readonly [text: string, code: string, rows: number]>> = {
    'an element of another shape': [good.replace('[{"id"', '[{"id":"x"},{"id"'), 'log-event-malformed', 1],
    'an element that is no JSON': [good.replace('[{"id"', '[{"id":nothing},{"id"'), 'log-event-malformed', 1],
    'a document that breaks': [`${good}{"messageType" nonsense ${good}`, 'record-malformed', 2],
    'a file that ends within an event': [`${good}${good.slice(0, -30)}`, 'record-cut', 1],
    'a file that ends within a list': [`${good}${good.slice(0, -2)}`, 'record-cut', 2],
    'a call that is none': [one('{"eventVersion":"1.08","eventName":"X"}'), 'record-incomplete', 0],
  };
  test.each(Object.entries(cases))('%s', (_name, [text, code, rows]) => {
    for (const cut of [text.length, 150]) {
      const read = readText(text, cut);
      expect([read.rows.length, read.problems.map((each) => each.code)]).toEqual([rows, [code]]);
    }
  });
});

test('events of no known log are counted, and said once for all of a file', () => {
  const lines = ['START RequestId: r-1', '{"level":"info"}', '[1, 2]', '{not json'];
  const { rows, passed: counted, problems } = readText(JSON.stringify(envelope(lines)));
  expect([rows, counted]).toEqual([[], [['log-event-other', 4]]]);
  expect(problems).toMatchObject([{ code: 'log-events-unknown' }]);
  expect(problems[0]?.reason).toContain('none of 4 log events');
});

test('flow records of chosen fields in a log group are one problem, and never a shifted column', () => {
  const chosen = ['eni-1 203.0.113.9 10.0.0.5 40000 22 6 12 2400 1767571238 1767571298 ACCEPT OK 2 x'];
  const { rows, problems } = readText(JSON.stringify(envelope([...chosen, ...chosen])));
  expect([rows, problems]).toMatchObject([[], [{ code: 'flow-header' }]]);
});

test('other JSON with events or results is none of these', () => {
  const { problems } = readText('{"events":[{"timestamp":"2026-01-05","kind":"x"}]}\n');
  expect(problems).toMatchObject([{ code: 'record-unknown' }]);
});

test('what an export writes to see whether it may is counted', () => {
  expect(readText('Permission Check Successful')).toMatchObject({
    rows: [],
    problems: [],
    passed: [['write test', 1]],
  });
  expect(readText('Enable AccessLog for ELB: front at 2026-01-05T00:00:00.000Z').passed).toEqual([['write test', 1]]);
});
