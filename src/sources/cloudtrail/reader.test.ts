import { describe, expect, it } from 'vitest';
import { call } from '../../detect/examples.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Batch } from '../batch.ts';
import { callTrie } from './paths.ts';
import { CallReader, CallTools } from './reader.ts';

const one = call('s3:ListBuckets', { at: 1 });
const two = call('iam:CreateUser', { at: 2, request: { userName: 'bob' } });
const three = call('ec2:RunInstances', { at: 3, by: 'role:Builder/ci' });
const all = [one, two, three];
const names = ['ListBuckets', 'CreateUser', 'RunInstances'];

const text = (value: unknown) => JSON.stringify(value);
const lookup = (record: JsonObject) => ({ EventId: record['eventID'] as string, CloudTrailEvent: text(record) });
const onBus = (record: JsonObject) => ({
  version: '0',
  id: 'x',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.s3',
  detail: record,
});

describe('CloudTrail is read from', () => {
  it.each([
    ['a file as delivered', text({ Records: all })],
    ['the same, indented', JSON.stringify({ Records: all }, null, 2)],
    ['a list', text(all)],
    ['JSON lines', all.map(text).join('\n')],
    ['JSON lines with Windows line ends and a mark at the start', `\ufeff${all.map(text).join('\r\n')}\r\n`],
    ['documents one after another', text({ Records: [one, two] }) + text({ Records: [three] })],
    ['lookup-events', text({ Events: all.map(lookup), NextToken: 'x' })],
    ['EventBridge envelopes', all.map(onBus).map(text).join('\n')],
    ['Lake envelopes', all.map((record) => text({ eventVersion: '1.0', eventData: record })).join('\n')],
    [
      'the answer of a query of Lake',
      text({
        QueryStatus: 'FINISHED',
        QueryResultRows: all.map((record) => [{ n: '1' }, { eventJson: text(record) }]),
      }),
    ],
    ['a list that is not the first member', text({ version: 1, Records: all, more: { x: [1] } })],
    ['an escaped name of the list', text({ Records: all }).replace('Records', '\\u0052ecords')],
    ['two lists in one object', `{"Records":[${text(one)}],"Records":[${text(two)},${text(three)}]}`],
    ['escaped names of fields', text({ Records: all }).replaceAll('"eventName"', '"event\\u004eame"')],
    ['repeated names of fields', text({ Records: all }).replaceAll('"eventVersion"', '"eventName":"X","eventVersion"')],
  ])('%s', (_, file) => {
    expect(read(file)).toEqual({ names, problems: [], passed: {} });
  });

  it('files cut into pieces anywhere, as if they were whole', () => {
    const file = text({ Records: all, more: 'x' });
    for (let cut = 0; cut <= file.length; cut += 7) {
      expect(read(file.slice(0, cut), file.slice(cut))).toEqual({ names, problems: [], passed: {} });
    }
  });
});

describe('a problem is', () => {
  it.each<[string, string, string[], string[]]>([
    [
      'a record that is no object',
      `{"Records":[${text(one)},7,"x",[1],null]}`,
      ['ListBuckets'],
      Array(4).fill('record-not-an-object'),
    ],
    ['a file that ends within a record', text({ Records: all }).slice(0, -20), names.slice(0, 2), ['record-cut']],
    ['a file that ends after a record', `{"Records":[${text(one)},`, ['ListBuckets'], ['file-cut']],
    [
      'a bad line among good ones',
      `${text(one)}\n{"eventName":oops}\n${text(two)}`,
      names.slice(0, 2),
      ['record-malformed'],
    ],
    ['a bad record among good ones', `[${text(one)},{"a" "b"},${text(two)}]`, names.slice(0, 2), ['record-malformed']],
    [
      'a record with balanced brackets and nothing in order',
      '[{]}{}',
      [],
      ['record-malformed', 'record-malformed', 'record-unknown', 'file-cut'],
    ],
    ['a record of no kind at the end', `${text(one)}\n{}`, ['ListBuckets'], ['record-unknown']],
    ['a record without a name', `[${text(without('eventName'))},${text(two)}]`, ['CreateUser'], ['record-incomplete']],
    ['a time that is none', `[${text({ ...one, eventTime: 'yesterday' })}]`, [], ['record-incomplete']],
    [
      'nesting without end',
      `[{"a":${'['.repeat(300)}${']'.repeat(300)}},${text(two)}]`,
      ['CreateUser'],
      ['record-malformed'],
    ],
  ])('%s', (_, file, expected, codes) => {
    const { names: found, problems } = read(file);
    expect([found, problems]).toEqual([expected, codes]);
  });

  it('one, wherever a line among others was cut, and costs no other line', () => {
    const [first, second, third] = all.map(text) as [string, string, string];
    for (let cut = 1; cut < second.length; cut += 5) {
      for (const lines of [
        [first, second.slice(0, cut), third],
        [second.slice(0, cut), first, third],
      ]) {
        const { names: found, problems } = read(lines.join('\n'));
        expect([cut, found, problems.length]).toEqual([cut, ['ListBuckets', 'RunInstances'], 1]);
      }
    }
  });

  it('one, where a record of a delivered file was cut', () => {
    const [first, second, third] = all.map(text) as [string, string, string];
    const { names: found, problems } = read(`{"Records":[${first},${second.slice(0, 60)},${third}]}`);
    expect([found, problems]).toEqual([['ListBuckets', 'RunInstances'], ['record-malformed']]);
  });

  it('has the place where its record begins', () => {
    const first = text(one);
    const { problems } = new CallReader(new CallTools(callTrie([])), 3).read(
      Buffer.from(`${first}\n{"eventName":oops}\n`),
      true,
    );
    expect(problems).toMatchObject([{ place: { file: 3, offset: first.length + 1 } }]);
    expect(problems[0]?.reason).toContain('oops');
  });
});

it('digests and Insights files are told by content and counted', () => {
  const digest = { awsAccountId: '111122223333', digestStartTime: '2026-01-05T00:00:00Z', logFiles: [] };
  const insight = { eventVersion: '1.07', eventType: 'AwsCloudTrailInsight', insightDetails: { state: 'Start' } };
  expect(read(text(digest)).passed).toEqual({ digest: 1 });
  expect(read(text({ Records: [insight, one] }))).toEqual({
    names: ['ListBuckets'],
    problems: [],
    passed: { insight: 1 },
  });
});

it('keeps apart thousands of values of one piece', () => {
  const agents = Array.from({ length: 5_000 }, (_, index) => `program/${index % 4_000}`);
  const reader = new CallReader(new CallTools(callTrie([])), 0);
  const records = agents.map((agent, at) => call('s3:ListBuckets', { at, agent, by: `user-${at % 3_000}` }));
  const batch = reader.read(Buffer.from(text({ Records: records })), true);
  const found = Array.from({ length: batch.size }, (_, index) => {
    const row = batch.at(index);
    return [row.text('userAgent'), row.text('userIdentity.userName')];
  });
  expect(found).toEqual(agents.map((agent, at) => [agent, `user-${at % 3_000}`]));
});

it.each([
  ['a list', (records: readonly string[]) => `[${records.join(',')}]`],
  ['lines', (records: readonly string[]) => records.join('\n')],
])('has room for the shortest records there are, in %s', (_, written) => {
  const second = (index: number) => String(index % 60).padStart(2, '0');
  const shortest = (index: number) =>
    `{"eventSource":"","eventName":"","eventTime":"2026-01-05T00:00:${second(index)}"}`;
  const withId = (index: number) =>
    `{"eventID":"","eventSource":"","eventName":"","eventTime":"2026-01-05T00:00:${second(index)}Z"}`;
  const records = Array.from({ length: 20_000 }, (_each, index) => (index % 2 === 0 ? shortest : withId)(index));
  const reader = new CallReader(new CallTools(callTrie([])), 0);
  const batch = reader.read(Buffer.from(written(records)), true);
  const found = Array.from({ length: batch.size }, (_each, index) => [batch.timeAt(index), batch.at(index).time]);
  const time = (index: number) => Date.UTC(2026, 0, 5, 0, 0, index % 60);
  expect(found).toEqual(records.map((_each, index) => [time(index), time(index)]));
});

function without(name: string): JsonObject {
  return Object.fromEntries(Object.entries(one).filter(([other]) => other !== name));
}

function read(...pieces: string[]) {
  const reader = new CallReader(new CallTools(callTrie([])), 0);
  const batches = pieces.map((piece, index) => reader.read(Buffer.from(piece), index === pieces.length - 1));
  const passed: Record<string, number> = {};
  for (const batch of batches) {
    for (const [kind, count] of Object.entries(batch.passed)) passed[kind] = (passed[kind] ?? 0) + count;
  }
  return {
    names: batches.flatMap((batch) => namesOf(batch)),
    problems: batches.flatMap((batch) => batch.problems.map((problem) => problem.code)),
    passed,
  };
}

function namesOf(batch: Batch): readonly string[] {
  return Array.from({ length: batch.size }, (_, index) => batch.at(index).name);
}
