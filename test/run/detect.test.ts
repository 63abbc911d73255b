import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, test } from 'vitest';
import { detect } from '../../src/cli/commands/detect.ts';
import { pack } from '../../src/detect/detectors/index.ts';
import { call } from '../../src/detect/examples.ts';
import { unknownWorld } from '../../src/detect/world.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Problem } from '../../src/model/problem.ts';
import { detectLogs } from '../../src/run/detect-logs.ts';
import { invoked } from '../support/invoked.ts';

const folder = mkdtempSync(join(tmpdir(), 'yagura-detect-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = invoked('detect', detect, folder);

/** Findings as they are at last, by type. */
async function found(...words: readonly string[]) {
  const { out } = await run(...words, '--json');
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const last = new Map(lines.filter(({ id }) => id !== undefined).map((finding) => [finding.id, finding]));
  return { findings: [...last.values()].sort((a, b) => (a.type < b.type ? -1 : 1)), lines };
}

const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
const attacker = '203.0.113.66';
const records: readonly JsonObject[] = [
  { ...call('cloudtrail:DescribeTrails', { from: attacker }), eventID: 'one', eventTime: '2026-01-05T00:00:00Z' },
  { ...call('iam:DeleteAccountPasswordPolicy', { from: attacker }), eventID: 'two', eventTime: '2026-01-05T00:10:00Z' },
];
write('calls.json.gz', gzipSync(JSON.stringify({ Records: records })));
write('bad.txt', `${attacker}\n`);
write('broken.stix.json', '{"type":"bundle","objects":[{"type":"indicator",');
write('other.json', '{"some":1}');
const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
const columns = names.map((name) => {
  const data = records.map((record) => {
    const value = record[name];
    return value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
  });
  return { name: name.toLowerCase(), type: 'STRING' as const, data };
});
write('calls.parquet', new Uint8Array(parquetWriteBuffer({ columnData: columns })));

// A subscription of CloudWatch Logs: each of its documents is packed by itself.
const documents = ['CONTROL_MESSAGE', ...records].map((record) => ({
  messageType: typeof record === 'string' ? record : 'DATA_MESSAGE',
  logEvents: [JSON.stringify(record), 'Jan  5 00:00:00 web sshd[1]: Invalid user x from 203.0.113.1 port 1'].map(
    (message) => ({ id: '3', timestamp: Date.UTC(2026, 0, 5), message }),
  ),
}));
write('firehose', Buffer.concat(documents.map((document) => gzipSync(JSON.stringify(document)))));

const story = 'AttackSequence:IAM/CompromisedCredentials';
const stealth = 'Stealth:IAMUser/PasswordPolicyChange';
const recon = 'Recon:IAMUser/MaliciousIPCaller.Custom';

test('tells one story of what one caller did, and marks what went into it', async () => {
  const { findings } = await found('calls.json.gz', '--threat-list', 'bad.txt');
  expect(findings.map(({ type }) => type)).toEqual(expect.arrayContaining([story, recon, stealth]));
  const { arn } = findings.find(({ type }) => type === story);
  for (const finding of findings.filter(({ type }) => type !== story)) {
    expect(finding.associatedAttackSequenceArn).toBe(arn);
  }
});

test.each(['calls.parquet', 'firehose'])('%s gives the same findings with the same ids', async (name) => {
  const [json, other] = [await found('calls.json.gz'), await found(name)];
  expect(json.findings.length).toBeGreaterThan(0);
  expect(other.findings.map(({ id, type, service }) => [id, type, service.count])).toEqual(
    json.findings.map(({ id, type, service }) => [id, type, service.count]),
  );
});

const scopes: readonly (readonly [options: readonly string[], activities: number])[] = [
  [[], 2],
  [['--since', '2026-01-05T00:05:00Z'], 1],
  [['--until', '2026-01-05T00:05:00Z'], 1],
  [['--until', '2026-01-05'], 0],
  [['--accounts', '999999999999'], 0],
  [['--accounts', `999999999999,${String(records[0]!['recipientAccountId'])}`], 2],
  [['--regions', 'ap-northeast-1'], 0],
  [['--regions', String(records[0]!['awsRegion'])], 2],
];

describe('judges what the scope leaves', () => {
  test.each(scopes)('%j', async (options, activities) => {
    const { lines } = await found('calls.json.gz', ...options);
    expect(lines.at(-1).summary.activities).toBe(activities);
  });
});

describe('judges flows that the scope leaves', () => {
  const at = (minute: number) => Date.UTC(2026, 0, 5, 0, minute) / 1_000;
  const line = (account: string, minute: number) =>
    `2 ${account} eni-1 203.0.113.9 10.0.0.5 40000 22 6 12 2400 ${at(minute)} ${at(minute) + 60} ACCEPT OK\n`;
  write('flows.log', line('111122223333', 0) + line('111122223333', 10) + line('444455556666', 10));
  test.each<[readonly string[], number]>([
    [[], 3],
    [['--since', '2026-01-05T00:05:00Z'], 2],
    [['--until', '2026-01-05T00:10:00Z'], 1],
    [['--accounts', '444455556666'], 1],
    // Lines of the default format name no region.
    [['--regions', 'ap-northeast-1'], 3],
  ])('%j', async (options, activities) => {
    const { lines } = await found('flows.log', ...options);
    expect(lines.at(-1).summary).toMatchObject({ activities, outOfScope: 3 - activities });
  });
});

test.each([
  ['--accounts', 'main'],
  ['--regions', 'tokyo'],
  ['--since', 'yesterday'],
  ['--explain', 'Recon:None'],
  ['--list', 'coins=bad.txt'],
  ['--list', 'mining=nothing.txt'],
  ['--threat-list', 'nothing.txt'],
  ['--address-owners', 'nothing.txt'],
  ['--accounts', '1234'],
  ['--since', '2026-02-30'],
  ['--threat-list', 'broken.stix.json'],
  ['--trusted-list', 'other.json'],
  ['--address-owners', 'bad.txt'],
  ['--report', 'nowhere/report.html'],
  ['--report', '.'],
])('%s %s is a said mistake', async (option, value) => {
  await expect(run('calls.json.gz', option, value)).rejects.toMatchObject({ name: 'UserError' });
});

test('a time that ends before it begins is a said mistake', async () => {
  const wrong = run('calls.json.gz', '--since', '2026-01-06', '--until', '2026-01-05');
  await expect(wrong).rejects.toThrow('--until "2026-01-05" is not after --since "2026-01-06"');
});

test('what of a list cannot be used is said', async () => {
  write('mixed.txt', `${attacker}\n999.1.1.1\nwords of a sentence\n`);
  const { err } = await run('calls.json.gz', '--threat-list', 'mixed.txt');
  expect(err).toContain('mixed.txt: 1 used, 2 left out');
  write('remarks.txt', '# nothing yet\n');
  expect((await run('calls.json.gz', '--threat-list', 'remarks.txt')).err).toBe('');
});

test('a pipe is no file', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(run('pipe')).rejects.toMatchObject({ code: 'DETECT_NOT_A_FILE' });
  rmSync(join(folder, 'pipe'));
});

test('what was read adds up, and is told also of what was not judged', async () => {
  const words = ['calls.json.gz', 'calls.parquet', 'cut.json', 'strange.json', '--since', '2026-01-05T00:05:00Z'];
  const { summary } = (await found(...words)).lines.at(-1);
  // Two records in each of two files and one in the others, beside what is no record.
  const { activities, duplicates, outOfScope, problems } = summary;
  expect({ activities, duplicates, outOfScope, problems }).toEqual({
    activities: 1,
    duplicates: 2,
    outOfScope: 3,
    problems: { 'record-cut': 1, 'record-not-an-object': 4 },
  });
  const { out } = await run(...words);
  expect(out).toContain('read before, counted once: 2\n');
  expect(out).toContain('out of scope, not judged: 3\n');
});

test('a file that nobody may read is one problem, and the others are read', async () => {
  const problems: Problem[] = [];
  const options = { pack, world: unknownWorld, found: () => undefined, progress: () => undefined };
  const files = [join(folder, 'gone.json'), join(folder, 'calls.json.gz')];
  for (const workers of [1, 2]) {
    const report = await detectLogs({ ...options, files, workers, problem: (problem) => void problems.push(problem) });
    expect([report.activities, report.problems]).toEqual([2, { 'file-unreadable': 1 }]);
  }
  expect(problems[0]).toMatchObject({ place: { file: 0, offset: 0 } });
  expect(problems[0]!.reason).toContain('ENOENT');
});

test('tells of a finding, by how its id begins, what it was made of', async () => {
  const { findings } = await found('calls.json.gz', '--threat-list', 'bad.txt');
  const { id } = findings.find(({ type }) => type === stealth);
  const { out } = await run('calls.json.gz', '--threat-list', 'bad.txt', '--explain', id.slice(0, 8));
  expect(out).toContain(`iam.amazonaws.com:DeleteAccountPasswordPolicy ${''}`);
  expect(out).toMatch(/calls\.json\.gz byte \d+\n$/);
  const { lines } = await found('calls.json.gz', '--explain', id);
  expect(lines.find(({ explanation }) => explanation !== undefined).explanation).toMatchObject({
    finding: id,
    evidence: [{ name: 'DeleteAccountPasswordPolicy', file: join(folder, 'calls.json.gz') }],
  });
  expect((await run('calls.json.gz', '--explain', '0123456789')).err).toContain('no finding of these records');
});

test('what a log says does not steer the terminal', async () => {
  const evil = { userName: 'al\u001b[31mice\nno findings', arn: 'arn:aws:iam::111122223333:user/al\u001b[31mice' };
  const { userIdentity } = records[1]!;
  const record = { ...records[1], userIdentity: { ...(userIdentity as JsonObject), ...evil } };
  write('evil.json', JSON.stringify({ Records: [record] }));
  const { out } = await run('evil.json', '--summary', '--explain', stealth);
  expect(out).toContain('al\\u001b[31mice\\u000ano findings');
  expect(out).not.toContain('\u001b');
});

test('a trusted address makes no findings', async () => {
  expect((await found('calls.json.gz', '--trusted-list', 'bad.txt')).findings).toEqual([]);
});

test('summarises principals as data, and explains a detector', async () => {
  const { lines } = await found('calls.json.gz', '--summary', '--explain', stealth);
  const { principal } = lines.find((line) => line.principal !== undefined);
  expect(principal.addresses).toMatchObject([{ value: attacker, count: 2 }]);
  const { explanation } = lines.find((line) => line.explanation !== undefined);
  expect(explanation).toMatchObject({ detector: stealth, ofKind: 2, reached: 1, met: 1, spoke: 1 });
});

test('writes a report, and shows stories with their findings in the terminal', async () => {
  const { out } = await run('calls.json.gz', '--threat-list', 'bad.txt', '--report', 'report.html');
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(story);
  await run('cut.json', '--report', 'cut.html');
  expect(readFileSync(join(folder, 'cut.html'), 'utf8')).toContain(
    'Could not be read: record-cut (a record that ends too soon) 1.',
  );
  const rows = out.split('\n');
  expect(rows[1]).toContain(story);
  expect(rows[2]).toMatch(/^└ /);
});

test('says of what could not be read what it is, in the language of its reader', async () => {
  const { out, err } = await invoked('detect', detect, folder, 'ja')('cut.json');
  expect(err).toContain('record-cut（途中で終わっている記録）: ');
  expect(out).toContain('読めなかったもの: record-cut（途中で終わっている記録） 1 件');
});

test('credentials of an instance outside of AWS, and of another account within', async () => {
  const of = (eventID: string, from: string, minute: number) => ({
    ...call('s3:ListBuckets', { by: 'role:Web/i-0123456789abcdef0', from }),
    eventID,
    eventTime: `2026-01-05T00:0${minute}:00Z`,
  });
  const away = [of('three', '8.8.8.8', 1), of('four', '52.94.76.9', 2)];
  write('away.json', JSON.stringify({ Records: away }));
  write('owners.csv', 'address,account\n52.94.76.0/24,444455556666\n');
  const types = async (...words: string[]) => (await found('away.json', ...words)).findings.map(({ type }) => type);
  const exfiltration = 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration';
  const [outside, both] = [await types(), await types('--address-owners', 'owners.csv')];
  expect(outside).toContain(`${exfiltration}.OutsideAWS`);
  expect(outside).not.toContain(`${exfiltration}.InsideAWS`);
  expect(both).toEqual(expect.arrayContaining([`${exfiltration}.OutsideAWS`, `${exfiltration}.InsideAWS`]));
});

test('a list for a use wakes the detectors that need it', async () => {
  write('pools.txt', 'pool.example\n');
  const idle = async (...words: string[]) => {
    const { lines } = await found('calls.json.gz', ...words);
    return lines.at(-1).summary.idle.map((each: { detector: string }) => each.detector);
  };
  expect(await idle()).toContain('CryptoCurrency:EC2/BitcoinTool.B!DNS');
  expect(await idle('--list', 'mining=pools.txt')).not.toContain('CryptoCurrency:EC2/BitcoinTool.B!DNS');
});

describe('broken files', () => {
  const whole = JSON.stringify({ Records: records });
  const zipped = gzipSync(whole);
  write('cut.json', whole.slice(0, -40));
  write('cut.json.gz', zipped.subarray(0, zipped.length - 60));
  write('strange.json', JSON.stringify({ Records: [records[1], 7, null, 'x', [records[0]]] }));
  write('cut.parquet', readFileSync(join(folder, 'calls.parquet')).subarray(0, 200));
  test.each([
    ['cut.json', { 'record-cut': 1 }, 1, 0],
    // Two records in so few bytes: the gap swallowed both.
    ['cut.json.gz', { 'file-damaged': 1, 'record-cut': 1 }, 0, 2],
    ['strange.json', { 'record-not-an-object': 4 }, 1, 1],
    ['cut.parquet', { 'parquet-damaged': 1 }, 0, 2],
  ])('%s gives its problems, and what can be read', async (name, problems, activities, expected) => {
    const { out, err, exit } = await run(name, '--json');
    const { summary } = JSON.parse(out.trim().split('\n').at(-1) ?? '');
    expect(summary).toMatchObject({ problems, activities });
    expect(err).toContain(name);
    expect(exit).toBe(expected);
    expect((await run(name, '--json', '--strict')).exit).toBe(2);
  });
});
