import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { detect } from '../../src/cli/commands/detect.ts';
import { invoke } from '../../src/cli/invoke.ts';
import { pack } from '../../src/detect/detectors/index.ts';
import { exampleWorld } from '../../src/detect/example-world.ts';
import { call, example, times } from '../../src/detect/examples.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { rootPath } from '../../src/root.ts';
import { detectLogs } from '../../src/run/detect-logs.ts';
import { invoked } from '../support/invoked.ts';

// What is found is told when its record is read, as soon as the order allows, and not when everything is.

const folder = mkdtempSync(join(tmpdir(), 'yagura-early-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hours = 48;
const stopped = { by: 'mallory', request: { name: 'main' } };

/** A day and a night, a file an hour; a trail is stopped in the second one. */
const files = times(hours, (hour) => {
  const at = hour * 3_600;
  const ordinary = times(40, (_, second) => call('s3:ListBuckets', { at: at + second * 60, by: `user-${second}` }));
  return {
    Records: hour === 1 ? [...ordinary, call('cloudtrail:StopLogging', { ...stopped, at: at + 30 })] : ordinary,
  };
});

const names: Readonly<Record<string, (hour: number) => string>> = {
  'a time in their name': (hour) => `111122223333_CloudTrail_us-west-2_${stamp(hour)}_x.json`,
  'no time in their name': (hour) => `${hours - hour}.json`,
};

function stamp(hour: number): string {
  return new Date(example.start + hour * 3_600_000).toISOString().slice(0, 16).replaceAll(/[-:]/g, '').concat('Z');
}

function written(name: string): readonly string[] {
  const within = join(folder, name.replaceAll(' ', '-'));
  mkdirSync(within, { recursive: true });
  return files.map((file, hour) => {
    const path = join(within, names[name]!(hour));
    writeFileSync(path, JSON.stringify(file));
    return path;
  });
}

describe.each(Object.keys(names))('of files with %s', (name) => {
  test.each([1, 2])('%i workers tell of the second hour when the fourth is reached', async (workers) => {
    let [read, readAtFirst] = [0, Number.NaN];
    await detectLogs({
      files: written(name),
      pack,
      world: exampleWorld,
      workers,
      found: ({ finding }) => {
        if (finding.type === 'Stealth:IAMUser/CloudTrailLoggingDisabled') readAtFirst = read;
      },
      problem: () => undefined,
      progress: (done) => {
        read = done.files;
      },
    });
    // Records may be an hour late, so the second hour is complete once the third is read.
    expect(readAtFirst).toBeLessThanOrEqual(3);
    expect(read).toBeGreaterThanOrEqual(hours - 1);
  });
});

test('a finding that changed is told again before what happened later, and not for each record', async () => {
  const at = (hour: number, second = 0) => call('cloudtrail:StopLogging', { ...stopped, at: hour * 3_600 + second });
  const often = times(30, (_, second) => at(10, second), 1);
  const later = call('iam:DeleteAccountPasswordPolicy', { by: 'oscar', at: 20 * 3_600 });
  writeFileSync(join(folder, 'again.json'), JSON.stringify({ Records: [at(1), ...often, later, at(21)] }));
  expect(await linesOf('again.json')).toEqual([
    ['CloudTrailLoggingDisabled', 1],
    // Nine hours after the first line.
    ['CloudTrailLoggingDisabled', 2],
    ['PasswordPolicyChange', 1],
    // Eleven hours after the second.
    ['CloudTrailLoggingDisabled', 32],
  ]);
});

test('a finding that one record makes and draws into a story has one line for both', async () => {
  const by = { from: example.listed };
  const Records = [call('iam:CreateUser', by), call('cloudtrail:StopLogging', { ...by, at: 60 })];
  writeFileSync(join(folder, 'story.json'), JSON.stringify({ Records }));
  writeFileSync(join(folder, 'listed.txt'), example.listed);
  expect(await linesOf('story.json', '--list', 'custom=listed.txt')).toEqual([
    ['MaliciousIPCaller.Custom', 1],
    ['UserCreated', 1],
    ['CloudTrailLoggingDisabled', 1],
    ['CompromisedCredentials', 1],
    // What came before is drawn into the story.
    ['MaliciousIPCaller.Custom', 2],
    ['UserCreated', 1],
  ]);
});

/** Name and count of each finding that `--json` tells. */
async function linesOf(...args: readonly string[]) {
  const { out } = await invoked('detect', detect, folder)(...args, '--json');
  return out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text))
    .filter(({ type }) => type !== undefined)
    .map(({ type, service }) => [type.slice(type.lastIndexOf('/') + 1), service.count]);
}

test('a reader that has seen the first finding may go', async () => {
  const [first] = written('a time in their name');
  const args = [rootPath('bin', 'yagura.mjs'), 'detect', join(first!, '..'), '--json'];
  const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] ?? '' } });
  const errors: string[] = [];
  child.stderr.on('data', (part: Buffer) => errors.push(part.toString()));
  const [part] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  expect(JSON.parse(part.toString().split('\n')[0]!)).toMatchObject({
    type: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
  });
  // It had nothing more to say, or was told so.
  expect([0, 1]).toContain(code);
  expect(errors.filter((text) => !text.startsWith('yagura: building'))).toEqual([]);
});

test('Ctrl-C ends a stream that has no end, and what was found is told', async () => {
  const child = spawn(process.execPath, [rootPath('bin', 'yagura.mjs'), 'detect', '-', '--json'], {
    env: { PATH: process.env['PATH'] ?? '' },
  });
  let out = '';
  const first = new Promise<void>((go) => {
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString();
      if (out.includes('\n')) go();
    });
  });
  child.stdin.write(trail);
  await first;
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  const { summary } = JSON.parse(out.trim().split('\n').at(-1)!);
  expect([code, summary]).toMatchObject([130, { interrupted: true, findings: 1, activities: 1, problems: {} }]);
});

test('files are stopped between two pieces', async () => {
  const files = written('a time in their name');
  const controller = new AbortController();
  const report = await detectLogs({
    files,
    pack,
    world: exampleWorld,
    stop: controller.signal,
    found: () => controller.abort(),
    problem: () => undefined,
    progress: () => undefined,
  });
  expect([report.isStopped, report.findings.length]).toEqual([true, 1]);
  expect(report.files).toBeLessThan(files.length);
});

test('a full disk under what is told is not our mistake', async () => {
  const args = [rootPath('bin', 'yagura.mjs'), 'detect', ...written('a time in their name').slice(0, 1), '--json'];
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', full, 'pipe'],
  });
  let errors = '';
  child.stderr!.on('data', (part: Buffer) => {
    errors += part.toString();
  });
  const [code] = await once(child, 'close');
  closeSync(full);
  expect([code, errors]).toEqual([3, expect.stringContaining('error ENOSPC: ')]);
});

/** `detect -` whose input stays open; `heard` resolves when the text was written. */
function listening(words: readonly string[], live: boolean) {
  const stdin = new PassThrough();
  const listed = { name: 'detect', summary: { en: 'x', ja: 'x' }, load: async () => detect };
  let [all, look] = ['', () => {}];
  const write = (text: string) => {
    all += text;
    look();
  };
  const ended = invoke(listed, ['-', ...words], {
    locale: 'en',
    env: {},
    cwd: folder,
    stdin,
    live,
    out: write,
    err: write,
    say: ({ en }) => en,
  });
  const heard = (text: string) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (all.includes(text)) resolve();
      };
      look();
    });
  return { stdin, heard, ended };
}

const line = (record: JsonObject) => `${JSON.stringify(record)}\n`;
const trail = line(call('cloudtrail:StopLogging', stopped));
const policy = line(call('iam:DeleteAccountPasswordPolicy', { by: 'oscar', at: 60 }));

test.each<[string, readonly string[], boolean]>([
  ['--json', ['--json'], false],
  ['the terminal', [], true],
  ['a pipe', [], false],
])('what comes by a pipe that stays open is told at once: to %s', async (_name, words, live) => {
  const { stdin, heard, ended } = listening(words, live);
  // Not even what tells the kind comes in one piece.
  stdin.write(trail.slice(0, 5));
  stdin.write(trail.slice(5));
  await heard('Stealth:IAMUser/CloudTrailLoggingDisabled');
  stdin.write(policy);
  await heard('Stealth:IAMUser/PasswordPolicyChange');
  stdin.end();
  expect(await ended).toBe(1);
});

test('a flow log that comes in small pieces is told by its whole first line', async () => {
  const { stdin, heard, ended } = listening(['--json'], false);
  const text =
    '2 111122223333 eni-0123456789abcdef0 192.0.2.10 10.0.1.15 50000 443 6 9 99 1767571200 1767571260 ACCEPT OK\n';
  for (const letter of text) stdin.write(letter);
  stdin.end();
  await heard('"activities":1');
  expect(await ended).toBe(0);
});
